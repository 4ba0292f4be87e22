"""Putting a practice file into an empty installation: thousands of rows at once, and still none that overlap."""

from typing import Any

import pytest

from releve.intake import loading
from releve.post.models import Timer
from releve.practice.export import export
from releve.practice.file import BadFile
from releve.practice.models import Allocation, Appointment, Organization
from tests import cast

pytestmark = pytest.mark.django_db
LATER = "2026-03-19T09:50"  # within M. Roche's visit of Thursday, 9:40 to 10:00


def with_one_more(**values: Any) -> dict[str, Any]:
    data = cast.practice_file()
    row = cast._appointment("more", cast.MOTHER, cast.AMAR, cast.CONSULTATION, LATER)
    data["appointments"].append({**row, **values})
    return data


def test_two_visits_at_the_same_time_are_refused_and_nothing_is_written() -> None:
    with pytest.raises(BadFile, match=r"appointments\[2\]\.start: .* overlaps another appointment"):
        cast.practice(with_one_more())
    assert not Organization.objects.exists()


@pytest.mark.parametrize("status", ["cancelled", "noshow"])
def test_what_is_not_kept_takes_no_time(status: str) -> None:
    cast.practice(with_one_more(status=status))
    assert Appointment.objects.count() == 3
    assert Allocation.objects.count() == 2


def test_two_at_once_take_two_places() -> None:
    data = with_one_more()
    data["schedules"][0]["capacity"] = 2
    cast.practice(data)
    thursday = Allocation.objects.filter(appointment__identifier__in=("more", cast.ROCHE_THURSDAY))
    assert sorted(thursday.values_list("place", flat=True)) == [1, 2]


def test_a_visit_with_nobody_s_schedule_is_refused() -> None:
    data = cast.practice_file()
    data["schedules"] = data["schedules"][1:]
    with pytest.raises(BadFile, match="has no schedule"):
        cast.practice(data)


def test_every_visit_to_come_has_its_reminder() -> None:
    cast.practice(with_one_more(start="2026-03-20T11:00"))
    due = Timer.objects.filter(act="send_reminder").order_by("due_at").values_list("due_at", flat=True)
    days = [moment.astimezone(cast.PARIS).strftime("%d %H:%M") for moment in due]
    assert days == ["16 18:00", "18 18:00", "19 18:00"]


def test_who_has_come_comes_back_with_their_time() -> None:
    arrived = {"start": "2026-03-16T09:00", "status": "arrived", "arrived": "2026-03-16T08:52"}
    practice = cast.practice(with_one_more(**arrived))
    row = next(a for a in export(practice, cast.NOW)["appointments"] if a["id"] == "more")
    assert (row["status"], row["arrived"]) == ("arrived", "2026-03-16T08:52")


def test_an_arrival_is_a_time() -> None:
    with pytest.raises(BadFile, match=r"appointments\[2\]\.arrived"):
        loading.load(with_one_more(status="arrived", arrived="tôt"), now=cast.NOW)


def test_all_that_an_agenda_knows_comes_back_as_it_was() -> None:
    data = with_one_more(overbooking="fièvre", first_visit=True, series="kiné")
    data["practice"] |= {"territory": "974", "school_zone": "C"}
    data["resources"] = [{"id": "bleue", "name": "Salle bleue", "kind": "room", "family": "salle"}]
    data["services"][0] |= {
        "step_min": 10, "buffer_before_min": 5, "buffer_after_min": 10, "min_notice_min": 60, "horizon_days": 30,
        "min_age": 3, "max_age": 99, "needs": ["salle"], "urgent": True, "teleconsultation": True,
    }  # fmt: skip
    every = {"weeks": "odd", "from": "2026-01-05", "until": "2026-12-31", "school_holidays": "never"}
    kept = {"services": [cast.CONSULTATION], "kept_until": "08:00", "kept_days": 1, "place": "video"}
    data["schedules"][0]["rules"][0] |= every | kept
    data["schedules"][0] |= {"capacity": 2, "limits": [{"services": [cast.INJECTION], "per_day": 2}]}
    given = {name: data[name] for name in ("practice", "resources", "schedules")}
    state = export(cast.practice(data), cast.NOW)
    assert state["practice"] == given["practice"] and state["resources"] == given["resources"]
    assert [{**s, "overrides": [], "days_off": []} for s in given["schedules"]] == state["schedules"]
    assert data["services"][0].items() <= state["services"][0].items()
    assert {"overbooking": "fièvre", "first_visit": True, "series": "kiné"}.items() <= state["appointments"][2].items()
    thursday = Allocation.objects.filter(appointment__identifier="more").order_by("id")
    assert list(thursday.values_list("place", "capacity", "service__identifier")) == [
        (2, 2, cast.CONSULTATION),
        (2, 1, cast.CONSULTATION),
    ]


WRONG = {
    "services[0].needs: 'salle' is no family of resources": lambda d: d["services"][0].update(needs=["salle"]),
    "services[0].capacity: 0 is not in 1..1000": lambda d: d["services"][0].update(capacity=0),
    "services[0].max_age: 3 is under 4": lambda d: d["services"][0].update(min_age=4, max_age=3),
    "schedules[0].limits[0].services: 'x' is not in services": lambda d: d["schedules"][0].update(
        limits=[{"services": ["x"], "per_day": 1}]
    ),
    "schedules[0].rules[0].school_holidays: the practice has no school_zone": lambda d: d["schedules"][0]["rules"][
        0
    ].update(school_holidays="only"),
    "schedules[0].rules[0].from: missing: weeks are counted from a date": lambda d: d["schedules"][0]["rules"][
        0
    ].update(every=2),
    'practice.territory: "978" is not one of': lambda d: d["practice"].update(territory="978"),
    'resources[0].kind: "car" is not one of room, device': lambda d: d.update(
        resources=[{"id": "r", "name": "R", "family": "f", "kind": "car"}]
    ),
    "resources[0].id: 'amar' is that of a practitioner": lambda d: d.update(
        resources=[{"id": cast.AMAR, "name": "R", "family": "f"}]
    ),
    'appointments[0].start: "2026-03-29T02:30" does not exist in Europe/Paris': lambda d: d["appointments"][0].update(
        start="2026-03-29T02:30"
    ),
}


@pytest.mark.parametrize("fault", WRONG)
def test_what_an_agenda_cannot_mean_is_refused_by_name(fault: str) -> None:
    data = cast.practice_file()
    WRONG[fault](data)
    with pytest.raises(BadFile) as refused:
        loading.load(data, now=cast.NOW)
    assert any(told.startswith(fault) for told in refused.value.faults)
    assert not Organization.objects.exists()


def test_loading_asks_the_database_no_more_for_many_visits(django_assert_max_num_queries: Any) -> None:
    data = cast.practice_file()
    days = [f"2026-{month:02d}-{day:02d}T09:00" for month in range(4, 12) for day in range(1, 26)]
    visit = (cast.ROCHE, cast.AMAR, cast.CONSULTATION)
    data["appointments"] = [cast._appointment(f"x{n}", *visit, start) for n, start in enumerate(days)]
    with django_assert_max_num_queries(90):
        loading.load(data, now=cast.NOW)
