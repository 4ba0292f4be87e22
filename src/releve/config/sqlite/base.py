"""Django's SQLite backend with one addition: a lock file beside the database, taken before each write transaction and
each write outside of one.

SQLite's own busy handler polls and is unfair (some writers wait seconds while others pass); a lock inside one
process does not cover `releve serve`'s two children. `flock` is fair enough, crosses processes, and is released by
the kernel when a process dies.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLAC")


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lock: int | None = None

    def create_cursor(self, name: str | None = None) -> "Cursor":
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.turn = self.turn
        return cursor

    @contextmanager
    def turn(self, query: str) -> Iterator[None]:
        """A write outside of a transaction waits for its turn too, and is one by itself."""
        if self.in_atomic_block or self._lock is not None or not query.lstrip()[:6].upper().startswith(WRITES):
            yield
            return
        self._acquire()
        try:
            yield
        finally:
            self._release()

    def _start_transaction_under_autocommit(self) -> None:
        self._acquire()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:  # whatever it is, the lock goes back
            self._release()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # a failed commit is rolled back by Django, which releases
        self._release()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._release()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._release()

    def _acquire(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._lock is not None or ":memory:" in name or "mode=memory" in name:
            return
        lock = os.open(f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        self._lock = lock

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


class Cursor(base.SQLiteCursorWrapper):
    turn: Any

    def execute(self, query: str, params: Any = None) -> Any:
        with self.turn(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.turn(query):
            return super().executemany(query, param_list)
