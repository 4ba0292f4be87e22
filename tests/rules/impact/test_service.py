"""Arrival, first answer, who closed it."""

from datetime import UTC, datetime, timedelta

from releve.impact.rules import Course, service

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


def course(seconds: int | None, closed_by: str = "") -> Course:
    return Course(NOON, None if seconds is None else NOON + timedelta(seconds=seconds), closed_by)


def test_the_median_leaves_out_who_was_not_answered() -> None:
    measured = service([course(2), course(4), course(60), course(None)])
    assert (measured.conversations, measured.answered, measured.first_answer_s) == (4, 3, 4.0)


def test_who_closed_it_adds_up() -> None:
    measured = service([course(1, "assistant"), course(1, "person"), course(1)])
    assert (measured.closed_by_assistant, measured.closed_by_person, measured.open) == (1, 1, 1)


def test_nothing_measured_is_no_figure() -> None:
    assert service([]).first_answer_s is None
