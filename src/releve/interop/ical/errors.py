"""Why a calendar could not be read. A code, never a word of the calendar's own: it is kept, shown and logged."""

from typing import Final

CODES: Final = (
    # what was read
    "not_a_calendar", "web_page", "cut_short", "too_big", "too_deep", "too_many_occurrences", "bad_recurrence",
    "bad_time", "unknown_zone", "emptied",
    # the way there
    "bad_address", "private_network", "unreachable", "too_slow", "not_secure", "too_many_redirects", "not_allowed",
    "not_found", "server_error", "bad_answer",
)  # fmt: skip


class BadFeed(Exception):
    """Nothing of it can be used: what was known before stays. `code` is one of CODES."""

    def __init__(self, code: str) -> None:
        assert code in CODES
        super().__init__(code)
        self.code = code
