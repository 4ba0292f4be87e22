"""The product's arm: the object behind `releve front-desk`, on a new database, spoken to as patients and a desk do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bench.clinic_sim import texts
from bench.clinic_sim.agenda import Place, Visit
from bench.clinic_sim.arms import warning
from bench.clinic_sim.casting import SERVICE, address, birth, channel, key, name, practice_file, windows
from bench.clinic_sim.play import Arm, Waiting
from bench.clinic_sim.world import DAY, VISIT, Person, World, phone_hours

PARIS = ZoneInfo("Europe/Paris")
STEP = timedelta(minutes=15)
AWAKE = (8, 20)  # hours between which time passes in steps: nothing that Relève starts leaves outside
MOST_TURNS = 6
WAITING_LIST = ("offer", "gone", "given")


class Product(Arm):
    """Needs Django, and an empty database of the current schema."""

    name = "product"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.desk: Any = None
        self.lines = 0
        self.ids: dict[str, dict[str, int]] = {}
        self.by_address = {address(p): p for p in world.persons}
        self.reminded: dict[Visit, list[datetime]] = {}
        self.strange: list[str] = []
        self.talks: Counter[str] = Counter()
        self.offers: Counter[str] = Counter()
        self.last_talk: list[str] = []
        self.talked: dict[Person, list[str]] = {}
        self.curious: list[str] = []  # talks that did not end as the patient wished

    # The desk.

    def takes_over(self) -> None:
        from django.conf import settings

        from releve.channels.lines.desk import Desk
        from releve.config.clock import FrozenClock
        from releve.intake import loading
        from releve.language import warm

        now = self.now.replace(tzinfo=PARIS).astimezone(UTC)
        settings.CLOCK = FrozenClock(now)
        standing = sorted(self.current.values(), key=lambda v: v.place)
        for n, visit in enumerate(standing):
            visit.id = f"a{n:05d}"
        practice = loading.load(practice_file(self.world, standing, self.now), now=now)
        warm()
        loading.sign(practice, signed_by="clinic", now=now)
        self.desk = Desk(practice, now)
        self.ids = _keys(practice)
        for entry in list(self.waiting.values()):
            if not entry.left:
                self.listed(entry)
        self.at(self.now + timedelta(hours=AWAKE[0]), self._ticks)

    def line(self, **data: Any) -> dict[str, Any]:
        self.lines += 1
        answer: dict[str, Any] = self.desk.line({"id": str(self.lines), **data})
        for message in answer.get("outbox", ()):
            self._reads(message)
        return answer

    def passes(self, until: datetime) -> None:
        if self.desk is not None and until > self.local:
            self.line(clock=until.isoformat(timespec="seconds"))

    @property
    def local(self) -> datetime:
        """The desk's clock, which goes on a little with each line."""
        return self.desk.now.astimezone(PARIS).replace(tzinfo=None)  # type: ignore[no-any-return]

    def _ticks(self) -> None:
        after = self.now + STEP
        if after.hour >= AWAKE[1]:
            days = 2 if after.weekday() == 5 else 1  # nothing of ours leaves on a Sunday
            after = datetime.combine(after.date() + days * DAY, datetime.min.time()) + timedelta(hours=AWAKE[0])
        self.at(after, self._ticks)

    def books(self, visit: Visit) -> bool:
        wanted = {
            "patient": key(visit.person), "practitioner": visit.place.doctor, "service": SERVICE,
            "start": visit.place.start.isoformat(timespec="minutes"),
        }  # fmt: skip
        answer = self.line(staff={"book": wanted})
        visit.id = answer.get("appointment", "")
        return "refused" not in answer

    def listed(self, entry: Waiting) -> None:
        """The secretary adds them while they are on the telephone: what they wish, until the day before their visit."""
        from releve.core.understanding import Window, Wish
        from releve.core.waiting import JoinWaitingList
        from releve.intake.actions import staff_act
        from releve.practice.models import Appointment

        person, visit = entry.person, self.current[entry.person.number]
        wished = tuple(Window(*window) for window in windows(person, self.now, visit.place.start))
        act = JoinWaitingList(
            service=self.ids["services"][SERVICE],
            practitioner=self.ids["practitioners"][person.doctors[0]] if len(person.doctors) == 1 else None,
            patient=self.ids["patients"][key(person)],
            wish=Wish(prefer=wished) if wished else None,
            appointment=Appointment.objects.get(identifier=visit.id).pk,
        )
        staff_act(
            act, organization=self.desk.practice, user=None, now=self.desk.now, external_id=f"joins {person.number}"
        )

    def missed(self, visit: Visit) -> None:
        if self.took_over:
            self.at(visit.place.start + VISIT, self._marks_missed, visit)

    def _marks_missed(self, visit: Visit) -> None:
        self.line(staff={"no_show": visit.id})

    # Who cancels by telephone is cancelled by the secretary; the others write, at any hour.

    def learns(self, visit: Visit) -> datetime:
        assert visit.fate.cancels is not None
        return visit.fate.cancels if self._writes(visit) else phone_hours(visit.fate.cancels)

    def _writes(self, visit: Visit) -> bool:
        return self.world.draw(visit.person.number, visit.attempt, "writes") < self.world.p.writes

    def cancels(self, visit: Visit) -> None:
        if visit.status != "booked" or self.now >= visit.place.start:
            return
        if self.took_over and not (self._writes(visit) and self._cancels_by_message(visit)):
            if phone_hours(self.now) > self.now:  # the message was of no use: they call when they can
                self.at(phone_hours(self.now), self._cancels_by_telephone, visit)
                return
            self._cancels_by_telephone(visit)
            return
        self.gives_up(visit)

    def _cancels_by_telephone(self, visit: Visit) -> None:
        if visit.status == "booked" and self.now < visit.place.start:
            self.line(staff={"cancel": visit.id})
            self.gives_up(visit)

    def _cancels_by_message(self, visit: Visit) -> bool:
        draw = self.world.draw(visit.person.number, visit.attempt, "words")
        acts = self._talk(visit.person, texts.says(texts.CANCELS, draw, visit.place.start), cancels=True)
        done = ("cancel_appointment", "done", visit.id) in acts
        self._ended("cancelled by message" if done else "cancellation not understood", well=done)
        return done

    def _ended(self, how: str, *, well: bool) -> None:
        self.talks[how] += 1
        if not well:
            self.curious.append(f"{self.now} {how}: {' / '.join(self.last_talk)}")

    # What patients read and answer.

    def _reads(self, message: dict[str, str]) -> None:
        kind, person = texts.kind(message["text"]), self.by_address.get(message["to"])
        start = texts.moment(message["text"], self.local)
        if not kind or person is None or (start is None and kind in ("reminder", "offer")):
            self.strange.append(message["text"])
            return
        self._counts(kind in WAITING_LIST)
        self.reminders += kind == "reminder"
        if kind == "reminder":
            self._is_reminded(person)
        elif kind == "offer" and start is not None:
            self._is_offered(person, start)
        elif kind == "given" and start is not None:
            self._is_given(person, start)

    def _is_given(self, person: Person, start: datetime) -> None:
        """A place that they wanted, after another let it pass. Whoever cannot come any more says so at once."""
        from releve.practice.models import Appointment

        rows = Appointment.objects.filter(start=start.replace(tzinfo=PARIS), patient__identifier=key(person))
        booked = rows.get(status="booked").identifier
        self.offers["given later"] += 1
        wanted = self.earlier(person, start) and self.world.can_come(person, start, self.now)
        self._moves(person, booked)
        if not wanted:
            visit = self.current[person.number]
            at = self.world.answers_at(person, ("given", start), self.local)
            self.at(at, self._answers_reminder, visit, texts.WARNS)

    def _is_reminded(self, person: Person) -> None:
        visit = self.current.get(person.number)
        if visit is None:
            return
        before = self.reminded.setdefault(visit, [])
        if before and self.local - before[-1] < DAY / 2:
            return
        before.append(self.local)
        if visit.fate.misses and visit.fate.cancels is None:
            if visit.fate.warns(len(before)):
                self.at(warning(self, visit), self._answers_reminder, visit, texts.WARNS)
        elif len(before) == 1 and self.world.draw(person.number, visit.attempt, "confirms") < self.world.p.confirms:
            at = self.world.answers_at(person, ("reminder", visit.attempt), self.local)
            self.at(at, self._answers_reminder, visit, texts.CONFIRMS)

    def _answers_reminder(self, visit: Visit, wordings: tuple[str, ...]) -> None:
        if visit.status != "booked" or self.now >= visit.place.start:
            return
        draw = self.world.draw(visit.person.number, visit.attempt, "words")
        acts = self._talk(visit.person, texts.says(wordings, draw), cancels=wordings is texts.WARNS)
        if wordings is texts.CONFIRMS:
            done = ("confirm_appointment", "done", visit.id) in acts
            self._ended("confirmed" if done else "confirmation not understood", well=done)
        else:
            done = ("cancel_appointment", "done", visit.id) in acts
            self._ended("warned" if done else "warning not understood", well=done)
            if done:
                self.gives_up(visit)
        if not done and ("cancel_appointment", "done", visit.id) in acts:
            raise AssertionError(f"{visit.id} was cancelled against the patient's word")

    def _is_offered(self, person: Person, start: datetime) -> None:
        self.offers["made"] += 1
        about = (start, person.number)
        if self.world.draw("silent", *about) < self.world.p.silent:
            self.offers["never answered"] += 1
            return
        at = self.world.answers_at(person, ("offer", start), self.local)
        self.at(at, self._answers_offer, person, start, self.local)

    def _answers_offer(self, person: Person, start: datetime, sent: datetime) -> None:
        """People judge by when they learnt of the place, and by the visit they have now."""
        if self.now >= start:
            self.offers["read too late"] += 1
            return
        wanted = self.earlier(person, start) and self.world.can_come(person, start, self.now)
        draw = self.world.draw(person.number, "words", start)
        acts = self._talk(person, texts.says(texts.TAKES if wanted else texts.DECLINES, draw), counts=True)
        told_how = texts.HOW_TO_TAKE.search(texts.plain(" ".join(self.last_talk)))
        if wanted and told_how:
            acts = self._talk(person, told_how[1], counts=True)
        booked = next((a for k, s, a in acts if k == "book_appointment" and s == "done"), None)
        if booked is None and "proposee a une autre personne" in texts.plain(" ".join(self.last_talk)):
            self.offers["wanted, after one's turn"] += 1
            return
        if booked is None:
            self.offers["declined" if not wanted else "wanted, not got"] += 1
            if wanted:
                self._ended("wanted, not got", well=False)
            return
        if not wanted:
            raise AssertionError(f"{booked} was booked against the patient's word")
        self.offers["accepted"] += 1
        self.offers["accepted within minutes"] += int((self.now - sent) / timedelta(minutes=1))
        self._moves(person, booked)

    def _moves(self, person: Person, booked: str) -> None:
        """What the product booked is what counts."""
        from releve.practice.models import Appointment

        row = Appointment.objects.select_related("practitioner").get(identifier=booked)
        place = Place(row.start.astimezone(PARIS).replace(tzinfo=None), row.practitioner.identifier)
        before, sits = self.current.get(person.number), self.agenda.held.get(place)
        if sits is not None:
            self.curious.append(f"{place} was given to {booked} while {sits.id} had it {self.talked.get(sits.person)}")
            self.agenda.leave(sits)
        self.agrees(person, place, "list", id=booked)
        if before is not None and Appointment.objects.get(identifier=before.id).status == "booked":
            self.line(staff={"cancel": before.id})  # a second visit is not what they wanted: the desk strikes it out
            self._ended("later visit struck out by hand", well=False)

    def _talk(
        self, person: Person, text: str, *, cancels: bool = False, counts: bool = False
    ) -> list[tuple[str, str, str | None]]:
        """One exchange by message to its end; the acts that were done or refused on the way. Whoever did not mean to
        cancel says so when that is what they are asked to confirm."""
        acts: list[tuple[str, str, str | None]] = []
        self.last_talk = []
        for _ in range(MOST_TURNS):
            answer = self.line(
                conversation=f"c{person.number}", channel=channel(person), **{"from": address(person)}, text=text
            )
            self.last_talk += [text, *answer["messages"]]
            self.talked.setdefault(person, []).extend([str(self.local), text, *answer["messages"], str(answer["acts"])])
            self._counts(counts * len(answer["messages"]))
            acts += [(a["kind"], a["status"], a["appointment"]) for a in answer["acts"]]
            astray = not cancels and "annule" in texts.plain(" ".join(answer["messages"]))
            said = self._next_words(person, answer["expects"], "non" if astray else "oui")
            if said is None or answer["handoff"]:
                break
            text = said
        return acts

    def _next_words(self, person: Person, expects: str, confirms: str) -> str | None:
        if expects == "confirmation":
            if confirms == "non":
                self._ended("asked to cancel what they did not mean to", well=False)
            return confirms
        if expects == "identity":
            return f"{' '.join(name(person))}, {birth(person):%d/%m/%Y}"
        if expects == "code":
            return self._code(person)
        return None

    def _code(self, person: Person) -> str | None:
        sent = next((m for m in reversed(self.desk.sent) if m["to"] == address(person)), None)
        digits = "".join(c for c in sent["text"].split("code est")[-1][:12] if c.isdigit()) if sent else ""
        return digits or None

    # Afterwards.

    def faults(self) -> Iterator[str]:
        """What the product's own state says: overlapping visits, and differences from what its answers said."""
        state = self.line(state=True)["state"]
        standing = {a["id"]: a for a in state["appointments"] if a["status"] in ("booked", "arrived", "fulfilled")}
        yield from _overlaps(standing.values())
        mine = {v.id: v for v in self.visits if v.id and v.status in ("booked", "attended")}
        for number in sorted(standing.keys() ^ mine.keys()):
            yield f"{number}: {'only in the product' if number in standing else 'only in the bench'}"
        for number in sorted(standing.keys() & mine.keys()):
            row, visit = standing[number], mine[number]
            said = (row["patient"], row["practitioner"], row["start"])
            here = (key(visit.person), visit.place.doctor, visit.place.start.isoformat(timespec="minutes"))
            if said != here:
                yield f"{number}: {said} is not {here}"


def _keys(practice: Any) -> dict[str, dict[str, int]]:
    from releve.practice.models import HealthcareService, Patient, Practitioner

    models: dict[str, Any] = {"patients": Patient, "practitioners": Practitioner, "services": HealthcareService}
    return {n: dict(m.objects.filter(organization=practice).values_list("identifier", "pk")) for n, m in models.items()}


def _overlaps(standing: Iterable[dict[str, Any]]) -> Iterator[str]:
    """All visits last the same."""
    last: dict[str, dict[str, Any]] = {}
    for row in sorted(standing, key=lambda a: a["start"]):
        before = last.get(row["practitioner"])
        if before and datetime.fromisoformat(row["start"]) < datetime.fromisoformat(before["start"]) + VISIT:
            yield f"double booking: {before['id']} and {row['id']}"
        last[row["practitioner"]] = row
