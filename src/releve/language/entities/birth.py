"""The patient's date of birth among the dates of a message."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from releve.language.entities import contacts, patient, secret
from releve.language.entities.given import is_given
from releve.language.temporal import dates, dates_of_birth_candidates
from releve.language.text import quiet
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.entities", "birth.toml")
_BORN, _PAPER, _EVENT, _AFTER, _INFANT = (
    Wordings(_DATA[n]["words"]) for n in ("born", "of_a_paper", "of_an_event", "not_after", "infant")
)
_MONTHS = r"(?:janv|jan|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)\w*"
_MAY_HOLD = re.compile(
    rf"\d\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d\d|(?<!\d)\d{{8}}(?!\d)|{_MONTHS}\.?[\s,]+(?:de |l'an )?'?\d\d"
    r"|(?<!\w)(?:nee?s?|naiss\w*|ddn|d\.d\.n|nait|nele|neele|(?:suis|est) de)(?!\w)"
    r"|\d\s+\d{1,2}\s+\d\d(?!\s*\d)|\d{4}\s*-\s*\d|annee"
    r"|\d\s+\d{1,2}\s+(?:19|20)\d\d(?!\d)|\d\s+7\s*\.?\s+\d\d"  # "11 sept. 2022" is read 11 7 2022
)
_SHIFT = {"demain": 1, "aujourd": 0, "hier": -1}
_SPACED = re.compile(
    r"(?<![\d/.,:+-])(?<!\d )(0\s*[1-9]|[12]\d|3[01]|[1-9])\s+(0\s*[1-9]|1[0-2]|[1-9])\s+((?:19|20)\d\d|0\s*\d|\d\d)"
    r"(?![\d/:]|[.,]\d|\s*(?:\d|h(?!\w)|heures?|ans|mois|mn|minutes|euros|mg|kg|cm))"
)
_JOINED = re.compile(r"(?<=\w)\s+(1[789]|[23]\d)\s+(\d\d)(?!\s*[\d/])")
_AGE_AT = re.compile(
    r"(?<!\w)(?:(?:aurai|aura|auront|fete|fetera|feterai|fais|aurais)\s+(?:ses |mes |leurs )?(\d{1,3})\s+ans?\s+"
    r"(demain|apres[ -]demain|dans\s+(\d{1,3}|un|une)\s+jours?|aujourd'?\s?hui)"
    r"|(?:a|ai|ont|vient d'avoir|viens d'avoir)\s+(?:eu\s+|fete\s+)?(?:ses |mes |leurs )?(\d{1,3})\s+ans?\s+"
    r"(hier|avant[ -]hier|aujourd'?\s?hui|il y a (\d{1,3}) jours?)"
    r"|(?:a|ai|,|\()\s*(?:ses |mes )?(\d{1,3})\s+ans?\s+(?:depuis\s+)?(aujourd'?\s?hui|hier|avant[ -]hier)"
    r"|(?<!\d )(\d{1,3})\s+ans?\s+depuis\s+(hier|avant[ -]hier|aujourd'?\s?hui))"
)
_WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_AGE_ON = re.compile(
    r"(?:(?P<past>a eu|ai eu|ont eu|a fete|ai fete)|(?P<next>aurai?|auront|va avoir|vais avoir|fetera|feterai|fete))?"
    r"\s*(?:ses |mes |leurs )?(?<!\d)(?P<age>\d{1,3})\s+ans?,?\s+(?:(?P<since>depuis)\s+)?(?:(?:le|ce)\s+)?"
    rf"(?=\d|{'|'.join(_WEEKDAYS)})"
)
_CORRECTION = re.compile(
    r"[\s,.]*(?:euh |enfin |ah |oups |oh )*(?:non|pardon|erreur|je me trompe|excusez|desolee?)[\s,.]*"
    r"(?:(?:non|pardon|c'est|plutot|pas le \d+)[\s,]+)*"
    rf"(?:le )?(\d{{1,2}})(?:er)?(?!\s*[\d/.])(?=\s*(?:$|[,.;!]|pas|{_MONTHS}))"
)
_NAME_BEFORE = re.compile(
    r"(?:^|[,:]|monsieur|madame|mme|mr|m\.)\s*((?:[^\W\d_]+[ -]){1,3}[^\W\d_]+)\s*[,:-]?\s*(?:le )?$"
)
_NAMED = re.compile(r"((?:[^\W\d_]+[ '-]){0,2}[^\W\d_]+)\s*(?:[,:(-]\s*|(?:du|le)\s+)?$")
_SAYS_NO = re.compile(r"(?<!\w)(?:non|pardon|erreur|trompe|excusez|corrige|plutot)(?!\w)")
_WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_WEEKDAY = re.compile(rf"({'|'.join(_WEEKDAYS)})(?:\s+(dernier|prochain))?")
_FEAST = re.compile(
    rf"(?<!\w)({'|'.join(_WEEKDAYS)})\s+(?:c'est|ce sont|(?:je|il|elle|on) (?:fete|fetera?i?))\s+(?:mes|ses)"
    r"\s+(\d{1,3})\s+ans"
)
_WITHOUT_YEAR = re.compile(
    rf"(?<!\w)nee?s?\s+(?:le\s+)?(?:(\d{{1,2}})(?:er)?\s+({_MONTHS})(?!\w|[\s,]+(?:de )?\d\d(?![,.]\d))"
    r"|(\d{1,2})/(\d{1,2})(?![/\d]))"
)
_YEAR_FIRST = re.compile(
    r"(?<!\w)(?:nee?s?\s+en|(?:suis|est)\s+(?:de|d'))\s*((?:19|20)?\d\d)(?!\d)(?=[\s,]+(?:un|le)\s)"
)
_BETWEEN = 2  # words: ", le"
_ELDER = re.compile(
    r"(?<!\w)(?:(?:grand|gd|arriere)[ -]?(?:pere|mere)|pere|mere|papa|maman|mamie?|mamy|papi|papy|meme|pepe|tante|oncle"
    r"|mari|femme|epou(?:x|se)|conjointe?|monsieur|madame|mme)(?!\w|\s+(?:de|d')(?!\w))"
)
_ADULT = 16  # years
_DAY_CHARACTERS = 30
_GROWN_DAYS = 90  # a bare date this recent is no birth unless it is said to be one
_LONG_AGO_DAYS = 3650  # papers, visits and operations are rarely this old; births are
_SAID, _AFTER_NAME, _BARE = 3, 2, 1  # how sure a date is a birth; of bare ones the oldest is
_PERSONS = frozenset((
    "madame", "monsieur", "mme", "mr", "mlle", "fille", "fils", "mari", "femme", "mere", "pere", "maman", "papa",
    "bebe", "bb", "frere", "soeur", "epouse", "epoux",
))  # fmt: skip
_NEAR = 4  # characters between a date and what says that it is none

Born = tuple[date, int, int]


def find(text: str, now: datetime) -> Born | None:
    """The patient's date of birth with its span; None when none is told, or none that can be true."""
    read = secret.aloud(text)
    if not any(c.isdigit() for c in read):
        return None
    found = _best(text, read, now) if _MAY_HOLD.search(read) else None
    if found or " an" not in read:
        return found
    return _from_age(read, now) or _on_a_day(read, now)


