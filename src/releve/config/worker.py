"""`releve work`: what happens without anyone asking: replay, timers in order, outbox, ledger positions, and beside them
agendas kept elsewhere.

Any number of workers may run on PostgreSQL. Timers and ledger positions are one worker's at a time, whoever is first;
messages and unanswered events are shared (docs/decisions/0008).
"""

import logging
import signal
import threading
import time

from django.conf import settings
from django.db import close_old_connections

from releve.config.wiring import deliver
from releve.intake import actions as intake
from releve.intake import limits
from releve.intake.outgoing import leave
from releve.interop.csv_agenda import going_on
from releve.interop.ical import polling
from releve.ledger.actions import sequence
from releve.practice import queries
from releve.practice.models import Organization

log = logging.getLogger("releve.worker")
PAUSE = 0.5  # seconds between rounds: a head is signed within a second
LOOK = 5.0  # seconds between two looks at calendars and files
AT_ONCE = 50  # of each, so that none waits for many of another


def one_round() -> bool:
    """What is due now, a share of each; whether there may be more."""
    now = settings.CLOCK.now()
    practice = queries.organization()
    shares = (
        intake.replay(before=now, limit=AT_ONCE),
        intake.fire_due(practice, now, most=AT_ONCE),
        len(leave(now, deliver, limit=AT_ONCE)),
    )
    sequence(now)
    limits.forget(now)
    return max(shares) == AT_ONCE


def _beside(stop: threading.Event) -> None:
    """What may take a while, in a thread of its own: other people’s servers, long files. Nobody waits for it."""
    while not stop.wait(LOOK):
        for work in (polling.poll, going_on.go_on):
            try:
                work(queries.organization(), settings.CLOCK.now())
            except Organization.DoesNotExist:
                pass  # nothing loaded yet: nothing to do
            except Exception:  # whatever it is, the next look tries again
                log.exception("work beside the rounds failed; the next look tries again")
                close_old_connections()


def run_forever() -> int:
    """Rounds until SIGTERM or SIGINT; a failing round is logged and tried again."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    threading.Thread(target=_beside, args=(stop,), name="beside", daemon=True).start()
    while not stop.is_set():
        started, more = time.monotonic(), False
        try:
            more = one_round()
        except Organization.DoesNotExist:
            pass  # nothing loaded yet: nothing to do
        except Exception:  # a worker that ends takes the web pages with it
            log.exception("a round failed; the next one tries again")
            close_old_connections()
        if not more:
            stop.wait(max(0.0, PAUSE - (time.monotonic() - started)))
    return 0
