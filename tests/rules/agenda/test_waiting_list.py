"""Who is offered a freed place, in which order, how many at once: dermatology, Thursday 18 March 2027, 10:30-10:50."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.agenda.parse import parse_opening_hours
from releve.agenda.quiet_hours import QuietHours
from releve.agenda.spans import Interval
from releve.agenda.waiting_list import (
    FreedPlace,
    Round,
    WaitingEntry,
    deadline,
    due,
    is_replaced,
    next_round,
    rank,
    why,
)
from releve.agenda.working_time import WorkingTime
from releve.core.facts import Directory
from releve.practice import queries
from releve.practice.models import HealthcareService, Organization, Patient, WaitingListEntry
from tests.rules.agenda.shapes import at

PLACE = FreedPlace("petit", at("2027-03-18T10:30"), at("2027-03-18T10:50"), declined=frozenset({"refused"}))


def window(start: str, end: str) -> tuple[Interval, ...]:
    return (Interval(at(f"2027-03-18T{start}"), at(f"2027-03-18T{end}")),)


def local(moment: str) -> datetime:
    return at(moment).astimezone(ZoneInfo("Europe/Paris"))


def waiting(name: str = "w", position: int = 1, practitioner: str | None = "petit", duration: int = 20, **more):
    return WaitingEntry(name, position, practitioner, duration, **more)


def names(*entries: WaitingEntry) -> list[str]:
    return [entry.id for entry in rank(entries, PLACE)]


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        (waiting(), True),
        (waiting(practitioner=None), True),
        (waiting(practitioner="martin"), False),
        (waiting(practitioner=None, performers=frozenset({"petit", "martin"})), True),
        (waiting(practitioner=None, performers=frozenset({"martin"})), False),
        (waiting(duration=15), True),
        (waiting(duration=30), False),
        (waiting(windows=window("10:30", "10:31")), True),
        (waiting(windows=window("08:00", "10:30")), False),
        (waiting(windows=window("08:00", "09:00") + window("10:00", "12:00")), True),
        (waiting("refused"), False),
        (waiting(before=local("2027-03-18T09:00")), False),
        (waiting(before=local("2027-03-18T23:59")), False),
        (waiting(before=local("2027-03-19T00:00")), True),
        (waiting(before=local("2027-03-17T18:00")), False),
    ],
)
def test_whom_a_place_suits(entry, fits):
    assert bool(names(entry)) is fits


def test_which_day_it_is_is_told_by_the_clock_of_the_practice():
    late = FreedPlace("petit", datetime(2027, 3, 18, 23, 30, tzinfo=UTC), datetime(2027, 3, 18, 23, 50, tzinfo=UTC))
    assert rank([waiting(before=local("2027-03-19T14:00"))], late) == []  # half past midnight in Paris


@pytest.mark.parametrize(
    ("windows", "replaced"),
    [
        ((), True),
        (window("08:00", "10:00"), True),
        (window("10:00", "12:00"), True),
        (window("10:01", "12:00"), False),
        (window("16:00", "17:00") + window("08:00", "09:00"), True),
    ],
)
def test_a_visit_before_every_time_they_wish_for_is_no_visit_to_replace(windows, replaced):
    assert is_replaced(windows, at("2027-03-18T10:00")) is replaced


def test_the_oldest_comes_first():
    assert names(waiting("b", 2), waiting("c", 3), waiting("a", 1)) == ["a", "b", "c"]


def test_equal_entries_keep_the_order_of_the_file():
    assert names(waiting("z"), waiting("a"), waiting("m")) == ["z", "a", "m"]


def test_a_priority_that_people_set_comes_before_all_else():
    assert names(waiting("old", 1), waiting("soon", 8, priority=1), waiting("first", 9, None, priority=2)) == [
        "first", "soon", "old",
    ]  # fmt: skip


def test_who_said_yes_and_was_not_the_first_comes_first_next_time():
    assert names(waiting("old", 1), waiting("slow", 9, None, missed=1), waiting("soon", 8, priority=1)) == [
        "soon", "slow", "old",
    ]  # fmt: skip
    assert why(waiting(missed=2)) == ("missed", "practitioner", "waited")


def test_who_named_such_a_place_comes_before_who_takes_any():
    any_time = waiting("any", 1, practitioner=None)
    named = waiting("named", 2, practitioner=None, windows=window("10:00", "12:00"))
    both = waiting("both", 3, windows=window("08:00", "20:00"))
    assert names(any_time, named, both) == ["both", "named", "any"]


def test_who_waits_longer_comes_first_and_those_of_before_the_list_had_dates_before_them():
    here = {n: waiting(n, 4 - n, joined_at=at(f"2027-03-0{n}T09:00")) for n in (1, 2, 3)}
    assert names(here[3], here[1], waiting("unknown", 9), here[2]) == ["unknown", 1, 2, 3]


def test_the_reasons_of_a_rank_are_told():
    assert why(waiting(practitioner=None)) == ("waited",)
    assert why(waiting(priority=2, windows=window("10:00", "12:00"))) == ("first", "practitioner", "moment", "waited")


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "given": st.text(max_size=8), "family": st.text(max_size=8),
            "birth_date": st.dates(date(1920, 1, 1), date(2027, 1, 1)), "sex": st.sampled_from(["", "F", "M"]),
            "phone": st.sampled_from([None, "+33639981001", "+33199000420", "+262262123456"]),
            "email": st.sampled_from([None, "a@b.example", "zoe@courriel.example"]),
        }
    ),
    min_size=6, max_size=6,
)  # fmt: skip


@given(PEOPLE, st.permutations(range(6)))
def test_nothing_about_the_person_counts(people, order):
    """Age, sex, name, telephone and e-mail change hands; the order of the entries stays."""

    def ranked(who):
        rows = [_entry(n, Patient(pk=n, **traits)) for n, traits in enumerate(who)]
        known = Directory(Organization(), {}, {}, {1: (1,)})
        return [e.id for e in rank([queries.waits(r, known, ZoneInfo("Europe/Paris")) for r in rows], PLACE_1)]

    assert ranked(people) == ranked([people[n] for n in order]) == ["4", "5", "2", "0", "1", "3"]


PLACE_1 = FreedPlace("1", PLACE.start, PLACE.end)


def _entry(number: int, patient: Patient) -> WaitingListEntry:
    """Entries 4 and 5 have a priority, 2 named a practitioner; 0, 1 and 3 wait for any place, in that order."""
    return WaitingListEntry(
        pk=number, patient=patient, service=HealthcareService(pk=1, duration_min=20),
        practitioner_id=1 if number == 2 else None, priority={4: 2, 5: 1}.get(number, 0),
    )  # fmt: skip


# --- how many at once, how long, when -------------------------------------------------------------------------------
WORKING = WorkingTime(
    parse_opening_hours(
        {"opening_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "18:00"}]}
    )
)
QUIET = QuietHours()


def turn(now: str, start: str, waiting: int = 3, notice: int = 0) -> Round | None:
    return next_round(at(now), deadline(at(start), notice), WORKING, QUIET, waiting)


@pytest.mark.parametrize(
    ("now", "start", "people", "expires"),
    [
        ("2027-03-15T09:00", "2027-03-18T10:30", 1, "2027-03-15T12:00"),  # days ahead: three hours each
        ("2027-03-15T17:00", "2027-03-18T10:30", 1, "2027-03-16T11:00"),  # of working time
        ("2027-03-18T09:00", "2027-03-19T15:30", 1, "2027-03-18T12:00"),  # just time for five answers
        ("2027-03-18T09:00", "2027-03-19T15:29", 3, "2027-03-18T12:00"),  # a minute less: three at once
        ("2027-03-18T09:00", "2027-03-18T15:29", 3, "2027-03-18T11:59:30"),  # half of what is left
        ("2027-03-18T09:00", "2027-03-18T11:30", 3, "2027-03-18T10:00"),
        ("2027-03-18T09:00", "2027-03-18T10:10", 3, "2027-03-18T09:30"),  # half an hour at least
        ("2027-03-18T09:00", "2027-03-18T09:50", 3, "2027-03-18T09:20"),  # never after one could still come
        ("2027-03-17T17:00", "2027-03-18T09:00", 3, "2027-03-17T18:45"),  # the night does not count
        ("2027-03-19T17:00", "2027-03-22T09:30", 3, "2027-03-20T13:00"),  # Saturday does, Sunday does not
    ],
)
def test_one_after_the_other_while_there_is_time(now, start, people, expires):
    assert turn(now, start) == Round(people, at(expires))


def test_the_only_one_has_until_the_last_moment():
    assert turn("2027-03-18T09:00", "2027-03-18T11:30", waiting=1) == Round(1, at("2027-03-18T11:00"))


def test_the_notice_of_the_visit_counts():
    assert turn("2027-03-18T09:00", "2027-03-18T11:30", notice=120) == Round(3, at("2027-03-18T09:30"))
    assert turn("2027-03-18T09:00", "2027-03-18T11:30", notice=150) is None


@pytest.mark.parametrize(
    ("freed", "start", "leaves"),
    [
        ("2027-03-15T10:00", "2027-03-18T10:30", "2027-03-15T10:00"),
        ("2027-03-15T21:00", "2027-03-18T10:30", "2027-03-16T09:00"),  # when somebody is there
        ("2027-03-15T19:00", "2027-03-16T09:20", "2027-03-15T19:00"),  # too late then: while messages may leave
        ("2027-03-15T21:00", "2027-03-16T09:20", "2027-03-16T08:00"),
        ("2027-03-20T21:00", "2027-03-22T09:20", "2027-03-22T08:00"),  # a Saturday evening: never on a Sunday
        ("2027-03-15T21:00", "2027-03-16T08:20", None),
    ],
)
def test_when_an_offer_leaves(freed, start, leaves):
    assert due(at(freed), deadline(at(start)), WORKING, QUIET) == (at(leaves) if leaves else None)


@given(
    st.datetimes(datetime(2027, 3, 15), datetime(2027, 4, 5)),
    st.integers(min_value=0, max_value=6000),
    st.integers(1, 5),
)
def test_an_offer_never_ends_after_its_place_could_be_taken(now, minutes, waiting):
    now = now.replace(tzinfo=ZoneInfo("Europe/Paris"))
    until = now + timedelta(minutes=minutes)
    found = next_round(now, until, WORKING, QUIET, waiting)
    assert (found is None) is (until <= now)
    assert found is None or now < found.expires_at <= until


def test_a_service_lasts():
    with pytest.raises(ValueError, match="one minute"):
        waiting(duration=0)
