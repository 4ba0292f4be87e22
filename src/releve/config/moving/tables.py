"""Every table of an installation, found by asking Django: a new model cannot be forgotten."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Field, JSONField, Model

Table = type[Model]
AT_ONCE = 1000  # rows
RANGES = BaseDatabaseOperations.integer_field_ranges  # PostgreSQL's; SQLite minds none
NOT_CARRIED = {"django_migrations"}  # each database writes its own
MADE_BY_MIGRATIONS: tuple[Table, ...] = (ContentType, Permission)


class Unfit(ValueError):
    """PostgreSQL cannot hold this value as it stands. Says where it is, never what."""

    def __init__(self, row: Model, field: "Field[Any, Any]", why: str) -> None:
        super().__init__(f"{row._meta.db_table}, row {row.pk}, {field.column}: {why}")


def every() -> list[Table]:
    """The tables, each after those that its rows must refer to."""
    tables = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return list(TopologicalSorter({table: _needed(table) for table in tables}).static_order())


def _needed(table: Table) -> set[Table]:
    fields = (f for f in table._meta.concrete_fields if f.is_relation and not f.null)
    return {f.related_model for f in fields if isinstance(f.related_model, type)} - {table}


def unclaimed(database: str) -> list[str]:
    """Tables there that no model of this version claims."""
    known = {table._meta.db_table for table in every()} | NOT_CARRIED
    return sorted(set(connections[database].introspection.table_names()) - known)


def holding(database: str) -> list[str]:
    """Tables there that hold rows which migrations did not make."""
    there = set(connections[database].introspection.table_names())
    ours = [t for t in every() if t not in MADE_BY_MIGRATIONS and t._meta.db_table in there]
    return [t._meta.db_table for t in ours if t._base_manager.using(database).exists()]


def carry(table: Table, source: str, target: str) -> tuple[int, str]:
    """Copies the rows in chunks; how many, and the digest of what was read. Raises Unfit."""
    table._base_manager.using(target).all()._raw_delete(target)
    read = _Digest()
    rows = read.passing(fit(row) for row in _rows(table, source))
    while chunk := list(islice(rows, AT_ONCE)):
        table._base_manager.using(target).bulk_create(chunk)
    return read.told()


def digest(table: Table, database: str) -> tuple[int, str]:
    """How many rows there are, and a SHA-256 over all they hold: the same on both databases."""
    read = _Digest()
    for _ in read.passing(_rows(table, database)):
        pass
    return read.told()


def unfit(table: Table, database: str) -> Iterator[Unfit]:
    for row in _rows(table, database):
        try:
            fit(row)
        except Unfit as error:
            yield error


def reset_sequences(target: str) -> None:
    """The next number of each table comes after those carried over."""
    connection = connections[target]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), every()):
            cursor.execute(statement)


def _rows(table: Table, database: str) -> Iterable[Model]:
    return table._base_manager.using(database).order_by("pk").iterator(chunk_size=AT_ONCE)


def fit(row: Model) -> Model:
    """The row, when PostgreSQL can hold it: SQLite minds neither the length of a text nor the size of a number."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, JSONField):
            _whole(row, field, json.dumps(value, ensure_ascii=False))
            if "\\u0000" in json.dumps(value):
                raise Unfit(row, field, "holds a NUL character")
        elif isinstance(value, str):
            _whole(row, field, value)
            if field.max_length is not None and len(value) > field.max_length:
                raise Unfit(row, field, f"has {len(value)} characters, {field.max_length} at most")
        elif isinstance(value, int) and not isinstance(value, bool):
            low, high = RANGES.get(field.get_internal_type(), (value, value))
            if not low <= value <= high:
                raise Unfit(row, field, f"is a number out of range, {low} to {high}")
    return row


def _whole(row: Model, field: "Field[Any, Any]", text: str) -> None:
    if "\0" in text:
        raise Unfit(row, field, "holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unfit(row, field, "holds half a character") from None


class _Digest:
    """Counts and hashes rows on their way."""

    def __init__(self) -> None:
        self.count, self.hash = 0, hashlib.sha256()

    def passing(self, rows: Iterable[Model]) -> Iterator[Model]:
        for row in rows:
            values = [getattr(row, field.attname) for field in row._meta.concrete_fields]
            self.hash.update(json.dumps(values, sort_keys=True, default=_plain).encode() + b"\n")
            self.count += 1
            yield row

    def told(self) -> tuple[int, str]:
        return self.count, self.hash.hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, UUID):
        return value.hex
    raise TypeError(f"no canonical form for {type(value).__name__}")
