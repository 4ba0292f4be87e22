"""JSON Lines verbs that need no database: they do not load Django and start in under half a second."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, TextIO

from releve.core import jsonl

FIRST_YEAR, LAST_YEAR = 1900, 2200


def run(name: str, lines: Iterable[str], out: TextIO) -> int:
    """Answers each line in order; exit status 1 if any line failed."""
    failed = False
    for answer in _COMMANDS[name](lines):
        failed = failed or "error" in answer
        out.write(_line(answer))
        out.flush()
    return 1 if failed else 0


def run_here(name: str) -> int:
    """`run` on this process's own input and output, which are UTF-8 whatever the terminal is. Whoever reads may stop
    reading; a disk may be full; somebody may press Ctrl-C."""
    try:
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        return run(name, sys.stdin, sys.stdout)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except (OSError, AttributeError) as error:  # AttributeError: there is no standard input or output at all
        with suppress(OSError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is not flushed at the end
        if not isinstance(error, BrokenPipeError):
            print(f"releve {name}: {getattr(error, 'strerror', None) or 'no input or output'}", file=sys.stderr)
        return 1


def _line(answer: dict[str, Any]) -> str:
    """Half a character (a lone surrogate) is written as it came: escaped."""
    text = json.dumps(answer, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(answer)
    return text + "\n"


def each(lines: Iterable[str], answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One object per line; a line that cannot be read or answered gives its error and the run goes on."""
    for line in lines:
        if not line.strip():
            continue
        key: Any = None
        try:
            data = jsonl.read(line)
            if not isinstance(data, dict):
                raise ValueError("is not an object")
            key = data.get("id")
            yield {"id": key, **answer(data)}
        except (ValueError, KeyError, TypeError) as error:
            reason = f"{error.args[0]}: is missing" if isinstance(error, KeyError) else str(error)
            yield {"id": key, "error": reason}


def _moment(data: dict[str, Any], field: str) -> datetime:
    """Raises ValueError with the field's name: a calendar needs years before and after the moment it starts from."""
    moment = datetime.fromisoformat(data[field]).replace(tzinfo=None)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"{field}: {data[field]!r} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return moment


def _understand(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    return each(lines, _read)


def _explain(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """As `understand`, and under "explanation" what led to each label: offsets in the text, kind, name, weight."""
    from releve.language.explain import explain

    def answer(data: dict[str, Any]) -> dict[str, Any]:
        text = str(data["text"])
        reasons = [
            {
                "label": b.label, "kind": b.kind, "name": b.name, "text": text[b.start : b.end], "start": b.start,
                "end": b.end, "weight": b.weight,
            }
            for b in explain(text, now=_moment(data, "now"))
        ]  # fmt: skip
        return {**_read(data), "explanation": reasons}

    return each(lines, answer)


def _read(data: dict[str, Any]) -> dict[str, Any]:
    from releve.core.codec import encode
    from releve.core.understanding import CHANNELS
    from releve.language import understand

    channel = data.get("channel", "webchat")
    if channel not in CHANNELS:
        raise ValueError(f"channel: is not one of {', '.join(CHANNELS)}")
    read = understand(str(data["text"]), now=_moment(data, "now"), channel=channel)
    when = read.when
    return {
        "intents": list(read.intents),
        "urgency": read.urgency,
        "red_flags": list(read.red_flags),
        "human": read.human,
        "when": None if when is None else {
            "prefer": _windows(when.prefer), "exclude": _windows(when.exclude), "asap": when.asap,
        },
        "practitioner": read.practitioner,
        "patient_is": read.patient_is,
        "birth_date": encode(read.birth_date),
        "phone": read.phone,
        "confidence": round(read.confidence, 3),
    }  # fmt: skip


def _windows(windows: Iterable[Any]) -> list[list[str]]:
    return [[w.start.isoformat(timespec="minutes"), w.end.isoformat(timespec="minutes")] for w in windows]


def _when(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    from releve.language.temporal import mentions

    def answer(data: dict[str, Any]) -> dict[str, Any]:
        found = mentions(str(data["text"]), _moment(data, "reference"))
        return {
            "times": [
                {
                    "text": data["text"][m.start : m.end], "start": m.start, "end": m.end, "from": _iso(m.from_),
                    "to": _iso(m.to), "grain": m.grain, "kind": m.kind, "open": m.open,
                }
                for m in found
            ]
        }  # fmt: skip

    return each(lines, answer)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _slots(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    from releve.agenda.command import run as answer_lines

    return answer_lines(lines)


_COMMANDS: dict[str, Callable[[Iterable[str]], Iterator[dict[str, Any]]]] = {
    "understand": _understand,
    "explain": _explain,
    "when": _when,
    "slots": _slots,
}
