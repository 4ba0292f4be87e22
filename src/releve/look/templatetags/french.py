"""Dates, times, prices, quotation marks and typography as people read them, in the language of the page.

Times are the practice's wall time, which is Django's current time zone.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from releve.dialogue.phrases import phone
from releve.language import writing

register = template.Library()

NBSP = writing.NBSP
BEFORE = re.compile(r"[ \u00a0\u202f]+(?=[:;!?»%€])")  # a space is there already: it must not break
AFTER = re.compile(r"«[ \u00a0\u202f]*")
CLOSING = re.compile(r"(?<![ \u00a0\u202f])»")
UNITS = re.compile(r"(?<=\d) (?=(?:min|Mo|000)\b)")
TITLE = re.compile(r"\b(Dr|Pr|M\.|Mme|MM\.) (?=[A-ZÉÈ])")
CLOCK = re.compile(r"\b(\d{1,2}) h(?: (\d{2}))?\b")

SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def language() -> str:
    """fr, en"""
    return (get_language() or "fr")[:2]


def local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@register.filter
def full_date(moment: datetime) -> str:
    """mardi 17 mars à 17 h 20; with its year when it is not this one."""
    return writing.full(local(moment), _of_another_year(moment), language())


@register.filter
def day(moment: date) -> str:
    """mardi 17 mars; with its year when it is not this one."""
    on = local(moment) if isinstance(moment, datetime) else moment
    return writing.day(on, language()) + (f"{NBSP}{on.year}" if _of_another_year(moment) else "")


@register.filter
def dated(moment: date) -> str:
    """mardi 17 mars 2026, whichever year it is: what is signed, lists that reach over several years"""
    on = local(moment) if isinstance(moment, datetime) else moment
    return f"{writing.day(on, language())}{NBSP}{on.year}"


def _of_another_year(moment: date) -> bool:
    """This year is the Clock's."""
    on = local(moment) if isinstance(moment, datetime) else moment
    return on.year != local(settings.CLOCK.now()).year


@register.filter
def birth(on: date) -> str:
    """3 mai 1954"""
    return f"{writing.day(on, language()).split(' ', 1)[1]}{NBSP}{on.year}"


@register.filter
def hour(moment: datetime) -> str:
    """17 h 20"""
    return writing.hour(local(moment), language())


@register.filter
def euros(amount: Decimal | float | None) -> str:
    """17,50 €"""
    return "" if amount is None else writing.euros(amount, language())


@register.filter(is_safe=True)  # what is escaped already is not escaped twice: L’Hostis in a translated sentence
def typo(text: object, written: str = "") -> str:
    """Spaces that must not break: before : ; ! ? » % €, inside « », in « 17 h 20 », « 20 min » and « Dr Amar ».

    On French pages, and anywhere for what is `written` in French: the practice's own words.
    """
    if (written or language()) != "fr":
        return str(text)
    words = BEFORE.sub(NBSP, str(text).replace("'", "’"))
    words = CLOSING.sub(f"{NBSP}»", UNITS.sub(NBSP, words))
    words = TITLE.sub(rf"\1{NBSP}", AFTER.sub(f"«{NBSP}", words))
    return CLOCK.sub(lambda m: f"{m[1]}{NBSP}h" + (f"{NBSP}{m[2]}" if m[2] else ""), words)


@register.simple_block_tag
def quote(content: SafeString) -> SafeString:
    """« words »; “words”. Of what stands between quote and endquote, marks and all."""
    return format_html("«{0}{1}{0}»" if language() == "fr" else "“{1}”", NBSP, content)


def quoted(text: str) -> str:
    """« text »; “text”"""
    return f"«{NBSP}{text}{NBSP}»" if language() == "fr" else f"“{text}”"


@register.simple_tag
def colon() -> str:
    """A colon with the space before it that French wants."""
    return f"{NBSP}:" if language() == "fr" else ":"


