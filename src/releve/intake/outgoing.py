"""Lets messages leave. Each is claimed by one worker, handed to its channel, then marked: a crash in between means one
more attempt with the same key, by which a provider knows it again."""

import logging
from collections.abc import Callable
from datetime import datetime

from releve.post import actions as post
from releve.post.models import Outgoing

log = logging.getLogger("releve.outgoing")
Deliver = Callable[[Outgoing], bool]


def leave(now: datetime, deliver: Deliver, limit: int = 1000) -> list[dict[str, str]]:
    """What may leave by now, oldest first. `deliver` says whether the channel took it."""
    left: list[dict[str, str]] = []
    for _ in range(limit):
        row = post.claim_next(now=now)
        if row is None:
            break
        message = {"channel": row.channel, "to": row.address, "text": row.text}
        if _delivered(row, deliver):
            post.mark_sent(row=row, at=now)
            left.append(message)
    return left


def _delivered(row: Outgoing, deliver: Deliver) -> bool:
    """A channel that fails keeps no other message waiting; the log holds the row's key, never its text."""
    try:
        return deliver(row)
    except Exception:  # whatever it is, it is this channel's
        log.exception("message %s could not be delivered", row.pk)
        return False
