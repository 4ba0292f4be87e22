"""Time expressions in general French: found, right start, exact; ours and the peers', in one process."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from releve.language.temporal import mentions

Bounds = tuple[datetime | None, datetime | None]
Found = tuple[int, int, Bounds]  # characters [start, end), what it means
Reader = Callable[[str, datetime], list[Found]]


@dataclass(frozen=True, slots=True)
class TimeScores:
    """Shares of the labelled expressions; phantoms are expressions read in texts that hold none."""

    expressions: int
    found: float
    start: float
    exact: float
    phantoms: int
    dateless: int


def texts(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def ours(text: str, reference: datetime) -> list[Found]:
    return [(m.start, m.end, (m.from_, m.to)) for m in mentions(text, reference)]


def scores(rows: Sequence[dict[str, Any]], reader: Reader) -> TimeScores:
    """Each labelled expression is matched with the reported one that covers most of it."""
    count = found = start = exact = phantoms = dateless = 0
    for row in rows:
        given = reader(row["text"], datetime.fromisoformat(row["reference"]))
        if not row["times"]:
            dateless, phantoms = dateless + 1, phantoms + len(given)
        for time in row["times"]:
            count += 1
            best = max(given, key=lambda f: _common(f, time), default=None)
            if best is None or _common(best, time) <= 0:
                continue
            wanted = _moment(time["from"]), _moment(time["to"])
            found += 1
            start += best[2][0] == wanted[0]
            exact += best[2] == wanted
    return TimeScores(count, found / count, start / count, exact / count, phantoms, dateless)


def _common(found: Found, time: dict[str, Any]) -> int:
    return int(min(found[1], time["end"]) - max(found[0], time["start"]))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def peers() -> dict[str, Reader]:
    """Public readers of dates that are installed, each told what it can be told: French and the reference."""
    known: dict[str, Reader] = {}
    for name, make in (("dateparser", _dateparser), ("parsedatetime", _parsedatetime), ("edsnlp", _edsnlp)):
        try:
            known[name] = make()
        except ImportError:
            continue
    return known


def _dateparser() -> Reader:
    from dateparser.search import search_dates  # type: ignore[import-untyped,unused-ignore]

    def read(text: str, reference: datetime) -> list[Found]:
        given = search_dates(text, languages=["fr"], settings={"RELATIVE_BASE": reference}) or []
        return _placed(text, given)

    return read


def _parsedatetime() -> Reader:
    import parsedatetime  # type: ignore[import-untyped,unused-ignore]

    calendar = parsedatetime.Calendar(parsedatetime.Constants("fr_FR", usePyICU=False))

    def read(text: str, reference: datetime) -> list[Found]:
        try:
            given = calendar.nlp(text, sourceTime=reference) or ()
        except (KeyError, ValueError, OverflowError):  # it raises on some French texts: nothing found
            return []
        return [(start, end, (moment, None)) for moment, _, start, end, _ in given]

    return read


def _edsnlp() -> Reader:
    import edsnlp  # type: ignore[import-not-found,unused-ignore]

    pipe = edsnlp.blank("eds")
    pipe.add_pipe("eds.dates")

    def read(text: str, reference: datetime) -> list[Found]:
        found: list[Found] = []
        for span in pipe(text).spans["dates"]:
            moment = span._.date.to_datetime(note_datetime=reference)
            found.append((span.start_char, span.end_char, (moment.replace(tzinfo=None) if moment else None, None)))
        return found

    return read


def _placed(text: str, given: Sequence[tuple[str, datetime]]) -> list[Found]:
    found: list[Found] = []
    at = 0
    for words, moment in given:
        start = max(text.find(words, at), 0)
        at = start + len(words)
        found.append((start, at, (moment, None)))
    return found


def by_start(rows: Sequence[dict[str, Any]], reader: Reader) -> TimeScores:
    """For readers that give one instant and no end: exact cannot be judged; the day alone counts as a right start."""

    def day_only(text: str, reference: datetime) -> list[Found]:
        return [(a, b, (_day(start), None)) for a, b, (start, _) in reader(text, reference)]

    floored = [
        {**row, "times": [{**t, "from": t["from"] and t["from"][:10] + "T00:00", "to": None} for t in row["times"]]}
        for row in rows
    ]
    return scores(floored, day_only)


def _day(moment: datetime | None) -> datetime | None:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) if moment else None
