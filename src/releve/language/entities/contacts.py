"""Telephone number, e-mail address and six-digit code of the writer."""

import re

import phonenumbers

from releve.language.text import reading
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.entities", "contacts.toml")
_NOT_THEIRS, _NOT_VALID_AFTER, _PREFERRED = (Wordings(_DATA[n]["words"]) for n in ("not_theirs", "gone", "preferred"))
_DATE = re.compile(
    r"(?<!\d)(?<!\d[/.-])\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:(?:19|20)\d\d|\d\d)(?!\d|\s?[/.-]\s?\d)"
    r"|(?<!\d)(?:19|20)\d\d\s?[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)"
)
_SOCIAL = re.compile(r"(?<!\d)[12]\s?\d\d\s?[01]\d\s?(?:\d\d|2[ab])\s?\d{3}\s?\d{3}(?:\s?\d\d)?(?!\d)")
_SEP = r"[\s./·-]*"
_FRENCH = (
    rf"(?:(?:\+|00){_SEP}3{_SEP}3{_SEP}|\(\+33\){_SEP})(?:\(0\){_SEP}|0{_SEP})?[1-9](?:{_SEP}\d){{8}}"
    rf"|0{_SEP}[1-9](?:{_SEP}\d){{8}}"
)
_ABROAD = rf"\+{_SEP}[1-9](?:{_SEP}\(?\d\)?){{7,13}}"
_PHONE = re.compile(rf"(?<![\d+])(?:{_FRENCH}|{_ABROAD})(?!\d)")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<![\d/.,+-])(?<!\d )(\d{6}|\d{3} \d{3}|\d{2} \d{2} \d{2}|\d(?: \d){5})(?![\d/]|[.,]\d| ?\d)")
_DOM = {"0262": "RE", "0263": "RE", "0692": "RE", "0693": "RE", "0590": "GP", "0690": "GP", "0691": "GP",
        "0594": "GF", "0694": "GF", "0596": "MQ", "0696": "MQ", "0697": "MQ"}  # fmt: skip


def _masked(read: str) -> str:
    """Dates and social-security numbers blanked, same length."""
    for pattern in (_DATE, _SOCIAL):
        read = pattern.sub(lambda m: "#" * len(m.group()), read)
    return read


def _region(read: str, digits: str, start: int) -> str:
    near = read[max(0, start - 40) : start]
    abroad = next((region for word, region in _DATA["regions"].items() if word in near), None)
    return abroad or _DOM.get(digits[:4], "FR")


def _e164(raw: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _number(read: str, match: re.Match[str]) -> str | None:
    raw = re.sub(r"\(0\)|[^\d+]", "", match.group())
    if raw.startswith("00"):
        raw = "+" + raw[2:]
    if re.match(r"\+330\d{9}$", raw):
        raw = "+33" + raw[4:]
    return _e164(raw, _region(read, raw, match.start()))


def _rank(read: str, match: re.Match[str]) -> int | None:
    """None for a number that is not to be called; else the better the higher."""
    before, after = read[max(0, match.start() - 45) : match.start()], read[match.end() : match.end() + 40]
    before = re.split(r"\d[\d ./-]+\d|[;\n]|(?<=\w)\. ", before)[-1]
    after = re.split(r" et |avant|\d", after)[0]
    if _NOT_THEIRS.first(before) or _NOT_VALID_AFTER.first(after):
        return None
    return 1 if _PREFERRED.first(before) else 0


def phone(text: str) -> tuple[str, int, int] | None:
    """The number to reach the writer at, in E.164, with its span: written, spaced, dotted or read aloud."""
    read = _masked(reading(text))
    found = []
    for match in _PHONE.finditer(read):
        number, rank = _number(read, match), _rank(read, match)
        if number and rank is not None:
            found.append((rank, match, number))
    if not found:
        return None
    _, match, number = max(found, key=lambda f: f[0])
    return number, match.start(), match.end()


def email(text: str) -> str | None:
    """The first e-mail address, lower case."""
    match = _EMAIL.search(text)
    return match.group().rstrip(".'").lower() if match else None


def code(text: str) -> str | None:
    """A six-digit code, written together, in groups or read aloud."""
    read = re.sub(r" +", " ", _masked(reading(text)))
    match = _CODE.search(read)
    return re.sub(r"\D", "", match.group()) if match else None
