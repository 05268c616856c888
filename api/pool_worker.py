"""What a process of a pool does: it maps what all share, works, and ends with the process that started it."""

import os
import signal
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread
from typing import Any

from api.shared_file import read_shared

ORPHANED = 3  # exit code
_shared: list[Any] = []  # the work and what it needs, once for this process


def begin(path: str, parent: int) -> None:
    """Called once in each process: Ctrl-C is for the parent alone, and a parent that is killed takes this along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    _shared[:] = read_shared(Path(path))


def do(task: Any) -> Any:  # noqa: ANN401 - whatever the work takes and gives
    work, shared = _shared
    return work(shared, task)


def _end_with_parent(parent: int) -> None:
    started_by = parent_process()
    if started_by is not None and os.getppid() == parent:
        started_by.join()
    os._exit(ORPHANED)
