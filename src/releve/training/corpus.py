"""The labelled messages: one file an author, some authors held out, and second annotations made blind."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from releve.core.understanding import CHANNELS, INTENTS, RED_FLAGS, Channel


@dataclass(frozen=True, slots=True)
class Message:
    """One message and its labels, as `MESSAGES.md` means them; `now` is local time."""

    id: str
    author: str
    channel: Channel
    now: datetime
    text: str
    intents: frozenset[str]
    urgency: str
    red_flags: frozenset[str]
    human: bool
    when: dict[str, Any] | None
    practitioner: str | None
    patient_is: str
    birth_date: date | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Messages of the authors learnt from, and of those held out, in a fixed order.

    `skewed` names the authors whose mixture is no practice's (rare things, danger): learnt from, but they set no
    threshold and no confidence.
    """

    learnt: tuple[Message, ...]
    held_out: tuple[Message, ...]
    skewed: frozenset[str] = frozenset()


def load(folder: Path) -> Corpus:
    """Reads `*.jsonl`, `held_out.txt` and `skewed.txt`. Raises ValueError naming the file, the line and the field."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise ValueError(f"{folder}: holds no .jsonl file")
    held, skewed = (_authors(folder / name, {f.stem for f in files}) for name in ("held_out.txt", "skewed.txt"))
    messages = [m for file in files for m in read(file)]
    learnt = tuple(m for m in messages if m.author not in held)
    return Corpus(learnt, tuple(m for m in messages if m.author in held), skewed)


def _authors(file: Path, known: set[str]) -> frozenset[str]:
    named = frozenset(file.read_text("utf-8").split()) if file.exists() else frozenset()
    if unknown := named - known:
        raise ValueError(f"{file.name}: no file for {', '.join(sorted(unknown))}")
    return named


def read(file: Path) -> Iterator[Message]:
    """The messages of one author's file; the author is the file's name."""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            yield _message(json.loads(line), file.stem)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{file.name}, line {number}: {error}") from error


def _message(row: dict[str, Any], author: str) -> Message:
    return Message(
        id=row["id"],
        author=author,
        channel=_one_of("channel", row["channel"], CHANNELS),
        now=datetime.fromisoformat(row["now"]),
        text=str(row["text"]),
        intents=_closed("intents", row["intents"], INTENTS),
        urgency=_one_of("urgency", row["urgency"], ("none", "same_day", "emergency")),
        red_flags=_closed("red_flags", row["red_flags"], RED_FLAGS),
        human=bool(row["human"]),
        when=row["when"],
        practitioner=row["practitioner"],
        patient_is=_one_of("patient_is", row["patient_is"], ("self", "child", "parent", "partner", "other")),
        birth_date=date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
        phone=row["phone"],
    )


def _closed(field: str, values: list[str], known: tuple[str, ...]) -> frozenset[str]:
    for one in values:
        _one_of(field, one, known)
    return frozenset(values)


def _one_of(field: str, given: Any, known: tuple[str, ...]) -> Any:
    if given not in known:
        raise ValueError(f"{field}: {given!r} is not one of {', '.join(known)}")
    return given
