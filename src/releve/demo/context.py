"""What the frame of the staff pages shows in a demonstration alone: the state of the simulated patients."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from releve.demo.models import Simulation


def simulation(request: HttpRequest) -> dict[str, Any]:
    """Read when a page shows it, and not outside a demonstration."""
    if not settings.ENVIRONMENT.demonstration:
        return {}
    return {"simulation": SimpleLazyObject(lambda: shown(settings.CLOCK.now()))}


def shown(now: datetime) -> dict[str, Any] | None:
    """The speed as it is: stopped once its time is over."""
    row = Simulation.objects.order_by("id").first()
    if row is None:
        return None
    speed = "stopped" if row.pace(now) is None and row.speed != "paused" else row.speed
    return {"speed": speed, "until": row.until, "runs": speed in ("normal", "fast")}
