"""`releve demo`: a fictitious practice, loaded once, with someone to sign in as."""

import json
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from releve.intake import actions as intake
from releve.intake import loading
from releve.practice.models import Organization, User

NAME, PASSWORD = "mme.petit", "demonstration-2026"


def prepare() -> None:
    """Loads the practice with dates moved to today, signs its start-up record, creates the demo user."""
    now = settings.CLOCK.now()
    user, _ = User.objects.get_or_create(
        username=NAME, defaults={"first_name": "Nadia", "last_name": "Petit", "role": User.Role.SECRETARY}
    )
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save()
    if not Organization.objects.exists():
        practice = loading.load(_today(now), now=now, user=user)
        loading.sign(practice, signed_by="Dr Inès Amar (démonstration)", now=now, user=user)
        _played(practice, now)
    environment = settings.ENVIRONMENT
    where = f"http://{environment.host}:{environment.port}"
    print(f"Patients: {where}/   Desk: {where}/connexion/  name {NAME}  password {PASSWORD}", flush=True)


def _played(practice: Organization, now: datetime) -> None:
    """What patients wrote this morning, answered by the service itself: the inbox is not empty."""
    talks = json.loads(files("releve.config").joinpath("demo_talks.json").read_text(encoding="utf-8"))
    for number, talk in enumerate(talks):
        for turn, text in enumerate(talk["says"]):
            event = intake.receive(
                organization=practice,
                conversation=f"demo-{number}",
                channel=talk["channel"],
                address=talk["from"],
                text=text,
                external_id=f"{number}.{turn}",
                at=now,
                source="demo",
            )
            intake.answer(event)


def _today(now: datetime) -> Any:
    """The demo file, all of whose dates move by whole weeks so that its Monday is this week's."""
    data = json.loads(files("releve.config").joinpath("demo.json").read_text(encoding="utf-8"))
    first = datetime.fromisoformat(data["now"])
    today = now.astimezone(ZoneInfo(data["timezone"])).replace(tzinfo=None)
    weeks = (today.date() - first.date()).days // 7
    moved = _moved(data, timedelta(weeks=weeks))
    for row in moved["appointments"]:
        if row["status"] == "booked" and datetime.fromisoformat(row["start"]) < today:
            row["status"] = "fulfilled"
    return moved


MOVED = ("now", "start", "date")


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, list):
        return [_moved(v, by) for v in value]
    if not isinstance(value, dict):
        return value
    return {k: _date(k, v, by) for k, v in value.items()}


def _date(key: str, value: Any, by: timedelta) -> Any:
    if key in ("days_off", "windows"):
        return [_shift(v, by) if isinstance(v, str) else [_shift(x, by) for x in v] for v in value]
    if key in MOVED and isinstance(value, str) and len(value) >= 10:
        return _shift(value, by)
    return _moved(value, by)


def _shift(text: str, by: timedelta) -> str:
    moved = datetime.fromisoformat(text) + by
    return moved.date().isoformat() if len(text) == 10 else moved.isoformat(timespec="minutes")
