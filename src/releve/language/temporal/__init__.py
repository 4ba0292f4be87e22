"""Reads French time expressions in patient messages: a grammar, its calendar, and the wish.

May import: releve.core, the standard library. In: text and `now` (local, naive).
Out: TimeMention, Wish, Span, dates.
Meanings: MESSAGES.md (wish, appointment_time, move) and CONTRACTS.md section 2 (mentions).
"""

from releve.language.temporal.birth import dates, dates_of_birth_candidates
from releve.language.temporal.booking.wish import appointment_time, move, wish, wish_spans
from releve.language.temporal.general.clock_times import clock_times
from releve.language.temporal.general.mentions import mentions
from releve.language.temporal.values import TimeMention

__all__ = [
    "TimeMention", "appointment_time", "clock_times", "dates", "dates_of_birth_candidates", "mentions",
    "move", "wish", "wish_spans",
]  # fmt: skip
