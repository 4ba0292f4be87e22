"""Messages and states to JSON and back, from their dataclass definitions alone."""

import dataclasses
import types
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> Any:
    """A JSON value; datetimes and dates as ISO 8601, dataclasses as objects without their default fields."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [encode(v) for v in value]
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value) if not _left_out(value, f)}
    return value


def decode(cls: type[T], data: Any) -> T:
    """The object of that type; unknown keys are ignored so that an older state can still be read."""
    return _decode(cls, data)  # type: ignore[no-any-return]


def _left_out(value: Any, f: dataclasses.Field[Any]) -> bool:
    """Defaults, and secrets: a password is in no event and in no ledger."""
    return bool(f.metadata.get("secret")) or _is_default(value, f)


def _is_default(value: Any, f: dataclasses.Field[Any]) -> bool:
    here = getattr(value, f.name)
    if f.default is not dataclasses.MISSING:
        return bool(here == f.default)
    return f.default_factory is not dataclasses.MISSING and bool(here == f.default_factory())


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _decode(hint: Any, data: Any) -> Any:
    if data is None or hint is Any:
        return data
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _decode(next(a for a in get_args(hint) if a is not type(None)), data)
    if origin is tuple:
        return tuple(_decode(get_args(hint)[0], v) for v in data)
    if origin in (dict, Literal):
        return data
    if isinstance(hint, type):
        return _decode_class(hint, data)
    return data


def _decode_class(cls: type, data: Any) -> Any:
    if dataclasses.is_dataclass(cls):
        hints = _hints(cls)
        return cls(**{f.name: _decode(hints[f.name], data[f.name]) for f in dataclasses.fields(cls) if f.name in data})
    if issubclass(cls, datetime | date):
        return cls.fromisoformat(data)
    if issubclass(cls, Enum):
        return cls(data)
    return data
