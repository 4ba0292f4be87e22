"""Telephone number, e-mail address and six-digit code of the writer."""

import re

import phonenumbers

from releve.language.entities import secret
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.entities", "contacts.toml")
_NOT_THEIRS, _NOT_VALID_AFTER, _PREFERRED = (Wordings(_DATA[n]["words"]) for n in ("not_theirs", "gone", "preferred"))
_DATE = re.compile(
    r"(?<!\d)(?<!\d[/.-])\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:(?:19|20)\d\d(?!\d|[/.-]\d)|\d\d(?!\d|\s?[/.-]\s?\d))"
    r"|(?<!\d)(?:19|20)\d\d\s?[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)"
)
_SEP = r"[\s./·-]*"
_FRENCH = (
    rf"(?:(?:\+|00|plus(?=\s)){_SEP}3{_SEP}3{_SEP}|\(\+33\){_SEP})(?:\(0\){_SEP}|0{_SEP})?[1-9](?:{_SEP}\d){{8}}"
    rf"|0{_SEP}[1-9](?:{_SEP}\d){{8}}"
)
_ABROAD = rf"\+{_SEP}[1-9](?:{_SEP}\(?\d\)?){{7,13}}"
_PHONE = re.compile(rf"(?<![\d+])(?:{_FRENCH}|{_ABROAD})(?!\d)")
_SEVEN = re.compile(r"\d(?:[\s./·()-]*\d){7}")
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<![\d/.,+-])(?<!\d )(\d{6}|\d{3} \d{3}|\d{2} \d{2} \d{2}|\d(?: \d){5})(?![\d/]|[.,]\d| ?\d)")
_DOM = {"0262": "RE", "0263": "RE", "0692": "RE", "0693": "RE", "0590": "GP", "0690": "GP", "0691": "GP",
        "0594": "GF", "0694": "GF", "0596": "MQ", "0696": "MQ", "0697": "MQ"}  # fmt: skip


def _masked(read: str) -> str:
    """Dates and social-security numbers blanked, same length."""
    for start, end in secret.social_security(read):
        read = read[:start] + "#" * (end - start) + read[end:]
    return _DATE.sub(lambda m: "#" * len(m.group()), read)


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
    raw = re.sub(r"\(0\)|[^\d+]", "", match.group().replace("plus", "+"))
    if raw.startswith("00"):
        raw = "+" + raw[2:]
    if re.match(r"\+330\d{9}$", raw):
        raw = "+33" + raw[4:]
    return _e164(raw, _region(read, raw, match.start()))


def _rank(read: str, match: re.Match[str]) -> int | None:
    """None for a number that is not to be called; else the better the higher."""
    before, after = read[max(0, match.start() - 45) : match.start()], read[match.end() : match.end() + 40]
    before = re.split(r"\d[\d ./-]+\d|[;\n]|(?<=\w)\. ", before)[-1]
    if _OLD.match(after):
        return None
    after = re.split(r" et |avant|\d|[(,;]|l'ancien", after)[0]
    if _MINE.search(before):
        return 1
    owner = _OWN_PLACE.match(read)
    theirs = _NOT_THEIRS.first(before)
    if (theirs and not (owner and match.start() < owner.end() + 60)) or _NOT_VALID_AFTER.first(after):
        return None
    return 1 if _PREFERRED.first(before) else 0


_OLD = re.compile(r"\s*\(?(?:c'est |c'etait )?(?:l'|mon )?ancien(?: numero)?(?:\)|\s*[,.]|\s*$)")
_MINE = re.compile(
    r"(?<!\w)par (?:le mien|celui[ -](?:ci|la)|ce numero|mon \w+)[\s,:]*$"
    r"|(?<!\w)(?:le mien|mon numero)(?: c'est| est)?[\s,:]*$"
)
_OWN_PLACE = re.compile(
    r"\W*(?:bonjour|bonsoir|bjr|objet)?[\s,:]*(?:(?:ici |c'est )(?:la |le )?)?"
    r"(?:pharmacie|pharma|labo\w*|lab\.|centre|cabinet)(?!\w)"
)
_MENDED = re.compile(
    r"[\s,.]*(?:euh |ah |oups )*(?:non|pardon|enfin|je me trompe|erreur)[\s,.]*(?:non |pardon |c'est |euh |plutot )*"
    r"((?:\d\s?\d)(?:[\s.]+\d\s?\d){0,3})(?!\s*[\d/h])"
)
_SAYS_NO = re.compile(r"(?<!\w)(?:non|pardon|erreur|trompe|corrige|correction|rectifi\w*|mauvais|plutot)(?!\w)")


def _mended(read: str, match: re.Match[str], number: str) -> tuple[str, int]:
    """ "...56 78, non pardon, 79": the last digits said again."""
    again = _MENDED.match(read, match.end())
    if not again:
        return number, match.end()
    digits = re.sub(r"\D", "", again[1])
    return number[: -len(digits)] + digits, again.end(1)


def phone(text: str) -> tuple[str, int, int] | None:
    """The number to reach the writer at, in E.164, with its span: written, spaced, dotted or read aloud."""
    read = secret.aloud(text)
    if not _SEVEN.search(read):
        return None
    read = _masked(read)
    found: list[tuple[int, int, int, str]] = []
    for match in _PHONE.finditer(read):
        number, rank = _number(read, match), _rank(read, match)
        if (
            number
            and found
            and _SAYS_NO.search(read[found[-1][2] : match.start()])
            and match.start() - found[-1][2] < 40
        ):
            found.pop()
        if number and rank is not None:
            number, end = _mended(read, match, number)
            found.append((rank, match.start(), end, number))
    if not found:
        return None
    _, start, end, number = max(found, key=lambda f: f[0])
    return number, start, secret.whole(text, read, end)


def without_dates(read: str) -> str:
    """The reading with full dates blanked, same length."""
    return _DATE.sub(lambda m: "#" * len(m.group()), read)


def numbers(read: str) -> tuple[tuple[int, int], ...]:
    """Spans of everything that looks like a telephone number in a reading."""
    return tuple(m.span() for m in _PHONE.finditer(read))


def email(text: str) -> tuple[str, int, int] | None:
    """The first e-mail address, lower case, with its span."""
    match = _EMAIL.search(text) if "@" in text else None
    return (match.group().rstrip(".'").lower(), *match.span()) if match else None


def code(text: str) -> str | None:
    """A six-digit code, written together, in groups or read aloud."""
    read = re.sub(r" +", " ", _masked(secret.aloud(text)))
    match = _CODE.search(read)
    return re.sub(r"\D", "", match.group()) if match else None
