"""The practice's own wording of what leaves by itself: which texts, with which blanks, and what may not be said.

A reminder can be read on a locked screen by anyone. So it holds no speciality, no reason and no health word, no link to
a host that nobody knows, and it keeps the words by which one answers it (GDPR art. 5 and 9; CNIL on reminders by SMS).
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from string import Formatter

from releve.dialogue.phrases import Voice, texts, typeset
from releve.language.entities.medicines import known as medicines
from releve.language.foreign import FRENCH
from releve.language.text import fold
from releve.language.writing import NBSP

LONGEST = 480
# The texts a practice may word: the blanks each has, all needed, and the words it must keep so that it can be answered.
BLANKS: dict[str, tuple[str, ...]] = {
    "reminder": ("practice", "start", "who"),
    "offer_message": ("practice", "start", "who", "until"),
    "offer_round_message": ("practice", "start", "who", "until"),
    "stand_by_message": ("practice", "start", "who"),
    "no_show_message": ("practice", "start"),
    "cancelled_message": ("practice", "start", "who"),
    "moved_message": ("practice", "start", "who"),
    "move_offer_message": ("practice", "start", "who", "new", "new_who", "until"),
    "move_withdrawn_message": ("practice", "start", "who"),
    "code_message": ("practice", "code"),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "reminder": ("OUI", "NON", "STOP"),
    "offer_message": ("OUI", "NON"),
    "offer_round_message": ("OUI", "NON"),
    "stand_by_message": ("NON",),
    "move_offer_message": ("OUI", "NON"),
}

_CAPITALS = ("OUI", "NON", "STOP")  # what one answers is written so
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HOST = re.compile(r"(?:https?://|www\.)?(?:[\w-]+\.)+[a-z]{2,}(?=/|\b)(?:/\S*)?", re.IGNORECASE)
_ENDINGS = (
    "fr", "com", "net", "org", "eu", "info", "io", "me", "ly", "co", "be", "ch", "lu", "re", "nc", "gp", "mq", "gf",
    "app", "link", "click", "page", "site", "online", "paris",
)  # fmt: skip
_SHORTEST = 4  # letters of a word of a visit's name that can give its reason away


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a wording is refused; `words` are those at fault."""

    code: str  # blank_unknown, _missing, _broken; answer_missing, speciality, reason, health, link, shouting, long
    words: str = ""


@cache
def _unsaid() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(files(__package__).joinpath("unsaid.toml").read_text(encoding="utf-8"))
    return {key: tuple(fold(word) for word in words) for key, words in data.items()}


def faults(
    name: str, words: str, *, visits: Iterable[str] = (), professions: Iterable[str] = (), hosts: Iterable[str] = ()
) -> list[Fault]:
    """Everything that keeps this wording from leaving; empty when it may. `visits` and `professions` are the
    practice's own names and words for them, `hosts` those it may link to."""
    bare = _without_blanks(words)
    found = _blanks(name, words)
    found += [Fault("answer_missing", word) for word in ANSWERS.get(name, ()) if not re.search(rf"\b{word}\b", bare)]
    found += _unsayable(bare, visits, professions)
    found += [Fault("link", link) for link in _links(bare, hosts)]
    found += _shouting(bare)
    if len(words) > LONGEST:
        found.append(Fault("long", str(LONGEST)))
    return found


def telling(practice_name: str) -> list[str]:
    """The words of a practice's name that say what people are treated for: it begins each message."""
    return [fault.words for fault in _unsayable(practice_name, (), ())]


def _blanks(name: str, words: str) -> list[Fault]:
    try:
        parts = list(Formatter().parse(words))
    except ValueError:
        return [Fault("blank_broken")]
    named = [field for _, field, _, _ in parts if field is not None]
    if any(spec or turn for _, _, spec, turn in parts):
        return [Fault("blank_broken")]
    known = BLANKS[name]
    unknown = [Fault("blank_unknown", f"{{{field}}}") for field in dict.fromkeys(named) if field not in known]
    return unknown + [Fault("blank_missing", f"{{{field}}}") for field in known if field not in named]


def _without_blanks(words: str) -> str:
    return re.sub(r"\{[^{}]*\}", " … ", words)


