"""The one clock: the system's, or a frozen one for `front-desk`, tests and replays."""

from datetime import UTC, datetime


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the Clock itself


class FrozenClock:
    """Stands still until it is set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def clock(frozen_at: str = "") -> SystemClock | FrozenClock:
    """The system's, or one that stands at a moment given in ISO 8601 with its offset."""
    return FrozenClock(datetime.fromisoformat(frozen_at).astimezone(UTC)) if frozen_at else SystemClock()
