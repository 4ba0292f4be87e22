"""The rule that no two allocations of one place overlap, as the database itself keeps it.

PostgreSQL 15 to 18 without extensions: an exclusion constraint over range types. SQLite: triggers that abort the
statement, which Django reports as an IntegrityError like any broken constraint.
"""

from typing import Any

POSTGRESQL = """
ALTER TABLE practice_allocation ADD CONSTRAINT allocation_no_overlap EXCLUDE USING gist (
    int8range(schedule_id, schedule_id, '[]') WITH =,
    int4range(place, place, '[]') WITH =,
    tstzrange(start, "end") WITH &&
)
"""
SQLITE = """
CREATE TRIGGER allocation_no_overlap_{event} BEFORE {event} ON practice_allocation
WHEN EXISTS (
    SELECT 1 FROM practice_allocation taken
    WHERE taken.schedule_id = NEW.schedule_id AND taken.place = NEW.place AND taken.id IS NOT NEW.id
      AND taken.start < NEW."end" AND NEW.start < taken."end"
)
BEGIN SELECT RAISE(ABORT, 'allocation_no_overlap'); END
"""


def create(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(SQLITE.format(event=event))


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE practice_allocation DROP CONSTRAINT allocation_no_overlap")
        return
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(f"DROP TRIGGER allocation_no_overlap_{event}")


def renew(apps: Any, schema_editor: Any) -> None:
    """After a change of the table: SQLite makes it anew, without its triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS allocation_no_overlap_{event}")
        create(apps, schema_editor)
