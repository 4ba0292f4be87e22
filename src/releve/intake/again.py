"""Begins a transaction again that met another one head-on. PostgreSQL ends one of the two; the other goes through."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

P = ParamSpec("P")
R = TypeVar("R")
HEAD_ON = ("40P01", "40001")  # deadlock, serialization failure (SQLSTATE)
MOST = 5


def again(function: Callable[P, R]) -> Callable[P, R]:
    """For functions that are one whole transaction, and whose arguments outlive it unchanged."""

    @wraps(function)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(MOST - 1):
            try:
                return function(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or not _head_on(error):
                    raise
        return function(*args, **kwargs)

    return tried


def _head_on(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in HEAD_ON
