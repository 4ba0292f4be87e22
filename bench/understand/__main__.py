"""Each bar of understanding beside what is measured, on authors held out, and on the development quarter (seen)."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.understand import times
from bench.understand.cost import cost
from bench.understand.messages import Scores, read, scores
from releve.training import corpus
from releve.training.corpus import Message

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "data" / "messages"
TIMES = ROOT / "data" / "times"
DEVELOPMENT = ROOT.parent / "shared" / "data" / "messages_dev.jsonl"

Row = tuple[str, str, str]


def report() -> Iterator[Row]:
    held = corpus.load(MESSAGES).held_out
    given = read(held)
    plain = scores(held, given)
    yield from _rows("held-out authors", plain)
    yield from _noise(plain, scores(held, read(held, blur=True)))
    if DEVELOPMENT.exists():
        quarter = tuple(corpus.read(DEVELOPMENT))
        yield from _rows("development quarter (seen)", scores(quarter, read(quarter)))
    yield from _times()
    yield from _cost(held)


def _rows(name: str, s: Scores) -> Iterator[Row]:
    yield f"{name}: intents, F1 / exact set", ">= 0.93 / >= 0.82", f"{s.f1:.3f} / {s.exact:.3f} ({s.count} messages)"
    yield f"{name}: when right / silent where none", ">= 0.92 / >= 0.95", f"{s.when:.3f} / {s.silent:.3f}"
    yield (
        f"{name}: red flags, recall / false alarms",
        ">= 0.98 / traps <= 0.03",
        f"{s.flags:.3f} / {s.false_alarms:.3f}",
    )
    yield f"{name}: human, recall / precision", ">= 0.97 / >= 0.85", f"{s.human_recall:.3f} / {s.human_precision:.3f}"
    yield f"{name}: birth date, phone", ">= 0.97", f"{s.birth_date:.3f}, {s.phone:.3f}"
    yield f"{name}: practitioner; for whom", ">= 0.92; -", f"{s.practitioner:.3f}; {s.patient_is:.3f}"
    yield f"{name}: same day, recall / precision", "-", f"{s.same_day[0]:.3f} / {s.same_day[1]:.3f}"
    yield f"{name}: calibration error", "<= 0.05", f"{s.calibration:.3f}"


def _noise(plain: Scores, blurred: Scores) -> Iterator[Row]:
    lost = 100 * (plain.f1 - blurred.f1), 100 * (plain.flags - blurred.flags)
    yield "held-out authors, noisy: points lost, intents F1; red flags", "<= 3; <= 1", f"{lost[0]:.1f}; {lost[1]:.1f}"


def _times() -> Iterator[Row]:
    for file in sorted(TIMES.glob("*.jsonl")):
        rows = times.texts(file)
        s = times.scores(rows, times.ours)
        name = f"time expressions, {file.stem}"
        yield (
            f"{name}: right start / exact; phantoms",
            ">= 0.92 / >= 0.85; 0",
            f"{s.start:.3f} / {s.exact:.3f} of {s.expressions}; {s.phantoms} in {s.dateless} texts",
        )
        own = times.by_start(rows, times.ours)
        told = [f"ours {own.start:.2f} ({own.phantoms} phantoms)"]
        for peer, reader in times.peers().items():
            p = times.by_start(rows, reader)
            told.append(f"{peer} {p.start:.2f} ({p.phantoms})")
        yield f"{name}: right first day, beside peers", "-", ", ".join(told)


def _cost(messages: Sequence[Message]) -> Iterator[Row]:
    c = cost(messages)
    yield "CPU a message, median / p99", "<= 2 / <= 10 ms", f"{c.median_ms:.2f} / {c.p99_ms:.2f} ms"
    long = f"{c.first_long_ms:.0f} / {c.long_ms:.0f} / {c.worst_long_ms:.0f} ms"
    yield "CPU of 20,000 characters, the first / usual / worst found", "<= 300 ms", long
    yield "start-up / memory", "<= 0.5 s / <= 120 MB", f"{c.startup_s:.2f} s / {c.memory_mb:.0f} MB"


def by_author() -> Iterator[Row]:
    """Every author, learnt from or not; those learnt from flatter."""
    known = corpus.load(MESSAGES)
    for side, messages in (("held out", known.held_out), ("learnt", known.learnt)):
        for author in sorted({m.author for m in messages}):
            own = [m for m in messages if m.author == author]
            s = scores(own, read(own))
            yield (
                f"{author} ({side}, {s.count})",
                "F1/exact when silent flags false human",
                f"{s.f1:.3f}/{s.exact:.3f} {s.when:.2f} {s.silent:.2f} {s.flags:.2f} {s.false_alarms:.3f} "
                f"{s.human_recall:.2f}/{s.human_precision:.2f}",
            )


if __name__ == "__main__":
    for row in by_author() if "--authors" in sys.argv else report():
        print(" | ".join(row), flush=True)
