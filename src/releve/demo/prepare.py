"""`releve demo` before it serves: the centre loaded, its past played, its people able to sign in."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from releve.demo.desk_work import MANAGER, PHYSICIAN, SECRETARY
from releve.demo.file import SEED, practice_file
from releve.demo.models import Simulation
from releve.demo.playing import Play, begins
from releve.intake import loading
from releve.language import warm
from releve.ledger.actions import sequence
from releve.practice.models import Organization, User

NAME, PASSWORD = SECRETARY, "demonstration-2026"
PEOPLE = {
    SECRETARY: ("Nadia", "Petit", User.Role.SECRETARY),
    PHYSICIAN: ("Inès", "Amar", User.Role.PHYSICIAN),
    MANAGER: ("Bruno", "Lenoir", User.Role.MANAGER),
}
Progress = Callable[[str, int, int], None]
STALE = timedelta(days=7)


def prepare() -> None:
    """Loads and plays if nothing is loaded yet; says where to look."""
    now = settings.CLOCK.now()
    staff = people()
    if not Organization.objects.exists():
        build(now, staff, _shown)
    _told(now)


def people() -> dict[str, User]:
    """Those who sign in, made or with their password as it was."""
    found = {user.username: user for user in User.objects.filter(username__in=PEOPLE)}
    for name, (given, family, role) in PEOPLE.items():
        user = found.setdefault(name, User(username=name, first_name=given, last_name=family, role=role))
        if user._state.adding or not user.check_password(PASSWORD):
            user.password = _hashed()
            user.save()
    return found


@cache
def _hashed() -> str:
    """Once for all: it takes a while, and is no secret."""
    return make_password(PASSWORD)


def build(now: datetime, staff: dict[str, User], progress: Progress = lambda what, done, total: None) -> Organization:
    """All or nothing. The same every time but for dates, which stand around `now`."""
    progress("people and agendas", 0, 1)
    data = practice_file(now)
    first = begins(data["practice"], data["timezone"], now)
    warm()
    with transaction.atomic():
        progress("loading", 0, 1)
        practice = loading.load(data, now=first, user=staff[MANAGER])
        loading.sign(practice, signed_by="Dr Inès Amar (démonstration)", now=first, user=staff[PHYSICIAN])
        play = Play(practice, staff, now, Random(SEED + 2))
        play.run(lambda done, total: progress("conversations", done, total))
        User.objects.filter(username=SECRETARY).update(seen_at=play.opened())
        Simulation.objects.create(organization=practice, loaded_at=now, until=now)
    sequence(now)  # once it is committed: what is in the journal outside is in the database
    return practice


def _shown(what: str, done: int, total: int) -> None:
    """One line that fills up; silent when nobody looks."""
    if sys.stderr.isatty():
        bar = "#" * (24 * done // max(1, total))
        print(f"\r\033[KMaking the demonstration: {what} [{bar:<24}]", end="", file=sys.stderr, flush=True)
        if what == "conversations" and done == total:
            print(file=sys.stderr)


def _told(now: datetime) -> None:
    environment = settings.ENVIRONMENT
    where = f"http://{environment.host}:{environment.port}"
    print(f"Patients: {where}/   Desk: {where}/connexion/  name {NAME}  password {PASSWORD}")
    print(f"The same password for {PHYSICIAN} (physician) and {MANAGER} (manager).", flush=True)
    loaded = Simulation.objects.order_by("id").values_list("loaded_at", flat=True).first()
    if loaded is not None and now - loaded > STALE:
        print(f"Loaded on {loaded:%Y-%m-%d}: to begin again around today, remove {environment.data_dir}.", flush=True)
