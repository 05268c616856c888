"""The most memory that this process held for itself, files that it has mapped left out: the system may drop those."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STATUS = Path("/proc/self/status")
EVERY_S = 0.02


@dataclass
class Most:
    """In MB; NaN where the system does not say."""

    mb: float = float("nan")


@contextmanager
def most_own_memory() -> Iterator[Most]:
    """Looks now and then while the block runs."""
    most, done = Most(), threading.Event()

    def look() -> None:
        while True:
            most.mb = max(own_mb(), most.mb)  # a comparison with NaN is false: the first one wins
            if done.wait(EVERY_S):
                return

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def own_mb() -> float:
    """What is not mapped from a file; NaN where the system does not say."""
    if not STATUS.exists():
        return float("nan")
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon:")), float("nan"))
