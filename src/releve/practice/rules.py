"""How a patient's file is found again: the words it is kept under, and what somebody typed. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import phonenumbers

from releve.language.temporal.birth import dates_of_birth_candidates

LONGEST = 200  # characters of a search; what follows is not read
MOST_WORDS = 6  # of a search
PHONE_END = 3  # digits of a phone's end, at least
NAME, FAMILY, MAIL, PHONE, END = "", "~", "@", "+", "<"  # what a kept word is: its first character says so
ALIKE = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
PART = re.compile(r"[^\W_]+")
BORN = re.compile(r"\bn[ée]+(?:\(?e\)?)?\s+le\b", re.IGNORECASE)
DIGITS = re.compile(r"\+?\d(?:[\d .\-/()]*\d)?")
NUMBER_BEFORE = re.compile(r"\d[ .\-/]*$")  # « 06.10.54.12 » is the beginning of a phone, not a date
NUMBER_AFTER = re.compile(r"[ .\-/]*\d")
LANDLINE = re.compile(r"\+33[1-59]")  # ARCEP, decision 2018-0881: the numbers that begin so, given out or not
FIXED = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.VOIP)
YEAR = re.compile(r"(?:19|20)\d\d")


def folded(text: str) -> str:
    """Lower case without accents; œ is oe. Other scripts keep their letters, without vowel points."""
    apart = unicodedata.normalize("NFKD", text).casefold().translate(ALIKE)
    return "".join(c for c in apart if not unicodedata.combining(c))


def name_words(*names: str) -> frozenset[str]:
    """« de La Tour-d’Auvergne » is found by each word, by « dauvergne », and by the whole without a space."""
    words: set[str] = set()
    for name in names:
        plain = folded(name)
        words.update(PART.findall(plain))
        words.update("".join(PART.findall(token)) for token in plain.split())
        words.add("".join(PART.findall(plain)))
    return frozenset(w for w in words if w)


def phone_words(phone: str | None) -> frozenset[str]:
    """National and international digits, and the digits from the end."""
    digits = re.sub(r"\D", "", phone or "")
    if not digits:
        return frozenset()
    national = f"0{digits[2:]}" if (phone or "").startswith("+33") else digits
    return frozenset({PHONE + national, PHONE + digits, END + national[::-1]})


def written_to(phone: str | None, email: str | None) -> tuple[str, str] | None:
    """Where we write to somebody: SMS to a telephone that takes them, else e-mail; None when a person must call."""
    if phone and takes_sms(phone):
        return "sms", phone
    return ("email", email) if email else None


def takes_sms(phone: str) -> bool:
    """Landlines and numbers of boxes do not. What cannot be told from a mobile is taken for one."""
    if LANDLINE.match(phone):
        return False
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return True
    return phonenumbers.number_type(number) not in FIXED


def kept_words(people: Iterable[tuple[str, str, str | None, str | None]]) -> frozenset[str]:
    """Under which words a file is found; each of `people` is (given, family, phone, email): the file's own traits,
    and those of the duplicates merged into it."""
    found: set[str] = set()
    for given, family, phone, email in people:
        found |= name_words(given, family) | phone_words(phone) | {FAMILY + "".join(PART.findall(folded(family)))}
        if email:
            found.add(MAIL + folded(email))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search means: each of `words` must begin one kept word, or any of its alternatives."""

    words: tuple[tuple[str, ...], ...] = ()
    born: date | None = None

    def __bool__(self) -> bool:
        return bool(self.words) or self.born is not None


def asked(text: str, now: datetime) -> Asked:
    """« roche 3 mai 1954 », « 06 39 98 41 06 », « 41 06 », « claire@ », « jean-pi du ». `now` is local time."""
    text = text[:LONGEST]
    text, born = _without_birth(text, now)
    text, numbers = _without_numbers(text)
    mails = [t for t in text.split() if "@" in t]
    rest = " ".join(t for t in text.split() if "@" not in t)
    words = [(NAME + w,) for w in PART.findall(folded(rest))]
    words += [(MAIL + folded(m),) for m in mails]
    return Asked(tuple([*words, *numbers][:MOST_WORDS]), born)


def _without_birth(text: str, now: datetime) -> tuple[str, date | None]:
    for start, end, born in dates_of_birth_candidates(text, now):
        before, after = text[:start], text[end:]
        if not (NUMBER_BEFORE.search(before) or NUMBER_AFTER.match(after)):
            return BORN.sub(" ", f"{before} {after}"), born
    return text, None


def _without_numbers(text: str) -> tuple[str, list[tuple[str, ...]]]:
    """A run of digits, however spaced: the beginning of a phone, or its end."""
    numbers = []
    for match in DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0]).removeprefix("00")
        ends = (END + digits[::-1],) if len(digits) >= PHONE_END else ()
        numbers.append((PHONE + digits, *ends))
    return DIGITS.sub(" ", text), numbers


def birth_year(words: tuple[str, ...]) -> int | None:
    """« 1954 » may be a year of birth as well as the end of a phone."""
    digits = words[0].removeprefix(PHONE)
    return int(digits) if words[0].startswith(PHONE) and YEAR.fullmatch(digits) else None


def family_begins(found: Asked) -> str | None:
    """The kept word of those whose family name begins with the first name that was typed: they are shown first."""
    names = (w[0] for w in found.words if w[0][0] not in (MAIL, PHONE))
    first = next(names, None)
    return FAMILY + first if first is not None else None


def bounds(word: str) -> tuple[bytes, bytes]:
    """Kept words that begin so lie between these two, byte by byte: the same order in every database."""
    return word.encode(), word.encode() + b"\xff"


def months(born: date, today: date) -> int:
    """Full months lived."""
    return (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
