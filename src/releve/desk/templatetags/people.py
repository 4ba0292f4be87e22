"""People and what concerns them, as templates name them."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.desk import naming, words
from releve.dialogue.phrases import phone as _phone
from releve.language.writing import NBSP
from releve.look.templatetags.french import day
from releve.practice import rules
from releve.practice.models import Appointment, Practitioner

register = template.Library()
ICONS = {"sms": "sms", "webchat": "web", "email": "courriel", "voice": "telephone"}


@register.filter
def phone(number: str | None) -> str:
    """01 99 00 04 20"""
    return _phone(number) if number else ""


@register.filter
def whom(person: Practitioner) -> str:
    """Dr Amar"""
    return naming.whom(person)


@register.filter
def aged(born: date, now: datetime) -> str:
    """71 ans; in months until two years, in days until one month."""
    today = timezone.localtime(now).date()
    months = rules.months(born, today)
    if months >= 24:
        return _("%d ans") % (months // 12)
    if months < 1:
        days = max((today - born).days, 0)
        return ngettext("%d jour", "%d jours", days) % days
    return _("%d mois") % months


@register.filter
def task_kind(code: str) -> str:
    return words.word(words.KINDS, code)


@register.filter
def channel(code: str) -> str:
    return words.word(words.CHANNELS, code)


@register.filter
def channel_icon(code: str) -> str:
    return ICONS.get(code, "sms")


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
