"""`releve work`: what happens without anyone asking: replay, timers in order, outbox, ledger positions."""

import logging
import signal
import threading
import time

from django.conf import settings
from django.db import close_old_connections

from releve.config.wiring import deliver
from releve.intake import actions as intake
from releve.intake.outgoing import leave
from releve.ledger.actions import sequence
from releve.practice import queries
from releve.practice.models import Organization

log = logging.getLogger("releve.worker")
PAUSE = 0.5  # seconds between rounds: a head is signed within a second


def one_round() -> None:
    """Everything that is due now, once."""
    now = settings.CLOCK.now()
    practice = queries.organization()
    intake.replay(before=now)
    intake.fire_due(practice, now)
    leave(now, deliver)
    sequence(now)


def run_forever() -> int:
    """Rounds until SIGTERM or SIGINT; a failing round is logged and tried again."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while not stop.is_set():
        started = time.monotonic()
        try:
            one_round()
        except Organization.DoesNotExist:
            pass  # nothing loaded yet: nothing to do
        except Exception:  # a worker that ends takes the web pages with it
            log.exception("a round failed; the next one tries again")
            close_old_connections()
        stop.wait(max(0.0, PAUSE - (time.monotonic() - started)))
    return 0
