"""Changes of the practice's own file and of people's accounts, from the settings and the guided set-up.

A row is checked as strictly as in a practice file; what the checks refuse changes nothing (`bad_row`).
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from releve.core.keeping import (
    FoundPractice,
    InviteUser,
    KeepFaq,
    KeepPractitioner,
    KeepPreferences,
    KeepResource,
    KeepSchedule,
    KeepService,
    KeepText,
    KeepUser,
    NoteSetUp,
    OrderServices,
    SendTest,
    SetPassword,
    SetPin,
    UpdatePractice,
)
from releve.dialogue import wording
from releve.effects.context import Context, Done, Effects, Refused
from releve.post import actions as post
from releve.practice import keeping, queries
from releve.practice.file import BadFile, read_row
from releve.practice.models import FaqEntry, HealthcareService, Practitioner, Resource, User

PIN_DIGITS = (4, 8)
STEPS = ("texts", "test", "hours", "people", "visits")


def found(act: FoundPractice, context: Context) -> Done:
    """`intake.founding` has written the practice; this is its entry in the ledger."""
    return _practice(context)


def update_practice(act: UpdatePractice, context: Context) -> Done:
    practice = context.organization
    whole = {name: getattr(practice, name) for name in ("name", "address", "phone", "email", "access", "timezone")}
    whole |= {"opening_hours": practice.opening_hours, "public_holidays": practice.public_holidays}
    read = _checked("practice", {**whole, **act.row}, context)
    keeping.update_practice(practice=practice, row={name: read[name] for name in act.row})
    return _practice(context)


def keep_practitioner(act: KeepPractitioner, context: Context) -> Done:
    row = _checked("practitioners", _named(act.row, "soignant"), context)
    person = keeping.keep_practitioner(practice=context.organization, row=row, active=act.active)
    return Done(person.pk, f"practitioner:{person.pk}")


def keep_schedule(act: KeepSchedule, context: Context) -> Done:
    row = _checked("schedules", act.row, context)
    schedule = keeping.keep_schedule(practice=context.organization, row=row)
    return Done(schedule.pk, f"practitioner:{schedule.practitioner_id}")


def keep_service(act: KeepService, context: Context) -> Done:
    row = _checked("services", _named(act.row, "visite"), context)
    visit = keeping.keep_service(practice=context.organization, row=row, active=act.active)
    return Done(visit.pk, f"service:{visit.pk}")


def order_services(act: OrderServices, context: Context) -> Done:
    """All of them, each once: an order made while somebody added a visit says nothing of it."""
    kept = HealthcareService.objects.filter(organization=context.organization)
    if sorted(kept.values_list("identifier", flat=True)) != sorted(act.services):
        raise Refused("changed_meanwhile")
    keeping.order_services(practice=context.organization, identifiers=act.services)
    return _practice(context)


def keep_resource(act: KeepResource, context: Context) -> Done:
    row = _checked("resources", _named(act.row, "salle"), context)
    resource = keeping.keep_resource(practice=context.organization, row=row, active=act.active)
    return Done(resource.pk, f"resource:{resource.pk}")


def keep_faq(act: KeepFaq, context: Context) -> Done:
    if act.removed:
        if not keeping.remove_faq(practice=context.organization, identifier=str(act.row.get("id"))):
            raise Refused("gone")
        return _practice(context)
    entry = keeping.keep_faq(practice=context.organization, row=_checked("faq", _named(act.row, "question"), context))
    return Done(entry.pk, f"faq:{entry.pk}")


def keep_text(act: KeepText, context: Context) -> Done:
    if act.name not in wording.BLANKS:
        raise Refused("unknown_text")
    if act.words and wording.faults(act.name, act.words, **queries.unsayable(context.directory, _hosts())):
        raise Refused("must_not_be_said")
    keeping.keep_text(practice=context.organization, name=act.name, words=act.words)
    return _practice(context)


def _hosts() -> list[str]:
    return [host for host in settings.ALLOWED_HOSTS if host != "*"]


def keep_user(act: KeepUser, context: Context) -> Done:
    me = context.user
    if me is not None and act.user == me.pk and (act.role != me.role or not act.active):
        raise Refused("not_yourself")
    if act.role not in User.Role.values or not act.username.strip():
        raise Refused("bad_row")
    if User.objects.filter(username__iexact=act.username).exclude(pk=act.user or 0).exists():
        raise Refused("name_taken")
    user = keeping.keep_user(
        user=act.user, username=act.username, given=act.given, family=act.family, role=act.role, active=act.active
    )
    return Done(user.pk, f"user:{user.pk}")


def invite(act: InviteUser, context: Context) -> Done:
    user = User.objects.filter(pk=act.user, is_active=True).first()
    if user is None:
        raise Refused("gone")
    return Done(user.pk, f"user:{user.pk}")


def set_password(act: SetPassword, context: Context) -> Done:
    try:
        validate_password(act.password, context.user)
    except ValidationError:
        raise Refused("weak_password") from None
    keeping.set_password(user=_me(context), password=act.password)
    return _mine(context)


def set_pin(act: SetPin, context: Context) -> Done:
    low, high = PIN_DIGITS
    if act.pin and not (act.pin.isascii() and act.pin.isdigit() and low <= len(act.pin) <= high):
        raise Refused("bad_pin")
    keeping.set_pin(user=_me(context), pin=act.pin)
    return _mine(context)


def keep_preferences(act: KeepPreferences, context: Context) -> Done:
    if act.language not in ("", *(code for code, _ in settings.LANGUAGES)):
        raise Refused("bad_row")
    keeping.keep_preferences(user=_me(context), language=act.language, single_keys=act.single_keys)
    return _mine(context)


def note_set_up(act: NoteSetUp, context: Context) -> Done:
    if act.step not in STEPS:
        raise Refused("bad_row")
    keeping.note_set_up(practice=context.organization, values={act.step: True})
    return _practice(context)


def send_test(act: SendTest, context: Context) -> Done:
    """Through the outbox, as a reminder would go; a sample, with nobody's name."""
    text = wording.sample("reminder", context.voice, context.now)
    row = post.send_later(
        key=f"{context.key}:test", channel=act.channel, address=act.address, text=text, purpose="test", now=context.now
    )
    keeping.note_set_up(practice=context.organization, values={"test": True})
    return Done(row.pk, f"organization:{context.organization.pk}")


