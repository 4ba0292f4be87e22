"""People and what concerns them, as templates name them."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.desk import naming, words
from releve.look.templatetags.french import day, full_date, hour
from releve.practice.models import Appointment, Practitioner

register = template.Library()


@register.filter
def whom(person: Practitioner) -> str:
    """Dr Amar"""
    return naming.whom(person)


@register.filter
def task_kind(code: str) -> str:
    return words.word(words.KINDS, code)


@register.filter
def channel(code: str) -> str:
    return words.word(words.CHANNELS, code)


@register.filter
def channel_icon(code: str) -> str:
    return words.CHANNEL_ICONS.get(code, "sms")


@register.filter
def status(code: str) -> str:
    """Of an appointment."""
    return words.word(words.STATUSES, code)


@register.filter
def offer_status(code: str) -> str:
    """What became of an offered place."""
    return words.word(words.PLACES, code)


@register.filter
def outcome(row: Appointment, now: datetime) -> str:
    """What became of a past appointment; nobody noted anything: it is simply over."""
    if row.status == "booked" and row.end <= now:
        return _("venu") if row.arrived_at else _("passé")
    return words.word(words.STATUSES, row.status)


@register.filter
def until(start: datetime, end: datetime) -> str:
    """mardi 17 mars; du mardi 17 mars au jeudi 19 mars; mardi 17 mars, de 13 h à 18 h: whole days need no hours."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    if first.hour == first.minute == last.hour == last.minute == 0:
        before = last - timedelta(days=1)
        if before.date() == first.date():
            return day(first)
        return _("du %(first)s au %(last)s") % {"first": day(first), "last": day(before)}
    if first.date() == last.date() or (last.hour == last.minute == 0 and (last - first).days == 0):
        hours = {"day": day(first), "first": hour(first), "last": hour(last)}
        if first.hour == first.minute == 0:
            return _("%(day)s jusqu’à %(last)s") % hours
        if last.hour == last.minute == 0:
            return _("%(day)s à partir de %(first)s") % hours
        return _("%(day)s, de %(first)s à %(last)s") % hours
    return _("du %(first)s au %(last)s") % {"first": full_date(first), "last": full_date(last)}


@register.filter
def weekday(when: date) -> str:
    """mardi"""
    return day(when).split(" ", 1)[0]
