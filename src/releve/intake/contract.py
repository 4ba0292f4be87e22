"""Replies in the words of the contract (CONTRACTS 4 and 7): identifiers instead of keys, local times."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from releve.core.codec import decode
from releve.dialogue import Reply
from releve.practice.models import Appointment, HealthcareService, Organization, Practitioner


def answer_object(
    practice: Organization, reply: dict[str, Any], outbox: Iterable[dict[str, str]] = ()
) -> dict[str, Any]:
    """messages, expects, options, acts, handoff, outbox."""
    said = decode(Reply, {k: v for k, v in reply.items() if k not in ("acts", "handoff")})
    zone = ZoneInfo(practice.timezone)
    acts = reply.get("acts", [])
    who, what, which = _names(said, acts)
    handoff = reply.get("handoff")
    return {
        "messages": list(said.messages),
        "expects": said.expects,
        "options": [
            {
                "id": f"o{n}",
                "start": p.start.astimezone(zone).isoformat(timespec="minutes"),
                "practitioner": who[p.practitioner],
                "service": what[p.service],
            }
            for n, p in enumerate(said.options, 1)
        ],
        "acts": [{"kind": k, "status": s, "appointment": which.get(a) if a else None} for k, s, a in acts],
        "handoff": {"to": handoff[0], "reason": handoff[1]} if handoff else None,
        "outbox": list(outbox),
    }


def _names(said: Reply, acts: list[Any]) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    def of(model: Any, keys: set[int]) -> dict[int, str]:
        return dict(model.objects.filter(pk__in=keys).values_list("pk", "identifier")) if keys else {}

    return (
        of(Practitioner, {p.practitioner for p in said.options}),
        of(HealthcareService, {p.service for p in said.options}),
        of(Appointment, {a for _, _, a in acts if a}),
    )


def local_moment(text: str, practice: Organization) -> datetime:
    """An ISO datetime; without an offset it is the practice's local time. Raises ValueError."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(practice.timezone))
