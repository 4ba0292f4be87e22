"""Who is at work in a data folder. Processes that serve share a lock file; a move wants the folder for itself. The
kernel gives a lock back when its process ends, however it ends."""

import fcntl
import os
from pathlib import Path

LOCK, MOVED = "serving.lock", "moved"
_held: list[int] = []  # until this process ends


class Busy(RuntimeError):
    """The folder is being used in a way that this process may not disturb; the sentence says how."""


def attend(folder: Path) -> None:
    """This process serves. Raises Busy while the installation is being moved."""
    _lock(folder, fcntl.LOCK_SH, "this installation is being moved to another database: wait until it is done")


def alone(folder: Path) -> None:
    """Nobody else serves until this process ends. Raises Busy."""
    _lock(
        folder, fcntl.LOCK_EX,
        "another process serves this installation (releve serve, web, work, demo or simulate): stop it first",
    )  # fmt: skip


def moved_to(folder: Path) -> str:
    """Where the embedded database of this folder was moved, without the password; empty when it was not."""
    try:
        return (folder / MOVED).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def note_moved(folder: Path, where: str) -> None:
    (folder / MOVED).write_text(f"{where}\n", encoding="utf-8")


def _lock(folder: Path, kind: int, why_not: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Busy(why_not) from None
    _held.append(descriptor)
