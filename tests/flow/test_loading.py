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


def test_loading_asks_the_database_no_more_for_many_visits(django_assert_max_num_queries: Any) -> None:
    data = cast.practice_file()
    days = [f"2026-{month:02d}-{day:02d}T09:00" for month in range(4, 12) for day in range(1, 26)]
    visit = (cast.ROCHE, cast.AMAR, cast.CONSULTATION)
    data["appointments"] = [cast._appointment(f"x{n}", *visit, start) for n, start in enumerate(days)]
    with django_assert_max_num_queries(90):
        loading.load(data, now=cast.NOW)
