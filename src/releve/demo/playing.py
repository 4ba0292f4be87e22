"""The past days of the demonstration, lived through the service itself, so that ledger, tasks and marks are real:
patients wrote, reminders left and were answered, a place was freed and offered, the desk decided."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings

from releve.agenda.parse import parse_opening_hours
from releve.agenda.schedule import WeeklySchedule
from releve.demo.casting import PLAYED, Cast
from releve.demo.conversing import Chat
from releve.demo.desk_work import decided, handled_red_flag, rang, took_calls
from releve.demo.moments import moment, worked_back
from releve.demo.parts import Part
from releve.demo.talking import Script, Talker, scripts
from releve.intake import actions as intake
from releve.intake.outgoing import leave
from releve.post.models import Timer
from releve.practice.models import Appointment, Communication, Organization, User, WaitingListEntry

Step = Callable[[datetime], None]
Progress = Callable[[int, int], None]

ANSWERS = (
    ("Oui", 11), ("oui je serai là", 3), ("OUI merci", 3), ("ok", 1), ("Oui, à bientôt", 2), ("NON", 1),
    ("Non, je suis malade, pardon", 1), ("je ne pourrai pas venir, on peut déplacer à la semaine prochaine ?", 1),
)  # fmt: skip
ANSWERED = 18  # reminders
SEEN = 92
AHEAD = timedelta(hours=2)  # nobody who wrote in the past took a place that is over, or nearly, now
FREED, TAKEN = "75", "445"  # when places that others wait for were given up; the second one is taken


class Standing:
    """The clock of what is being played."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