@register.filter
def clock(hours: int) -> str:
    """9 h; 9 am: a full hour, as axes are marked."""
    return writing.wall(f"{hours % 24:02d}:00", language())


@register.filter
def duration(minutes: int) -> str:
    """40 min, 6 h, 6 h 20; 6 h 20 min"""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest}{NBSP}min"
    last = "" if language() == "fr" else f"{NBSP}min"
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}{last}" if rest else "")


@register.filter
def age(passed: timedelta) -> str:
    """12 min, 1 h 05, 18 h, 3 j; 3 d"""
    minutes = max(int(passed.total_seconds()) // 60, 1)
    if minutes < 24 * 60:
        return duration(minutes if minutes < 6 * 60 else minutes - minutes % 60)
    days = _("j")
    return f"{minutes // (24 * 60)}{NBSP}{days}"


@register.filter
def in_minutes(count: int) -> str:
    """20 minutes: in full, for patients."""
    return ngettext("%(n)d minute", "%(n)d minutes", count) % {"n": count}


@register.filter
def moment(at: datetime) -> str:
    """17 h 20 for a thing of today; hier; 21 nov. for an older one. Today is the Clock's."""
    then, now = local(at), local(settings.CLOCK.now())
    days = (now.date() - then.date()).days
    if days == 0:
        return hour(at)
    return _("hier") if days == 1 else short_date(then)


@register.filter
def short_date(on: date) -> str:
    """21 nov."""
    if language() != "fr":
        return f"{on.day}{NBSP}{writing.ENGLISH_MONTHS[on.month - 1][:3]}"
    return f"{on.day}{NBSP}{SHORT_MONTHS[on.month - 1]}"


@register.filter
def short_day(on: date) -> str:
    """mar. 17 mars"""
    name, _bar, rest = writing.day(local(on) if isinstance(on, datetime) else on, language()).partition(" ")
    return f"{name[:3]}{'.' if language() == 'fr' else ''}{NBSP}{rest}"


@register.filter
def spelled(number: int) -> str:
    """In letters up to ten, of feminine things (une demande): a sentence reads better than a figure."""
    words = (
        _("aucune"), _("une"), _("deux"), _("trois"), _("quatre"), _("cinq"), _("six"), _("sept"), _("huit"),
        _("neuf"), _("dix"),
    )  # fmt: skip
    return words[number] if 0 <= number < len(words) else str(number)


@register.filter
def age_of(born: date) -> str:
    """71 ans; 8 mois under three years; 12 jours under two months. Today is the Clock's."""
    today = local(settings.CLOCK.now()).date()
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if years >= 3:
        return ngettext("%(n)d an", "%(n)d ans", years) % {"n": years}
    if months >= 2:
        return ngettext("%(n)d mois", "%(n)d mois", months) % {"n": months}
    days = max((today - born).days, 0)
    return ngettext("%(n)d jour", "%(n)d jours", days) % {"n": days}


def ages_told(youngest: int | None, oldest: int | None) -> str:
    """de 6 à 15 ans; jusqu’à 15 ans; à partir de 16 ans; nothing for all ages"""
    if youngest and oldest is not None:
        return _("de %(low)d à %(high)d ans") % {"low": youngest, "high": oldest}
    if oldest is not None:
        return ngettext("jusqu’à %(n)d an", "jusqu’à %(n)d ans", oldest) % {"n": oldest}
    return ngettext("à partir de %(n)d an", "à partir de %(n)d ans", youngest) % {"n": youngest} if youngest else ""


@register.filter
def address(contact: str | None) -> str:
    """06 39 98 20 17 for a number, an e-mail as it is."""
    return phone(contact) if contact and contact.startswith("+") else contact or ""


@register.filter
def breakable(contact: str) -> str:
    """An e-mail that may break after its signs, rather than anywhere, in a narrow column."""
    return contact.replace("@", "@\u200b").replace(".", ".\u200b")
