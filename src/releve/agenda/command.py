"""`releve slots`: JSON Lines in, one object a line out, in input order; a malformed line does not stop the
run.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from releve.agenda.availability import free_slots, free_windows
from releve.agenda.fields import BadInput
from releve.agenda.parse import SlotRequest, parse_request
from releve.agenda.zones import zone
from releve.core import jsonl

Answer = dict[str, object]


def run(lines: Iterable[str]) -> Iterator[Answer]:
    """One answer for each line that is not blank; `{"id", "error"}` for one that cannot be read.

    The caller prints them and ends with 1 if any has "error".
    """
    for line in lines:
        if line.strip():
            yield _answer(line)


def _answer(line: str) -> Answer:
    try:
        value = jsonl.read(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"not JSON: {error}"}
    name = value.get("id") if isinstance(value, dict) else None
    try:
        return {"id": name, **_slots(parse_request(value))}
    except BadInput as error:
        return {"id": name, "error": str(error)}


def _slots(request: SlotRequest) -> Answer:
    local = zone(request.timetables[0].schedule.timezone)
    start, end = request.asked.start, request.asked.end
    slots = free_slots(request.timetables, request.query, start, end, request.now)
    answer: Answer = {"slots": [_shown(slot, local) for slot in slots]}
    if request.windows:
        free = free_windows(request.timetables, start, end)
        answer["windows"] = [[_shown(window.start, local), _shown(window.end, local)] for window in free]
    return answer


def _shown(moment: datetime, local: ZoneInfo) -> str:
    """ISO 8601 to the second, with the offset of the zone."""
    return moment.replace(tzinfo=UTC).astimezone(local).isoformat()
