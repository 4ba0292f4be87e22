"""Four hundred fictitious patients: households, shared telephones, names that screens find hard. Pure."""

import re
import tomllib
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

COUNT = 400
ORIGINS = ("france", "maghreb", "africa", "south", "asia", "east")
WEIGHTS = (66, 13, 8, 6, 4, 3)
HOUSEHOLDS = ("alone", "elder", "elders", "couple", "family", "single_parent")
SHARES = (18, 15, 13, 15, 28, 11)
MAILBOXES = ("courriel.example", "poste.example", "boite.example")


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    given: str
    family: str
    birth_date: str
    sex: str
    phone: str | None
    email: str | None

    def age(self, today: date) -> int:
        born = date.fromisoformat(self.birth_date)
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@cache
def names() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data", "names.toml").read_text(encoding="utf-8"))


def people(random: Random, today: date) -> list[Person]:
    """Always the same people; their ages are as of `today`, their telephones those that the regulator keeps for fiction
    (ARCEP: 06 39 98 xx xx and 01 99 00 xx xx), their mailboxes cannot exist (RFC 2606)."""
    made = _Register(random, today.replace(day=1))  # birthdays do not move with every day
    for row in names()["special"]:
        made.add(row["given"], row["family"], date.fromisoformat(row["birth"]), row["sex"], made.mobile())
    while len(made.people) < COUNT:
        _HOUSES[random.choices(HOUSEHOLDS, SHARES)[0]](made)
    return made.people[:COUNT]


class _Register:
    """Adds people one household after the other."""

    def __init__(self, random: Random, today: date) -> None:
        self.random, self.today = random, today
        self.people: list[Person] = []
        self.numbers = 0
        self.known: set[tuple[str, str]] = set()
        self.families: dict[str, list[str]] = {}

    def add(self, given: str, family: str, born: date, sex: str, phone: str | None, mail: bool = True) -> None:
        key = f"p{len(self.people) + 1:03d}"
        email = self._email(given, family) if mail and self.random.random() < 0.6 else None
        self.known.add((given, family))
        self.people.append(Person(key, given, family, born.isoformat(), sex, phone, email))

    def mobile(self) -> str:
        self.numbers += 1
        return f"+33639980{self.numbers:03d}"

    def landline(self) -> str:
        self.numbers += 1
        return f"+3319900{1000 + self.numbers:04d}"

    def family(self, origin: str) -> str:
        """Each name of the list once before any comes back."""
        left = self.families.get(origin)
        if not left:
            left = list(names()["family"][origin])
            self.random.shuffle(left)
            self.families[origin] = left
        return left.pop()

    def origin(self) -> str:
        return self.random.choices(ORIGINS, WEIGHTS)[0]

    def born(self, youngest: float, oldest: float) -> date:
        """A birthday that makes them between so many years old today."""
        return self.today - timedelta(days=self.random.randint(int(youngest * 365.25) + 1, int(oldest * 365.25)))

    def given(self, origin: str, sex: str, born: date, family: str) -> str:
        cohort = (
            origin if origin != "france" else max(c for c in names()["given"] if c.isdigit() and int(c) <= born.year)
        )
        choices: list[str] = names()["given"][cohort][sex]
        fresh = [name for name in choices if (name, family) not in self.known]
        return self.random.choice(fresh or choices)

    def _email(self, given: str, family: str) -> str | None:
        local = ".".join(part for part in (plain(given), plain(family)) if part)
        if not re.search(r"[a-z]", plain(given)) or len(local) > 40:
            return None
        return f"{local}@{self.random.choice(MAILBOXES)}"


def plain(text: str) -> str:
    """Letters of an e-mail address: "L'Hostis" gives "lhostis"."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("ı", "i").lower())
    return re.sub(r"[^a-z-]", "", decomposed.replace(" ", "-"))


def _one(made: _Register, youngest: int, oldest: int, phone: str | None = None, sex: str = "") -> tuple[str, str]:
    """One adult; returns their origin and family name."""
    origin, born = made.origin(), made.born(youngest, oldest)
    sex = sex or made.random.choice("FFFMM")
    family = made.family(origin)
    made.add(made.given(origin, sex, born, family), family, born, sex, phone or made.mobile())
    return origin, family


def _alone(made: _Register) -> None:
    _one(made, 18, 64)


def _elder(made: _Register) -> None:
    """One in eight has no contact on file."""
    _one(made, 68, 97, made.landline() if made.random.random() < 0.6 else None)
    if made.random.random() < 0.12:
        last = made.people[-1]
        made.people[-1] = Person(**{**asdict(last), "phone": None, "email": None})


def _elders(made: _Register) -> None:
    """A couple and one landline for both."""
    phone = made.landline()
    origin, family = _one(made, 66, 92, phone, "F")
    born = made.born(66, 94)
    made.add(made.given(origin, "M", born, family), family, born, "M", phone, mail=False)


def _couple(made: _Register) -> None:
    origin, family = _one(made, 22, 66)
    first = made.people[-1]
    born = date.fromisoformat(first.birth_date) + timedelta(days=made.random.randint(-1500, 1500))
    born = min(born, made.today - timedelta(days=7000))
    other = family if made.random.random() < 0.55 else made.family(made.origin())
    sex = "M" if first.sex == "F" else "F"
    made.add(made.given(origin, sex, born, other), other, born, sex, made.mobile())


def _family(made: _Register) -> None:
    _couple(made)
    parents = made.people[-2:]
    _children(made, parents, made.random.choice((1, 2, 2, 3)))


def _single_parent(made: _Register) -> None:
    _one(made, 23, 48)
    _children(made, made.people[-1:], made.random.choice((1, 1, 2)))


def _children(made: _Register, parents: list[Person], count: int) -> None:
    """Under one parent's telephone; the parents are old enough; twins apart, no two are born within a year."""
    youngest_parent = max(date.fromisoformat(p.birth_date) for p in parents)
    room = min(16.9, (made.today - youngest_parent).days / 365.25 - 19)
    if room < 0.2:
        return
    keeper, family = made.random.choice(parents), parents[-1].family
    age = made.random.uniform(0.1, min(room, 3.5)) if made.random.random() < 0.45 else made.random.uniform(0.1, room)
    twins = False
    for _ in range(count):
        if age > room:
            return
        born = made.today - timedelta(days=int(age * 365.25) + 1)
        sex = made.random.choice("FM")
        origin = next((o for o in ORIGINS if family in names()["family"][o]), "france")
        made.add(made.given(origin, sex, born, family), family, born, sex, keeper.phone, mail=False)
        gap = made.random.choice((0, 1.4, 2.1, 3.2, 4.5))
        age, twins = age + (1.4 if twins and not gap else gap), not gap


_HOUSES = {
    "alone": _alone, "elder": _elder, "elders": _elders, "couple": _couple, "family": _family,
    "single_parent": _single_parent,
}  # fmt: skip
