"""French typography on pages. Times are the practice's wall time, which is Django's current time zone."""

import re
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from releve.language import writing

register = template.Library()

NBSP = writing.NBSP
BEFORE = re.compile(r"[ \u00a0\u202f]+(?=[:;!?»%€])")  # a space is there already: it must not break
AFTER = re.compile(r"«[ \u00a0\u202f]*")
TITLE = re.compile(r"\b(Dr|Pr|M\.|Mme|MM\.) (?=[A-ZÉÈ])")
CLOCK = re.compile(r"\b(\d{1,2}) h(?: (\d{2}))?\b")


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@register.filter
def full_date(moment: datetime) -> str:
    """mardi 17 mars à 17 h 20"""
    return writing.full(local(moment))


@register.filter
def day(moment: date) -> str:
    """mardi 17 mars"""
    return writing.day(local(moment) if isinstance(moment, datetime) else moment)


@register.filter
def birth(on: date) -> str:
    """3 mai 1954"""
    return f"{writing.day(on).split(' ', 1)[1]}{NBSP}{on.year}"


@register.filter
def hour(moment: datetime) -> str:
    """17 h 20"""
    return writing.hour(local(moment))


@register.filter
def euros(amount: Decimal | float | None) -> str:
    """17,50 €"""
    return "" if amount is None else writing.euros(amount)


@register.filter
def typo(text: object) -> str:
    """Spaces that must not break: before : ; ! ? » % €, inside « », in « 17 h 20 » and « Dr Amar »."""
    words = BEFORE.sub(NBSP, str(text).replace("'", "’"))
    words = TITLE.sub(rf"\1{NBSP}", AFTER.sub(f"«{NBSP}", words))
    return CLOCK.sub(lambda m: f"{m[1]}{NBSP}h" + (f"{NBSP}{m[2]}" if m[2] else ""), words)
