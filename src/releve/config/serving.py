"""Who is at work in a data folder. Processes that may write there share a lock file; a move wants the folder alone.
The kernel gives a lock back when its process ends, however it ends."""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

LOCK, MOVED = "serving.lock", "moved"
PATIENCE, PAUSE = 1.0, 0.05  # seconds: `releve move --check` takes the lock for an instant
LOCKS = Path("/proc/locks")  # Linux; elsewhere nobody is named
_held: list[int] = []  # until this process ends


class Busy(RuntimeError):
    """The folder is being used in a way that this process may not disturb; the sentence says how."""


def attend(folder: Path) -> None:
    """This process serves, or writes. Raises Busy while the installation is being moved."""
    end = time.monotonic() + PATIENCE
    while not _lock(folder, fcntl.LOCK_SH):
        if time.monotonic() > end:
            raise Busy("this installation is being moved to another database: wait until it is done")
        time.sleep(PAUSE)


def alone(folder: Path) -> None:
    """Nobody else serves or writes until this process ends. Raises Busy."""
    if not _lock(folder, fcntl.LOCK_EX):
        raise Busy(in_use(folder))


def in_use(folder: Path) -> str:
    """Why a move could not begin now, and what to do; empty when nobody is at work there. Keeps nothing locked."""
    with suppress(FileNotFoundError), (folder / LOCK).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = _holders(os.fstat(file.fileno()).st_ino)
            return f"another process serves this installation or writes to it{who}: stop it first, then begin again"
    return ""


def moved_to(folder: Path) -> str:
    """Where the embedded database of this folder was moved, without the password; empty when it was not."""
    try:
        return (folder / MOVED).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def note_moved(folder: Path, where: str) -> None:
    (folder / MOVED).write_text(f"{where}\n", encoding="utf-8")


def _lock(folder: Path, kind: int) -> bool:
    """Until this process ends; False when others are in the way."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    _held.append(descriptor)
    return True


def _holders(inode: int) -> str:
    """(process 41, 57), as far as the kernel tells. Lines are « 1: FLOCK ADVISORY READ 41 08:02:1835 0 EOF »."""
    try:
        rows = [line.split() for line in LOCKS.read_text(encoding="ascii").splitlines()]
    except OSError:
        return ""
    found = sorted({int(row[4]) for row in rows if row[1] == "FLOCK" and row[5].endswith(f":{inode}")} - {0})
    return f" (process {', '.join(map(str, found))})" if found else ""
