"""What an installation holds, as JSON: read by a process of its own, to judge what clients were told."""

import json
import sys
from collections import Counter
from itertools import pairwise
from typing import Any


def audit() -> dict[str, Any]:
    from releve.core.codec import encode
    from releve.intake.models import InboundEvent
    from releve.ledger.queries import kinds, verify
    from releve.post.models import Outgoing, Timer
    from releve.practice.models import Allocation, Appointment, Communication

    verified = verify()
    keys = list(Outgoing.objects.values_list("key", flat=True))
    said = Communication.objects.exclude(event=None).values_list("event", "author")
    return {
        "events": [_event(row) for row in InboundEvent.objects.filter(source="api").order_by("at")],
        "said": {f"{event} {author}": n for (event, author), n in Counter(said).items()},
        "appointments": list(Appointment.objects.filter(status="booked").values_list("identifier", flat=True)),
        "keys": dict(Appointment.objects.values_list("pk", "identifier")),
        "without_time": Appointment.objects.filter(status="booked", allocations=None).count(),
        "overlaps": _overlaps(),
        "starts": dict(Counter(start.isoformat() for start in Allocation.objects.values_list("start", flat=True))),
        "same_outbox_keys": len(keys) - len(set(keys)),
        "timers": Timer.objects.count(),
        "kinds": dict(Counter(kinds())),
        "entries": verified.entries,
        "waiting": verified.waiting,
        "faults": encode(verified.faults),
    }


def _event(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.pk), "external_id": row.external_id, "kind": row.kind, "reply": row.reply,
        "handled": row.handled_at is not None,
    }  # fmt: skip


def _overlaps() -> int:
    """Pairs of allocations of one place that overlap, counted here and not by the constraint."""
    from releve.practice.models import Allocation

    rows = Allocation.objects.order_by("schedule", "place", "start").values_list("schedule", "place", "start", "end")
    return sum(a[:2] == b[:2] and b[2] < a[3] for a, b in pairwise(rows))


def unanswered() -> int:
    from releve.intake.models import InboundEvent

    return InboundEvent.objects.filter(handled_at=None).count()


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(unanswered() if "unanswered" in sys.argv else audit(), sys.stdout)
