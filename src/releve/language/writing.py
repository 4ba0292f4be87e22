"""French and English as they are written to patients: dates in full, prices, lists. French spaces that must not break
are U+00A0. Any other language is written to in English."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

NBSP = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
NOON = 12


def day(moment: date, language: str = "fr") -> str:
    """mardi 17 mars; Tuesday 17 March"""
    if language != "fr":
        return f"{ENGLISH_DAYS[moment.weekday()]} {moment.day}{NBSP}{ENGLISH_MONTHS[moment.month - 1]}"
    number = "1er" if moment.day == 1 else str(moment.day)
    return f"{DAYS[moment.weekday()]} {number}{NBSP}{MONTHS[moment.month - 1]}"


def hour(moment: datetime, language: str = "fr") -> str:
    """17 h 20; 5:20 pm"""
    if language != "fr":
        return _english_hour(moment.hour, moment.minute)
    return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment.minute:02d}" if moment.minute else "")


def full(moment: datetime, year: bool = False, language: str = "fr") -> str:
    """mardi 17 mars à 17 h 20, mardi 17 mars 2026 à 17 h 20; Tuesday 17 March at 5:20 pm"""
    on = f"{day(moment, language)}{NBSP}{moment.year}" if year else day(moment, language)
    return f"{on} {'à' if language == 'fr' else 'at'} {hour(moment, language)}"


def euros(amount: Decimal | float, language: str = "fr") -> str:
    """30 €, 17,50 €; €30, €17.50"""
    value = Decimal(str(amount))
    whole = value == value.to_integral_value()
    text = str(int(value)) if whole else f"{value:.2f}"
    return f"€{text}" if language != "fr" else f"{text.replace('.', ',')}{NBSP}€"


def listed(items: Sequence[str], last: str = "et") -> str:
    """a, b et c"""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def wall(text: str, language: str = "fr") -> str:
    """ "08:30" -> 8 h 30; 8:30 am"""
    hours, minutes = int(text[:2]), text[3:5]
    if language != "fr":
        return _english_hour(hours, int(minutes or 0))
    return f"{hours}{NBSP}h" + (f"{NBSP}{minutes}" if minutes != "00" else "")


def _english_hour(hours: int, minutes: int) -> str:
    half = "am" if hours % 24 < NOON else "pm"
    return f"{hours % NOON or NOON}" + (f":{minutes:02d}" if minutes else "") + f"{NBSP}{half}"
