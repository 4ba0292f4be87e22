"""A short way to write windows: "mar 10 07:00-21:00" is said as ("03-10", "07:00", "21:00")."""

from datetime import datetime

from releve.core.understanding import Window, Wish
from releve.language.temporal import mentions

MONDAY = datetime(2026, 3, 9, 10, 12)
"""Monday 9 March 2026, 10:12: the `now` of these specs."""


def window(start: str, end: str) -> Window:
    """`start` and `end` as "MM-DDTHH:MM" of 2026."""
    return Window(datetime.fromisoformat(f"2026-{start}"), datetime.fromisoformat(f"2026-{end}"))


def told(windows: tuple[Window, ...]) -> list[str]:
    """Windows as "MM-DD HH:MM-HH:MM", or "MM-DD HH:MM > MM-DD HH:MM" over several days."""
    return [_told(w) for w in windows]


def _told(w: Window) -> str:
    if w.start.date() == w.end.date():
        return f"{w.start:%m-%d %H:%M}-{w.end:%H:%M}"
    return f"{w.start:%m-%d %H:%M} > {w.end:%m-%d %H:%M}"


def preferred(wish: Wish | None) -> list[str]:
    return told(wish.prefer) if wish else ["no wish"]


def meant(text: str, now: datetime = MONDAY) -> list[tuple[str, str]]:
    """Each expression of a text with its calendar meaning, as ("demain", "2026-03-10 > 2026-03-11")."""
    return [(text[m.start : m.end], f"{_side(m.from_)} > {_side(m.to)}") for m in mentions(text, now)]


def _side(moment: datetime | None) -> str:
    """A day when it is midnight, else with its hour; "..." for an open side."""
    if moment is None:
        return "..."
    return f"{moment:%Y-%m-%d}" if moment == moment.replace(hour=0, minute=0, second=0) else f"{moment:%Y-%m-%d %H:%M}"
