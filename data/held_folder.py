"""A folder that one process works in at a time, in which every file is whole or is not there."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from matcher.domain.errors import RunInProgress, StoreFull

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # the last where a limit is set on files
OWNER_ALONE = stat.S_IRWXU
UNFINISHED = ".unfinished-"


@contextmanager
def held_folder(folder: Path, rooms: Sequence[str]) -> Iterator[None]:
    """Nobody else works here meanwhile. A process that ends in any way has let go of it.

    Args:
        folder: made where it is not there, readable by its owner alone.
        rooms: folders in it, made likewise.

    Raises:
        RunInProgress: another process works here.
        StoreFull: there is no room left.
    """
    with _no_room_said():
        for name in (".", *rooms):
            (folder / name).mkdir(mode=OWNER_ALONE, parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise RunInProgress(
                "Another run is going on in {folder}: process {owner}. Wait until it is done, or stop it.",
                folder=str(folder),
                owner=lock.read().strip() or "?",
            ) from None
        with _no_room_said():
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield
            lock.truncate(0)


def write_whole(path: Path, content: bytes) -> None:
    """Under its name only when all of it is on the disk."""
    part = path.with_name(f"{UNFINISHED}{path.name}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync(path.parent)


def sync(path: Path) -> None:
    """What was written of a file, or into a folder, is on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _no_room_said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        raise StoreFull("The disk is full; the lists of the last run are as they were.") from error
