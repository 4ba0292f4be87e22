"""Reads the calendars kept elsewhere again and again: every five minutes, less often while one does not answer. The
network is never waited for inside a transaction, and several workers never read one calendar at once."""

import logging
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.crypto import salted_hmac

from releve.core.elsewhere import BusySpan
from releve.intake import elsewhere as intake
from releve.interop.ical.errors import BadFeed
from releve.interop.ical.fetching import Fetched, fetch
from releve.interop.ical.reading import Reading, read, window
from releve.practice import busy
from releve.practice.models import Feed, Organization

log = logging.getLogger("releve.feeds")
EVERY, AT_MOST = timedelta(minutes=5), timedelta(hours=1)
EMPTIED = 10  # busy times to come that do not all vanish at once: the other software has a fault, or another address


def mark(practice: Organization) -> str:
    """What the identifiers of our own bookings hold: they are no foreign engagements when they come back."""
    return "releve-" + salted_hmac("releve.agenda", str(practice.pk), algorithm="sha256").hexdigest()[:16]


def due(practice: Organization, now: datetime) -> list[Feed]:
    feeds = Feed.objects.filter(organization=practice).select_related("organization", "schedule").order_by("id")
    return [feed for feed in feeds if feed.tried_at is None or now - feed.tried_at >= pause(feed.failures)]


def pause(failures: int) -> timedelta:
    return min(AT_MOST, EVERY * (1 << min(failures, 6)))


def poll(practice: Organization, now: datetime) -> int:
    """Reads what is due; one that fails does not keep the others waiting. Returns how many were read."""
    done = 0
    for feed in due(practice, now):
        if claim(feed, now):
            done += read_one(feed, now)
    return done


def claim(feed: Feed, now: datetime) -> bool:
    """False when somebody else reads it just now."""
    return intake.claim(feed, now=now)


def read_one(feed: Feed, now: datetime, emptied: bool = False) -> bool:
    """`emptied`: a person has seen that nothing is left. True when it was read; what was known stays when not."""
    try:
        _read(feed, now, emptied)
    except BadFeed as why:
        intake.failed(feed, code=why.code)
        log.warning("feed %s could not be read: %s", feed.pk, why.code)
        return False
    return True


def _read(feed: Feed, now: datetime, emptied: bool) -> None:
    got = look(feed.url, etag=feed.etag, modified=feed.modified) if _only_news(feed, now) else look(feed.url)
    if got.data is None:
        intake.still(feed, now=now)
        return
    digest = _digest(got.data, feed.organization, now)
    if digest == feed.digest:
        intake.still(feed, now=now)
        return
    reading = understood(got.data, feed.organization, now)
    if not reading.busy and not emptied and busy.coming(feed, now) >= EMPTIED:
        raise BadFeed("emptied")
    spans = [BusySpan(uid=one.uid, start=one.start, end=one.end) for one in reading.busy]
    intake.was_read(feed, spans, since=reading.start, now=now, digest=digest, etag=got.etag, modified=got.modified)


def _only_news(feed: Feed, now: datetime) -> bool:
    """Once a day everything is read: the window has moved on, the practice may have another zone."""
    zone = ZoneInfo(feed.organization.timezone)
    return feed.read_at is not None and feed.read_at.astimezone(zone).date() == now.astimezone(zone).date()


def _digest(data: bytes, practice: Organization, now: datetime) -> str:
    """The same bytes mean something else in another window, or in another zone."""
    context = f"{window(now, practice.timezone)[1].isoformat()} {practice.timezone} ".encode()
    return sha256(context + data).hexdigest()


def look(url: str, *, etag: str = "", modified: str = "") -> Fetched:
    return fetch(url, etag=etag, modified=modified, networks=settings.ENVIRONMENT.networks())


def understood(data: bytes, practice: Organization, now: datetime) -> Reading:
    return read(data, now=now, timezone=practice.timezone, own=mark(practice))


def masked(url: str) -> str:
    """The host, and the last signs: enough to know it again, not enough to read it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}/…{url[-4:]}"
