"""What the desk's tests begin with: someone has written."""

from uuid import uuid4

from django.test import Client

from releve.intake.actions import answer, receive
from releve.practice.models import Conversation, Organization, Task
from tests import cast

RENEWAL = "je voudrais renouveler mon ordonnance de metformine, Bernard Roche né le 3 mai 1954"
RED_FLAG = "j'ai mal dans la poitrine depuis ce matin"


def written(practice: Organization, *texts: str, channel: str = "webchat", address: str | None = None) -> Conversation:
    """A conversation with these messages and their answers."""
    key = str(uuid4())
    for number, text in enumerate((None, *texts) if channel == "webchat" else texts):
        event = receive(
            organization=practice, conversation=key, channel=channel, address=address, text=text,
            external_id=f"{key} {number}", at=cast.NOW,
        )  # fmt: skip
        answer(event)
    return Conversation.objects.get(identifier=key)


def task(practice: Organization, *texts: str) -> Task:
    """The open task that these messages made."""
    return written(practice, *texts).tasks.get()


def post(desk: Client, address: str, **values: str) -> str:
    """Sends a form as the page does, and shows the page it leads to."""
    return desk.post(address, {"form": str(uuid4()), **values}, follow=True).content.decode()
