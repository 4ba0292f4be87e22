"""A few days of a small clinic. The full play is `python -m bench clinic_sim`."""

import math
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest

from bench.clinic_sim import texts
from bench.clinic_sim.arms import ByHand, Oracle, Reminders, Sure
from bench.clinic_sim.measure import Result, result
from bench.clinic_sim.play import Arm
from bench.clinic_sim.product import Product
from bench.clinic_sim.world import Flips, Parameters, World

MORNINGS = Parameters(openings=((time(9), time(12)),), warm_up_weeks=6, settles_weeks=0, last_weeks=0, demand=1.3)
LIVELY: dict[str, Any] = {
    "cancels_a_day": 0.03,
    "silent": 0.0,
    "joins": 1.0,
    "worth_days": 2,
    "comes_at": ((math.inf, 0.95),),
}  # much happens in little time
NOW = datetime(2027, 1, 11, 9)


def played(arm: type[Arm], weeks: float = 4, flips: Flips | None = None, **changed: Any) -> Result:
    return result(arm(World(1, weeks, replace(MORNINGS, **changed), flips)).run())


def test_each_arm_uses_more_of_the_time_than_the_one_it_adds_to() -> None:
    used = {arm.name: played(arm).utilisation for arm in (Arm, Reminders, ByHand, Sure, Oracle)}
    assert used["nothing"] <= used["reminders"] < used["by hand"] < used["sure"] < used["oracle"]


def test_nobody_is_reminded_or_called_when_nothing_is_done() -> None:
    nothing, reminders, by_hand = (played(arm) for arm in (Arm, Reminders, ByHand))
    assert (nothing.reminders, nothing.messages, nothing.filled) == (0, 0, 0)
    assert reminders.reminders > 0 and reminders.missed < nothing.missed
    assert by_hand.filled > 0 and by_hand.messages > by_hand.filled


def test_a_world_without_no_shows_and_cancellations_wastes_nothing_of_what_was_booked() -> None:
    found = played(Arm, no_show_last=0.0, cancels_a_day=1e-9, cancels_late=0.0)
    assert (found.missed, found.given_up) == (0, 0)
    assert set(found.losses) <= {"never booked"}


def test_exchanging_labels_changes_nobody_s_fate() -> None:
    drawn, exchanged = played(ByHand), played(ByHand, flips=Flips(labels=True))
    assert {n: (w.served, w.days) for n, w in drawn.waited.items()} == {
        n: (w.served, w.days) for n, w in exchanged.waited.items()
    }
    assert all(w.groups["age"] != exchanged.waited[n].groups["age"] for n, w in drawn.waited.items())


@pytest.mark.django_db
def test_the_product_fills_places_and_its_state_is_what_it_said() -> None:
    arm = Product(World(1, 0.3, replace(MORNINGS, **LIVELY)))
    arm.run()
    assert list(arm.faults()) == []
    assert arm.strange == []
    assert arm.offers["made"] >= arm.offers["accepted"] > 0
    nothing, oracle = played(Arm, 0.3, **LIVELY), played(Oracle, 0.3, **LIVELY)
    assert nothing.attended <= result(arm).attended <= oracle.attended


@pytest.mark.parametrize(
    ("text", "kind", "moment"),
    [
        ("Une place se libère mardi 12 janvier à 17 h 20 avec Dr Aubry.", "offer", datetime(2027, 1, 12, 17, 20)),
        ("Rappel de votre rendez-vous lundi 1er février à 9 h avec Dr Benali.", "reminder", datetime(2027, 2, 1, 9)),
        ("Je suis désolé, la place du mardi 12 janvier à 9 h n'est plus disponible.", "gone", datetime(2027, 1, 12, 9)),
        ("Bonne journée.", "", None),
    ],
)  # fmt: skip
def test_patients_read_what_they_are_sent(text: str, kind: str, moment: datetime | None) -> None:
    assert texts.kind(text) == kind
    assert texts.moment(text, NOW) == moment
