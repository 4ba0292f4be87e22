"""When somebody can come: from a form to windows of time, and from windows to words."""

from datetime import date, datetime, timedelta

import pytest

from releve.desk.wishes import in_words, windows

NOW = datetime(2026, 3, 16, 9, 0)  # a Monday
MONDAY = date(2026, 3, 16)


def words(weekdays: list[int], moment: str, weeks: int) -> str:
    found = windows(weekdays, moment, MONDAY, MONDAY + timedelta(weeks=weeks))
    return in_words([(w.start.isoformat(), w.end.isoformat()) for w in found], NOW).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("weekdays", "moment", "said"),
    [
        ([], "", ""),
        ([1, 3], "", "les mardis et les jeudis, du 17 mars au 9 avril"),
        ([], "morning", "tous les jours, le matin, du 16 mars au 13 avril"),
        ([0, 1, 2, 3, 4], "afternoon", "en semaine, l’après-midi, du 16 mars au 13 avril"),
        ([5], "evening", "les samedis, à partir de 17 h, du 21 mars au 11 avril"),
    ],
)
def test_a_form_in_words(weekdays: list[int], moment: str, said: str) -> None:
    assert words(weekdays, moment, 4) == said


def test_a_few_days_are_named() -> None:
    assert words([1], "", 1) == "mardi 17 mars"


def test_windows_of_a_message() -> None:
    pairs = [("2026-03-17T08:00:00", "2026-03-17T12:00:00"), ("2026-03-18T14:00:00", "2026-03-18T16:30:00")]
    told = in_words(pairs, NOW).replace("\u00a0", " ")
    assert told == "mardi 17 mars, le matin ; mercredi 18 mars, de 14 h à 16 h 30"


def test_several_days_in_one_window() -> None:
    told = in_words([("2026-03-17T08:00", "2026-03-20T20:00")], NOW).replace("\u00a0", " ")
    assert told == "du mardi 17 mars au vendredi 20 mars"


def test_what_is_past_is_not_told() -> None:
    past = ("2026-03-10T00:00", "2026-03-11T00:00")
    assert in_words([past], NOW) == "les dates demandées sont passées"
    assert in_words([past, ("2026-03-17T00:00", "2026-03-18T00:00")], NOW).replace("\u00a0", " ") == "mardi 17 mars"


def test_nobody_waits_for_ever() -> None:
    found = windows([0], "", MONDAY, MONDAY + timedelta(days=4000))
    assert found[-1].start.date() <= MONDAY + timedelta(days=90)
