"""People and what concerns them, as templates name them."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from releve.desk import naming, words
from releve.language.writing import NBSP
from releve.look.templatetags.french import day
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
def outcome(row: Appointment, now: datetime) -> str:
    """What became of a past appointment; nobody noted anything: it is simply over."""
    if row.status == "booked" and row.end <= now:
        return _("venu") if row.arrived_at else _("passé")
    return words.word(words.STATUSES, row.status)


@register.filter
def day_year(moment: datetime, now: datetime) -> str:
    """mardi 17 mars; with its year when it is another."""
    shown, here = timezone.localtime(moment), timezone.localtime(now)
    return day(shown) if shown.year == here.year else f"{day(shown)}{NBSP}{shown.year}"


@register.filter
def weekday(when: date) -> str:
    """mardi"""
    return day(when).split(" ", 1)[0]
