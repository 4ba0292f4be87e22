"""Reminders: when they are sent, and what they say."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from releve.core.acts import SendReminder
from releve.effects import moves
from releve.effects.context import Context, Done, Effects, Refused
from releve.post import actions as post
from releve.practice.models import Appointment

HOUR = time(18)  # the evening before: gone by 19:00 (CONTRACTS 4)
AT_LEAST = timedelta(days=2)  # between a booking and its first reminder: nobody has forgotten yet

Reminder = tuple[str, SendReminder, datetime]


def set_reminders(appointment: Appointment, context: Context) -> None:
    """The evening before, and some days before when the practice wishes; those that are too late are not sent."""
    coming = list(_reminders(appointment, context))
    for key, act, due in coming:
        post.set_timer(key=key, act=act, due_at=due)
    post.drop_timers(keys=[key for key in _keys(appointment) if key not in {reminder[0] for reminder in coming}])


def set_all(appointments: Iterable[Appointment], context: Context) -> None:
    """Those of a practice just loaded, which has no timer yet."""
    post.set_timers(reminder for appointment in appointments for reminder in _reminders(appointment, context))


def none_more(appointment: Appointment) -> None:
    """It will not take place, or it does already."""
    post.drop_timers(keys=_keys(appointment))


def _keys(appointment: Appointment) -> list[str]:
    return [f"reminder:{appointment.pk}", f"early_reminder:{appointment.pk}"]


def _reminders(appointment: Appointment, context: Context) -> Iterator[Reminder]:
    """On a Sunday or public holiday, the last permitted day's same hour."""
    evening, early = _keys(appointment)
    act = SendReminder(appointment=appointment.pk)
    due = _before(appointment, 1, context)
    if due > context.now:
        yield evening, act, due
    sooner = _before(appointment, context.organization.early_reminder_days, context)
    if context.now + AT_LEAST < sooner < due:
        yield early, act, sooner


def _before(appointment: Appointment, days: int, context: Context) -> datetime:
    day = appointment.start.astimezone(context.zone).date() - timedelta(days=days)
    return context.quiet.last_permitted_before(datetime.combine(day, HOUR, context.zone))


def send(act: SendReminder, context: Context) -> Done:
    appointment = Appointment.objects.select_related("patient").get(pk=act.appointment)
    if appointment.status != "booked" or appointment.start <= context.now:
        raise Refused("not_booked")
    if moves.stranded(appointment):
        raise Refused("cannot_take_place")  # they are asked for another time, not whether they come
    voice = context.voice_to(appointment.patient)
    message = voice.text(
        "reminder", practice=context.organization.name, start=voice.full(appointment.start),
        who=voice.who(appointment.practitioner_id),
    )  # fmt: skip
    context.write_to(appointment.patient, message, "reminder", appointment=appointment)
    return Done(appointment.pk, f"appointment:{appointment.pk}")


EFFECTS: Effects = {"send_reminder": send}
