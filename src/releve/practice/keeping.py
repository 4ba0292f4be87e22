"""Writes the practice's own file, one row at a time, in its vocabulary (`practice.file`). Each function is one change,
inside the caller's transaction; only effects, intake and the loader may call them. Rows are checked before."""

import secrets
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Max

from releve.practice.models import (
    FaqEntry,
    HealthcareService,
    Location,
    Organization,
    Practitioner,
    Resource,
    Schedule,
    User,
)

HOURS = ("rules", "overrides", "days_off")  # of a row of `resources`: what its agenda keeps


def update_practice(*, practice: Organization, row: Mapping[str, Any]) -> None:
    """The zone is that of every agenda too: hours are wall time of the practice."""
    for name, value in row.items():
        setattr(practice, name, value)
    practice.save(update_fields=list(row))
    if "timezone" in row:
        Schedule.objects.filter(organization=practice).update(timezone=row["timezone"])


def keep_practitioner(*, practice: Organization, row: Mapping[str, Any], active: bool) -> Practitioner:
    values = {**_columns(row), "active": active}
    person, _ = Practitioner.objects.update_or_create(
        organization=practice, identifier=row["id"], defaults=values, create_defaults={**values, **_place(practice)}
    )
    return person


def keep_schedule(*, practice: Organization, row: Mapping[str, Any]) -> Schedule:
    person = Practitioner.objects.get(organization=practice, identifier=row["practitioner"])
    values = {k: v for k, v in row.items() if k != "practitioner"}
    new = {"organization": practice, "identifier": person.identifier, "timezone": practice.timezone, **_place(practice)}
    schedule, _ = Schedule.objects.update_or_create(
        practitioner=person, defaults=values, create_defaults={**values, **new}
    )
    return schedule


def keep_service(*, practice: Organization, row: Mapping[str, Any], active: bool) -> HealthcareService:
    price = row.get("price_eur")
    values = {
        **{k: v for k, v in _columns(row).items() if k != "practitioners"},
        "price_eur": None if price is None else Decimal(str(price)),
        "active": active,
    }
    visit, _ = HealthcareService.objects.update_or_create(
        organization=practice, identifier=row["id"], defaults=values,
        create_defaults={**values, **_place(practice), "position": _last(practice)},
    )  # fmt: skip
    if "practitioners" in row:
        people = {p.identifier: p for p in Practitioner.objects.filter(organization=practice)}
        visit.practitioners.set([people[key] for key in row["practitioners"]])
    return visit


def order_services(*, practice: Organization, identifiers: Sequence[str]) -> None:
    """As they are given: the first is proposed first."""
    visits = {v.identifier: v for v in HealthcareService.objects.filter(organization=practice)}
    for position, identifier in enumerate(identifiers):
        visits[identifier].position = position
    HealthcareService.objects.bulk_update(visits.values(), ["position"])


def keep_resource(*, practice: Organization, row: Mapping[str, Any], active: bool) -> Resource:
    """A room or device, and its hours: without rules it can be used whenever its people work."""
    values = {**{k: v for k, v in _columns(row).items() if k not in HOURS}, "active": active}
    resource, _ = Resource.objects.update_or_create(
        organization=practice, identifier=row["id"], defaults=values, create_defaults={**values, **_place(practice)}
    )
    hours = {k: row[k] for k in HOURS if k in row}
    new = {"organization": practice, "identifier": resource.identifier, "timezone": practice.timezone}
    Schedule.objects.update_or_create(
        resource=resource, defaults=hours, create_defaults={**hours, **new, **_place(practice)}
    )
    return resource


def keep_faq(*, practice: Organization, row: Mapping[str, Any]) -> FaqEntry:
    entry, _ = FaqEntry.objects.update_or_create(
        organization=practice, identifier=row["id"], defaults=_columns(row),
        create_defaults={**_columns(row), **_place(practice)},
    )  # fmt: skip
    return entry


def remove_faq(*, practice: Organization, identifier: str) -> int:
    """How many there were: one, or none."""
    return FaqEntry.objects.filter(organization=practice, identifier=identifier).delete()[0]


def keep_text(*, practice: Organization, name: str, words: str) -> None:
    """Empty words: ours again."""
    practice.texts = Organization.objects.select_for_update().values_list("texts", flat=True).get(pk=practice.pk)
    texts = {k: v for k, v in practice.texts.items() if k != name}
    practice.texts = {**texts, name: words} if words else texts
    practice.save(update_fields=["texts"])


def note_set_up(*, practice: Organization, values: Mapping[str, Any]) -> None:
    kept = Organization.objects.select_for_update().values_list("set_up", flat=True).get(pk=practice.pk)
    practice.set_up = {**kept, **values}
    practice.save(update_fields=["set_up"])


def keep_user(*, user: int | None, username: str, given: str, family: str, role: str, active: bool) -> User:
    """A new one has no password yet, and cannot sign in before choosing one."""
    row = User(username=username, password=make_password(None)) if user is None else User.objects.get(pk=user)
    row.username, row.first_name, row.last_name, row.role, row.is_active = username, given, family, role, active
    row.save()
    return row


def set_password(*, user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


def set_pin(*, user: User, pin: str) -> None:
    user.pin = make_password(pin) if pin else ""
    user.save(update_fields=["pin"])


def keep_preferences(*, user: User, language: str, single_keys: bool) -> None:
    user.language, user.single_keys = language, single_keys
    user.save(update_fields=["language", "single_keys"])


def new_key(prefix: str) -> str:
    """An identifier for a row that came without one."""
    return f"{prefix}-{secrets.token_hex(4)}"


def _last(practice: Organization) -> int:
    """The position after that of every visit: a new one comes last."""
    highest = HealthcareService.objects.filter(organization=practice).aggregate(Max("position"))["position__max"]
    return 0 if highest is None else highest + 1


def _columns(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != "id"}


def _place(practice: Organization) -> dict[str, Any]:
    return {"location": Location.objects.filter(organization=practice).order_by("id").first()}