def _best(text: str, read: str, now: datetime) -> Born | None:
    hidden = [*secret.social_security(text), *contacts.numbers(contacts.without_dates(read))]
    written = dates_of_birth_candidates(text, now) or dates_of_birth_candidates(read, now)
    spaced = (s for s in _spaced(read, now) if not any(a < s[1] and s[0] < b for a, b, _ in written))
    told = sorted({*written, *spaced, *_this_year(text, read, now), *_year_first(read, now)})
    told = [(start, end, _grown(read, start, end, born, now)) for start, end, born in told]
    free = [t for t in told if not any(a <= t[0] < b for a, b in hidden) and _plausible(t[2], now)]
    scored = [(_score(read, a, b, born, now), a, b, born) for a, b, born in free]
    kept = [s for s in scored if s[0] > 0]
    if len({s[3] for s in kept}) > 1:
        plain = quiet(read)
        kept = [s for s in kept if not _of_another(plain, s[1])] or kept
    if not kept:
        return None
    best = max(kept, key=lambda s: (s[0], now.date() - s[3] if s[0] == _BARE else timedelta(), -s[1]))
    for later in kept:
        if best[2] <= later[1] < best[2] + 40 and _SAYS_NO.search(read[best[2] : later[1]]):
            best = later
    _, start, end, born = best
    return _corrected(read, born, end) or born, start, secret.whole(text, read, end)


