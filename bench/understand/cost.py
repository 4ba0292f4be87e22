"""CPU of one message, of a very long one, of start-up; memory. Milliseconds, seconds, megabytes."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from releve.language import understand
from releve.training.corpus import Message

LONG = 20_000


@dataclass(frozen=True, slots=True)
class Cost:
    median_ms: float
    p99_ms: float
    first_long_ms: float  # the wordings that no message had called for are compiled on the way
    long_ms: float
    worst_long_ms: float
    startup_s: float
    memory_mb: float


# Texts made to be hard on a reader: nearly-dates, nearly-pains, one endless word, marks on marks, and what an attacker
# found to be slow.
_HARD = (
    "lundi mardi 12/12/12 14h30 du 3 au 5 ",
    "pas de douleur à la poitrine mais ",
    "a" * LONG,
    "1" * LONG,
    "e\u0301\u0301\u0301",
    "oui non ",
    "le docteur le docteur ",
    "06 39 98 ",
    "\n",
    "a-",
    "a'",
    "!",
    "M.",
    "fièvre ",
    "il a 39",
    "le 3\nle",
    "le 3, ",
    "9h ",
)


def cost(messages: Sequence[Message]) -> Cost:
    """The messages once to warm up, then timed one by one on the CPU clock."""
    for message in messages[:50]:
        understand(message.text, now=message.now)
    each = sorted(_ms(m.text, m) for m in messages)
    plain = " ".join(m.text for m in messages)[:LONG]
    hard = [(seed * (LONG // len(seed) + 1))[:LONG] for seed in _HARD]
    return Cost(
        median_ms=statistics.median(each),
        p99_ms=each[int(len(each) * 0.99)],
        first_long_ms=_ms(plain, messages[0]),
        long_ms=_ms(plain + ".", messages[0]),
        worst_long_ms=max(_ms(text, messages[0]) for text in hard),
        startup_s=min(_startup() for _ in range(5)),
        memory_mb=_memory(),
    )


def _ms(text: str, message: Message) -> float:
    start = time.process_time()
    understand(text, now=message.now)
    return (time.process_time() - start) * 1000


_LINE = '{"id": 1, "now": "2026-03-09T10:12", "text": "bonjour, un rdv mardi", "channel": "sms"}\n'
# The highest memory is asked of the process itself: the figure that its parent sees includes the parent's.
_MEMORY = (
    "import sys; from releve.cli import main; main(['understand']); "
    "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')), file=sys.stderr)"
)


def _startup() -> float:
    """Wall time of the command on one message, in seconds."""
    start = time.perf_counter()
    _child("-m", "releve.cli", "understand")
    return time.perf_counter() - start


def _memory() -> float:
    """Highest resident memory of the command, in megabytes."""
    return int(_child("-c", _MEMORY).stderr.split()[-1]) / 1024


def _child(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], input=_LINE, text=True, capture_output=True, check=True)
