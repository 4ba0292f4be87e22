"""Writes what other software says of an agenda, and what it may read of ours. Each function is one change, inside the
caller's transaction; only effects and intake may call them."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from releve.practice.busy import TOLD, Difference, key_digest
from releve.practice.models import AgendaKey, BusyTime, Feed, Practitioner, Schedule

AT_ONCE = 500  # rows of one statement
FORGOTTEN = timedelta(days=30)  # what has been over for so long is of no use
KEY_BYTES = 32
T = TypeVar("T")


def keep_way(*, person: Practitioner, way: str) -> None:
    person.elsewhere = way
    person.save(update_fields=["elsewhere"])


def keep_feed(*, schedule: Schedule, url: str) -> Feed:
    """It is due at once. What another address said stays until this one has been read."""
    new = {
        "url": url, "etag": "", "modified": "", "digest": "", "read_at": None, "tried_at": None, "failures": 0,
        "error": "",
    }  # fmt: skip
    feed, _ = Feed.objects.update_or_create(
        schedule=schedule, defaults=new, create_defaults={**new, "organization": schedule.organization}
    )
    return feed


def drop_feed(*, feed: Feed) -> None:
    feed.delete()


def claim_feed(*, feed: Feed, now: datetime) -> bool:
    """Takes it for one reading. False when another worker was faster."""
    return Feed.objects.filter(pk=feed.pk, tried_at=feed.tried_at).update(tried_at=now) == 1


def note_reading(*, feed: Feed, now: datetime, digest: str, etag: str = "", modified: str = "") -> None:
    """It was read, and means what `digest` meant."""
    Feed.objects.filter(pk=feed.pk).update(
        read_at=now, failures=0, error="", digest=digest, etag=etag, modified=modified
    )


def note_failure(*, feed: Feed, code: str) -> None:
    """What was known before stays."""
    Feed.objects.filter(pk=feed.pk).update(failures=feed.failures + 1, error=code)


def write_busy(*, feed: Feed, found: Difference, now: datetime) -> None:
    """New times, other ends, and tombstones for what is there no more."""
    for some in _parts(found.added):
        BusyTime.objects.bulk_create(
            BusyTime(schedule_id=feed.schedule_id, feed=feed, uid=span.uid, start=span.start, end=span.end)
            for span in some
        )
    for pairs in _parts((*found.changed, *found.back)):
        rows = [BusyTime(pk=key, end=span.end, removed_at=None) for key, span in pairs]
        BusyTime.objects.bulk_update(rows, ["end", "removed_at"])
    for keys in _parts(found.removed):
        BusyTime.objects.filter(pk__in=keys).update(removed_at=now)
    BusyTime.objects.filter(feed=feed, end__lt=now - FORGOTTEN).delete()


def mark_told(*, keys: Iterable[int]) -> None:
    """These times are appointments of ours."""
    BusyTime.objects.filter(pk__in=list(keys)).update(reason=TOLD)


def _parts(rows: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
    return (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))


def create_key(*, person: Practitioner, with_names: bool, now: datetime) -> tuple[AgendaKey, str]:
    """The row, and the key that is shown once: only its digest is kept."""
    key = secrets.token_urlsafe(KEY_BYTES)
    row = AgendaKey.objects.create(practitioner=person, digest=key_digest(key), with_names=with_names, created_at=now)
    return row, key


def revoke_key(*, key: AgendaKey, now: datetime) -> None:
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])


def note_use(*, key: AgendaKey, now: datetime) -> None:
    AgendaKey.objects.filter(pk=key.pk).update(used_at=now)