def _corrected(read: str, born: date, end: int) -> date | None:
    """ "née le 5 mai 85, non, le 6"."""
    match = _CORRECTION.match(read, end)
    if not match:
        return None
    try:
        return born.replace(day=int(match[1]))
    except ValueError:
        return None


def _spaced(read: str, now: datetime) -> Iterator[tuple[int, int, date]]:
    """ "née le 23 08 2019", "zéro un zéro trois quatre-vingt-quatre", and after "né le" also "dix sept trente-huit"."""
    for m in _SPACED.finditer(read):
        day, month, year = (int(re.sub(r"\s", "", m[k])) for k in (1, 2, 3))
        if born := _past(day, month, year, now):
            yield m.start(), m.end(), born
    for m in _JOINED.finditer(read):
        said = _BORN.first(read[max(0, m.start() - 12) : m.start()] + " ")
        ten = int(m[1]) // 10 * 10
        if said and (born := _past(ten, int(m[1]) - ten, int(m[2]), now)):
            yield m.start(1), m.end(), born


def _year_first(read: str, now: datetime) -> Iterator[tuple[int, int, date]]:
    """ "née en soixante-quatorze, un 1er mars", "je suis de nonante-trois, le premier juin"."""
    for m in _YEAR_FIRST.finditer(read):
        for start, end, day in dates(read[m.end(1) :], now)[:1]:
            close = len(read[m.end(1) : m.end(1) + start].split()) <= _BETWEEN
            if close and (born := _past(day.day, day.month, int(m[1]), now)):
                yield m.start(1), m.end(1) + end, born


def _grown(read: str, start: int, end: int, born: date, now: datetime) -> date:
    """ "mon grand-père, né le 9/4/26": of two centuries, the one in which he can be a grandfather."""
    written_whole = re.search(r"\d{4}\s*$", read[start:end]) or not re.search(r"\d\d\s*$", read[start:end])
    if written_whole or now.year - born.year >= _ADULT or not _ELDER.search(read, max(0, start - 40), start):
        return born
    return _past(born.day, born.month, born.year - 100, now) or born


def _past(day: int, month: int, year: int, now: datetime) -> date | None:
    if year < 100:
        year += 2000 if 2000 + year <= now.year else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _this_year(text: str, read: str, now: datetime) -> Iterator[tuple[int, int, date]]:
    """A newborn's day without a year: "né le 19 janvier" beside "visite du premier mois"."""
    said = _WITHOUT_YEAR.search(read)
    if not said or not _INFANT.first(read):
        return
    if said[3]:
        if born := _last(int(said[3]), int(said[4]), now):
            yield said.start(3), said.end(), born
        return
    for start, end, day in dates(text, now):
        if start <= said.start(1) < end and (born := _last(day.day, day.month, now)):
            yield start, end, born


def _last(day: int, month: int, now: datetime) -> date | None:
    """The last such day of this year or the one before."""
    found = (_past(day, month, year, now) for year in (now.year, now.year - 1))
    return next((born for born in found if born and born <= now.date()), None)


def _plausible(born: date, now: datetime) -> bool:
    return born <= now.date() and born.year > now.year - 118


def _score(read: str, start: int, end: int, born: date, now: datetime) -> int:
    """Said to be a birth, said right after a name, a bare old date, or 0: something else."""
    before, after = read[max(0, start - 48) : start], read[end : end + 30]
    clause = re.split(r"[.!?;\n(]", before)[-1]
    if named := _NAME_BEFORE.search(clause):
        clause = named[1] if any(map(is_given, named[1].split())) else clause
    if _BORN.first(clause) or _BORN.first(after[:22]):
        return _SAID
    days = (now.date() - born).days
    other = _AFTER.first(after)
    if other and other.start() <= _NEAR:
        return 0
    happened = _EVENT.first(clause) is not None or (days < _LONG_AGO_DAYS and _PAPER.first(clause) is not None)
    if not _follows_person(before):
        return _BARE if days > _GROWN_DAYS and not happened else 0
    if days > _LONG_AGO_DAYS or (days > _GROWN_DAYS and _is_own(before, clause)):
        return _AFTER_NAME
    return 0 if happened else _BARE


