"""Simulated patients: a third process of `releve demo` that writes now and then, as people do, and only there.

Each is a conversation marked `simulated`, from a person of the file or a stranger of its own; nothing typed by a
visitor is ever answered, continued or undone.
"""

import logging
import signal
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db import close_old_connections

from releve.demo.casting import Cast
from releve.demo.conversing import Chat
from releve.demo.file import SEED
from releve.demo.models import Pace, Simulation
from releve.demo.parts import Part
from releve.demo.talking import Script, Talker, scripts
from releve.language import warm
from releve.practice.models import Communication, Task

log = logging.getLogger("releve.demo")
LASTS = timedelta(hours=3)  # of a start; then they are quiet until somebody asks for more
BEAT = 0.5  # seconds between looks
MOST_WAITING = 15  # requests of theirs for a person: a visitor who only looks is not buried
OFFERED = timedelta(seconds=40)  # how long somebody looks at an offer before they answer it


@dataclass
class Writing:
    """A conversation under way, and when its next line comes."""

    chat: Chat
    due: datetime


class Simulator:
    """Plays several patients at once. One `round` does what is due by now."""

    def __init__(self, row: Simulation, now: datetime) -> None:
        self.practice = row.organization
        self.random = Random(SEED + 3 + row.talks)
        self.cast = Cast(self.practice, self.random, now)
        self.writing: list[Writing] = []
        self.looked_at: list[int] = []  # offers: each is answered once, or never
        self.begins = now + timedelta(seconds=4)  # somebody writes while the visitor looks for the first time

    def round(self, row: Simulation, now: datetime) -> int:
        """Lines that were said. None when the simulation is paused or stopped, or its time is over."""
        pace = row.pace(now)
        if pace is None:
            self.begins = min(self.begins, now)
            return 0
        said = sum(self._goes_on(one, pace, now) for one in self.writing if one.due <= now)
        self.writing = [one for one in self.writing if not one.chat.over]
        if now >= self.begins and len(self.writing) < pace.at_once:
            self._begins(row, now)
            self.begins = now + timedelta(seconds=self.random.expovariate(1 / pace.between))
        return said

    def _goes_on(self, one: Writing, pace: Pace, now: datetime) -> int:
        one.chat.speaks(now)
        one.due = now + timedelta(seconds=self.random.uniform(*pace.typing))
        return 1

    def _begins(self, row: Simulation, now: datetime) -> None:
        self.cast.look(now)
        busy = {one.chat.part.key for one in self.writing}
        script, part = self._offered(now) or self._drawn()
        if part is None or part.key in busy:
            return
        row.count_one()
        chat = Chat(self.practice, f"simulated-{row.talks}", part, Talker(script, part.facts, self.random, now), True)
        self.writing.append(Writing(chat, now))

    def _drawn(self) -> tuple[Script, Part | None]:
        """What they want; nothing for a person while enough of it waits."""
        mine = Task.objects.filter(organization=self.practice, status="open", conversation__simulated=True)
        full = mine.count() >= MOST_WAITING
        able = [script for script in scripts() if script.live and not (full and script.person)]
        script = self.random.choices(able, [s.live for s in able])[0]
        return script, self.cast.part(script.who, script.channel)

    def _offered(self, now: datetime) -> tuple[Script, Part | None] | None:
        """Whoever of the file's waiting list was offered a place answers it."""
        waiting = Communication.objects.filter(
            purpose="offer", answered=False, channel="sms", offer__status="open", sent_at__lte=now - OFFERED,
            offer__entry__identifier__regex=r"^w\d{3}$", address__startswith="+336",
        )  # fmt: skip
        for message in waiting.exclude(pk__in=self.looked_at).select_related("patient").order_by("id"):
            others = Communication.objects.filter(address=message.address, answered=False).exclude(purpose="reply")
            self.looked_at.append(message.pk)
            if message.patient is not None and self.cast.free(message.patient) and others.count() == 1:
                words = self.random.choice(
                    ("Oui je prends, merci !", "OUI", "oui super", "Non merci, je ne suis pas là")
                )
                return Script("offer", "sms", "known", (words,)), self.cast.play(message.patient, "known", "sms")
        return None


def start(now: datetime) -> None:
    """They write from now on for some hours; a pause that somebody asked for stays."""
    Simulation.objects.exclude(speed="paused").update(speed="normal")
    Simulation.objects.update(until=now + LASTS)


def run_forever() -> int:
    """Rounds until SIGTERM or SIGINT. Outside a demonstration it only waits to be stopped."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if not settings.ENVIRONMENT.demonstration or not Simulation.objects.exists():
        log.warning("simulated patients live in `releve demo` alone")
        stop.wait()
        return 0
    warm()
    start(settings.CLOCK.now())
    simulator = Simulator(Simulation.objects.select_related("organization").get(), settings.CLOCK.now())
    while not stop.wait(BEAT):
        try:
            simulator.round(Simulation.objects.select_related("organization").get(), settings.CLOCK.now())
        except Exception:  # the pages go on without them
            log.exception("a simulated patient could not write")
            simulator.writing.clear()
            close_old_connections()
    return 0
