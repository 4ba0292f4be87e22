"""How often something may be tried. Counted in the database, so that every process on every host sees the same count.

Nothing personal is kept: whom a count is about (a name, an address of the network) becomes a keyed hash, and the row
goes when its time is over.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from releve.intake.models import Tally

# One statement on both databases: tries sent at once are counted one by one.
COUNT = """
INSERT INTO intake_tally (key, count, until) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN intake_tally.until > %s THEN intake_tally.count + 1 ELSE 1 END,
    until = CASE WHEN intake_tally.until > %s THEN intake_tally.until ELSE excluded.until END
RETURNING count
"""


def tried(what: str, whom: str, *, within: timedelta, now: datetime) -> int:
    """Notes one more try; how many there were since the first. The time runs from the first one."""
    seconds = int(now.timestamp())
    end = seconds + int(within.total_seconds())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT, [_key(what, whom), end, seconds, seconds])
        return int(cursor.fetchone()[0])


def clear(what: str, whom: str) -> None:
    Tally.objects.filter(key=_key(what, whom)).delete()


def forget(now: datetime) -> None:
    """Counts whose time is over go."""
    over = Tally.objects.filter(until__lte=int(now.timestamp()))
    if over.exists():
        over.delete()


def _key(what: str, whom: str) -> str:
    return salted_hmac(f"releve.limits.{what}", whom, algorithm="sha256").hexdigest()