def _is_own(before: str, clause: str) -> bool:
    """The date is the person's, not that of an event or a paper: "du" alone makes it none, "rdv de Paul du" does."""
    said_of = clause.removesuffix("du ") + " "
    return _EVENT.first(said_of) is None and (_PAPER.first(said_of) is None or _beside_relative(before))


def _follows_person(before: str) -> bool:
    """ "Noé Vanhoutte, 2 avril", "madame Lenoir du 4 octobre", "ma fille 06/06/2021": somebody is named."""
    named = _NAMED.search(before)
    return named is not None and any(is_given(word) or word in _PERSONS for word in re.split("[ '-]", named[1]))


def _beside_relative(before: str) -> bool:
    """ "rdv pour ma fille 06/06/2021": nothing but a relation stands before the date."""
    words = before.replace(",", " ").replace("(", " ").split()
    return bool(words) and words[-1] in _PERSONS


def _of_another(plain: str, start: int) -> bool:
    """The date is said of somebody else than the patient: "ma fille, née le..., me garde" of a patient who writes."""
    told = patient.last_named(plain, start)
    return told is not None and told != patient.patient_is(plain)


def _from_age(read: str, now: datetime) -> Born | None:
    match = _AGE_AT.search(read)
    if not match:
        return None
    age = int(match[1] or match[4] or match[7] or match[9])
    return _years_before(now.date() + timedelta(days=_shift(match)), age, match.start(), match.end())


def _years_before(day: date, age: int, start: int, end: int) -> Born | None:
    try:
        return (day.replace(year=day.year - age), start, end) if age < 118 else None
    except ValueError:
        return None


def _shift(match: re.Match[str]) -> int:
    word = match[2] or match[5] or match[8] or match[10]
    if match[3]:
        return int(match[3]) if match[3].isdigit() else 1
    if match[6]:
        return -int(match[6])
    double = 2 if word.startswith(("apres", "avant")) else 1
    return next(s for w, s in _SHIFT.items() if w in word) * double


def _on_a_day(read: str, now: datetime) -> Born | None:
    """ "40 ans depuis le 3 mai", "il aura 18 ans le 21 octobre"."""
    if feast := _FEAST.search(read):
        ahead = (_WEEKDAYS.index(feast[1]) - now.weekday()) % 7 or 7
        return _years_before(now.date() + timedelta(days=ahead), int(feast[2]), feast.start(), feast.end())
    match = _AGE_ON.search(read)
    if not match:
        return None
    past = bool(match["since"] or match["past"])
    if weekday := _WEEKDAY.match(read, match.end()):
        ahead = (_WEEKDAYS.index(weekday[1]) - now.weekday()) % 7 or 7
        days = ahead - 7 if past and weekday[2] != "prochain" else ahead
        known = past or match["next"] or weekday[2]
        return (
            _years_before(now.date() + timedelta(days=days), int(match["age"]), match.start(), weekday.end())
            if known
            else None
        )
    for start, end, day in dates(read[match.end() : match.end() + _DAY_CHARACTERS], now):
        if start:
            break
        after = read[match.end() + end :].lstrip()[:9]
        past = past or after.startswith("dernier")
        if not (past or match["next"] or after.startswith("prochain")):
            break
        return _years_before(_turned(day, now, past), int(match["age"]), match.start(), match.end() + end)
    return None


def _turned(day: date, now: datetime, past: bool) -> date:
    """The last such day if `past`, else the next."""
    try:
        day = day.replace(year=now.year)
        if past and day > now.date():
            return day.replace(year=day.year - 1)
        return day if past or day >= now.date() else day.replace(year=day.year + 1)
    except ValueError:
        return day
