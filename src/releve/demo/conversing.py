"""Lets one talker speak through intake, like anyone who writes: events, gate, ledger, answers are the service's own."""

from collections.abc import Callable
from datetime import datetime, timedelta

from releve.core.codec import decode
from releve.demo.parts import Part
from releve.demo.talking import Talker
from releve.dialogue import Reply
from releve.intake import actions as intake
from releve.practice.models import Conversation, Organization

SOURCE = "demo"


class Chat:
    """One conversation between a talker and the service. `key` names it; each line is one event."""

    def __init__(self, practice: Organization, key: str, part: Part, talker: Talker, simulated: bool = False) -> None:
        self.practice, self.key, self.part, self.talker, self.simulated = practice, key, part, talker, simulated
        self.lines = 0
        self.next: str | None = talker.begins()

    @property
    def over(self) -> bool:
        return self.next is None

    def speaks(self, at: datetime) -> None:
        """Says the next line and reads the answer; nothing more is said once a person has the conversation."""
        if self.next is None or self._with_person():
            self.next = None
            return
        reply = self._say(self.next, at)
        self.next = self.talker.answers(reply)

    def _with_person(self) -> bool:
        mine = Conversation.objects.filter(organization=self.practice, identifier=self.key)
        return bool(self.lines) and mine.filter(with_person=True).exists()

    def _say(self, text: str, at: datetime) -> Reply:
        self.lines += 1
        event = intake.receive(
            organization=self.practice, conversation=self.key, channel=self.talker.script.channel,
            address=self.part.address, text=text, external_id=f"{self.key} {self.lines}", at=at, source=SOURCE,
            simulated=self.simulated,
        )  # fmt: skip
        return decode(Reply, intake.answer(event))

    def to_the_end(self, at: datetime, pause: Callable[[], int], tick: Callable[[datetime], None]) -> None:
        """All of it, each line some seconds after the other; `tick` is told the time of each."""
        while not self.over:
            tick(at)
            self.speaks(at)
            at += timedelta(seconds=pause())