class Play:
    """Everything that happened, by time. `clock` stands at the moment that is being played."""

    def __init__(self, practice: Organization, staff: dict[str, User], now: datetime, random: Random) -> None:
        self.practice, self.staff, self.now, self.random = practice, staff, now, random
        self.hours = _hours(practice)
        self.steps: list[tuple[datetime, int, Step]] = []
        self.count = self.chats = 0
        self.clock = Standing(now)
        self.cast = Cast(practice, random, now)

    def opened(self) -> datetime:
        """When the secretary last looked at the day: an hour and a half ago."""
        return worked_back(SEEN, self.hours, self.now)

    def at(self, when: datetime, step: Step) -> None:
        self.count += 1
        heapq.heappush(self.steps, (when, self.count, step))

    def run(self, progress: Progress) -> None:
        """Plays all steps in order; timers fire in between, and messages leave as they do every day."""
        settings.CLOCK, clock = self.clock, settings.CLOCK
        try:
            self._plan()
            total = len(self.steps)
            while self.steps:
                when, _, step = heapq.heappop(self.steps)
                self._until(when)
                step(when)
                progress(total - len(self.steps), total)
            self._until(self.now)
        finally:
            settings.CLOCK = clock

    def _until(self, when: datetime) -> None:
        intake.fire_due(self.practice, when, after_each=self._stand)
        self._stand(when)
        leave(when, lambda row: True)

    def _stand(self, when: datetime) -> None:
        self.clock.moment = when

    # --- what is planned ------------------------------------------------------------------------------------------
    def _plan(self) -> None:
        for script, when in past_talks(self.hours, self.now):
            self.at(when, self._talk(script))
        self._reminders()
        for text, accept in ((FREED, False), (TAKEN, True)):
            when = moment(text, self.hours, self.now)
            self.at(when, self._gives_up)
            if accept:
                self.at(when + timedelta(minutes=19), self._takes)
        for minutes, desk in ((488, handled_red_flag), (200, decided), (160, rang), (118, took_calls)):
            self.at(worked_back(minutes, self.hours, self.now), self._desk(desk))

    def _desk(self, work: Callable[..., None]) -> Step:
        return lambda when: work(self.practice, self.staff, when, self.random)

    def _talk(self, script: Script) -> Step:
        def step(when: datetime) -> None:
            self.cast.look(self.now)
            part = self.cast.part(script.who, script.channel)
            if part is not None:
                self._chat(script, part, when)

        return step

    def _chat(self, script: Script, part: Part, when: datetime) -> None:
        self.chats += 1
        chat = Chat(
            self.practice, f"{PLAYED}{self.chats:03d}", part, Talker(script, part.facts, self.random, self.now + AHEAD)
        )
        chat.to_the_end(when, lambda: self.random.randint(14, 55), self._stand)

    def _reminders(self) -> None:
        """Some of those reminded answer, in a word, within the evening."""
        due = Timer.objects.filter(act="send_reminder", due_at__lt=self.now - timedelta(minutes=40)).order_by("id")
        keys = list(due.values_list("payload", "due_at"))
        self.random.shuffle(keys)
        for payload, sent in keys[: 3 * ANSWERED]:
            after = sent + timedelta(minutes=self.random.randint(2, 39), seconds=self.random.randint(0, 59))
            self.at(after, self._answers(int(payload["appointment"])))

    def _answers(self, appointment: int) -> Step:
        def step(when: datetime) -> None:
            sent = Communication.objects.filter(purpose="reminder", address__startswith="+336")
            message = sent.select_related("patient").filter(appointment=appointment).first()
            if message is None or self.cast.used["answered"] >= ANSWERED:
                return
            if sent.filter(address=message.address).count() > 1:
                return  # a family with several appointments would have to say which
            self.cast.used["answered"] += 1
            words = self.random.choices([a for a, _ in ANSWERS], [n for _, n in ANSWERS])[0]
            self._reply_to(message, words, when)

        return step

    def _reply_to(self, message: Communication, words: str, when: datetime) -> None:
        patient = message.patient
        assert patient is not None
        part = self.cast.play(patient, "known", "sms")
        script = Script("answer", "sms", "known", (words,), time=("mardi ou jeudi matin", "lundi après-midi"))
        self._chat(script, part, when)

    def _gives_up(self, when: datetime) -> None:
        """Someone cancels a place that others wait for; the timer offers it five minutes later."""
        self.cast.look(self.now)
        part = self.cast.holding(self._waited_for)
        if part is not None:
            says = ("Bonjour, je dois annuler mon rendez-vous {visit}, merci de le donner à quelqu'un d'autre",)
            self._chat(Script("cancel", "sms", "booked", says), part, when)

    def _waited_for(self, visit: Appointment) -> bool:
        """Somebody of the waiting list with a telephone could come then."""
        rows = WaitingListEntry.objects.filter(
            service=visit.service_id, status="waiting", patient__phone__startswith="+336"
        )
        start = visit.start.astimezone(self.cast.zone).replace(tzinfo=None).isoformat()
        return any(
            row.practitioner_id in (None, visit.practitioner_id)
            and (not row.windows or any(first <= start < last for first, last in row.windows))
            for row in rows
        )

    def _takes(self, when: datetime) -> None:
        offered = Communication.objects.filter(purpose="offer", answered=False, channel="sms", offer__status="open")
        message = offered.select_related("patient").order_by("-id").first()
        if message is not None:
            self._reply_to(message, "Oui je prends, merci !", when)


def past_talks(hours: WeeklySchedule, now: datetime) -> Iterator[tuple[Script, datetime]]:
    for script in scripts():
        for text in script.past:
            yield script, moment(text, hours, now)


def begins(practice: dict[str, Any], timezone: str, now: datetime) -> datetime:
    """When the practice started with the service: before the first of all this."""
    hours = parse_opening_hours(practice, timezone=timezone)
    first = min(when for _, when in past_talks(hours, now))
    return min(first - timedelta(hours=2), now - timedelta(days=3))


def _hours(practice: Organization) -> WeeklySchedule:
    rules = {"opening_hours": practice.opening_hours, "public_holidays": practice.public_holidays}
    return parse_opening_hours(rules, timezone=practice.timezone)
