"""Lets messages leave. Each is claimed, handed to its channel, then marked: a crash in between means one more attempt
with the same key, by which a provider knows it again."""

import logging
from collections.abc import Callable
from datetime import datetime

from releve.post import actions as post
from releve.post import queries
from releve.post.models import Outgoing

log = logging.getLogger("releve.outgoing")
Deliver = Callable[[Outgoing], bool]


def leave(now: datetime, deliver: Deliver) -> list[dict[str, str]]:
    """Everything that may leave by now, oldest first. `deliver` says whether the channel took it."""
    left = []
    for row in queries.ready(now, limit=1000):
        message = {"channel": row.channel, "to": row.address, "text": row.text}
        if post.claim(row=row, now=now) and deliver(row):
            post.mark_sent(row=row, at=now)
            left.append(message)
    return left