def _practice(context: Context) -> Done:
    return Done(context.organization.pk, f"organization:{context.organization.pk}")


def _me(context: Context) -> User:
    if context.user is None:
        raise Refused("not_allowed")
    return context.user


def _mine(context: Context) -> Done:
    return Done(_me(context).pk, f"user:{_me(context).pk}")


def _named(row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {"id": keeping.new_key(prefix), **row}


def _checked(section: str, row: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """As strictly as in a file; known fields only, references to records of this practice only."""
    practice = context.organization
    tables: Mapping[str, Any] = {"practitioners": Practitioner, "services": HealthcareService, "faq": FaqEntry}
    ids = {
        name: set(table.objects.filter(organization=practice).values_list("identifier", flat=True))
        for name, table in tables.items()
    }
    rooms = Resource.objects.filter(organization=practice)
    ids["families"] = set(rooms.values_list("family", flat=True))
    try:
        return read_row(section, row, timezone=practice.timezone, ids=ids)
    except BadFile:
        raise Refused("bad_row") from None


EFFECTS: Effects = {
    "found_practice": found,
    "update_practice": update_practice,
    "keep_practitioner": keep_practitioner,
    "keep_schedule": keep_schedule,
    "keep_service": keep_service,
    "order_services": order_services,
    "keep_resource": keep_resource,
    "keep_faq": keep_faq,
    "keep_text": keep_text,
    "keep_user": keep_user,
    "invite_user": invite,
    "set_password": set_password,
    "set_pin": set_pin,
    "keep_preferences": keep_preferences,
    "note_set_up": note_set_up,
    "send_test": send_test,
}