def _unsayable(bare: str, visits: Iterable[str], professions: Iterable[str]) -> list[Fault]:
    """Each word once, for the first reason found."""
    said = {fold(word): word for word in _WORD.findall(bare)}
    lists = _unsaid()
    own = {w for p in professions for w in _telling(p)}
    visited = {w for v in visits for w in _telling(v)}
    found = []
    for folded, word in said.items():
        stems = (folded, *folded.split("-"))
        if any(_begins(stem, lists["profession"]) or stem in own for stem in stems):
            found.append(Fault("speciality", word))
        elif any(_begins(stem, lists["health"]) or (stem,) in medicines() for stem in stems):
            found.append(Fault("health", word))
        elif any(stem in visited for stem in stems):
            found.append(Fault("reason", word))
    phrase = f" {' '.join(map(fold, _WORD.findall(bare)))} "
    found += [Fault("health", entry) for entry in lists["health"] if " " in entry and f" {entry} " in phrase]
    return found


def _begins(word: str, beginnings: Sequence[str]) -> bool:
    """Short entries are whole words: « ist » is not the beginning of « istres »."""
    return any(word == entry or (len(entry) > _SHORTEST and word.startswith(entry)) for entry in beginnings)


def _telling(name: str) -> set[str]:
    """The words of a visit or a profession that tell what it is; those of our own texts tell nothing."""
    return {w for w in _words(name) if len(w) >= _SHORTEST and w not in _unsaid()["neutral"] and w not in _ours()}


def _words(text: str) -> set[str]:
    return {fold(part) for word in _WORD.findall(text) for part in (word, *word.split("-"))}


@cache
def _ours() -> frozenset[str]:
    return frozenset(word for name in BLANKS for word in _words(_without_blanks(texts(FRENCH)[name])))


def _links(bare: str, hosts: Iterable[str]) -> list[str]:
    known = {host.casefold().removeprefix("www.") for host in hosts if host}
    found = []
    for match in _HOST.finditer(bare):
        link = match[0]
        scheme = re.match(r"https?://|www\.", link, re.IGNORECASE)
        host = re.sub(r"^(https?://)?(www\.)?", "", link, flags=re.IGNORECASE).split("/")[0].casefold()
        if (scheme or "/" in link or host.rpartition(".")[2] in _ENDINGS) and host not in known:
            found.append(link)
    return found


def _shouting(bare: str) -> list[Fault]:
    if "!" in bare:
        return [Fault("shouting", "!")]
    capitals = [w for w in _WORD.findall(bare) if len(w) > 1 and w.isupper() and w not in _CAPITALS]
    if len(capitals) > 1 or any(len(w) > 5 for w in capitals):
        return [Fault("shouting", " ".join(capitals[:4]))]
    return []


# --- how many SMS it takes (GSM 03.38, 3GPP TS 23.038 and 23.040) ---------------------------------------------------
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True, slots=True)
class Length:
    """`alphabet` GSM-7 or UCS-2; `units` are what the network counts; `rare` the signs that ask for UCS-2."""

    alphabet: str
    units: int
    segments: int
    rare: str = ""


def sms_length(text: str) -> Length:
    """160 units fit one SMS of GSM-7 and 70 of UCS-2; when there are several, 153 and 67 each."""
    rare = "".join(dict.fromkeys(c for c in text if c not in _GSM and c not in _GSM_TWICE))
    if rare:
        return _length("UCS-2", len(text.encode("utf-16-be")) // 2, 70, 67, rare)
    return _length("GSM-7", sum(2 if c in _GSM_TWICE else 1 for c in text), 160, 153, "")


def _length(alphabet: str, units: int, alone: int, each: int, rare: str) -> Length:
    segments = 0 if not units else 1 if units <= alone else -(-units // each)
    return Length(alphabet, units, segments, rare)


# --- what it looks like ---------------------------------------------------------------------------------------------
def sample(name: str, voice: Voice, now: datetime, words: str = "") -> str:
    """The text filled with an appointment that nobody has; `words` instead of the wording in force. Only for words
    without a fault of their blanks."""
    local = voice.directory.local(now)
    start = (local + timedelta(days=2)).replace(hour=17, minute=20, second=0, microsecond=0)
    start = start.replace(tzinfo=voice.directory.zone)
    people = [voice.who(key) for key in voice.directory.practitioners] or [f"Dr{NBSP}Martin"]
    values = {
        "practice": voice.practice,
        "start": voice.full(start),
        "who": people[0],
        "new": voice.full(start + timedelta(days=7)),
        "new_who": people[-1],
        "until": voice.full(start - timedelta(hours=6)),
        "code": "123456",
    }
    if words:
        return typeset(words).format(**values)
    return voice.text(name, **values)
