"""One run at a time for a store: a lock on this machine, and a lease for all machines that share the store.

The lock is let go of with the process that holds it, however it ends. The lease belongs to the folder of runs, so that
who goes on after a crash in the same folder need not wait until it expires.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from data.held_folder import held_folder, write_whole
from data.leases import SqlLeases
from matcher.domain.errors import RunInProgress, StoreNotReady

JOB = "run"
SECONDS_BETWEEN_RENEWALS = 30.0  # of a lease of two minutes
AT_ANY_TIME = timedelta(0)


@dataclass
class HeldTurn:
    """Its lease is renewed by a thread of its own, since a block may take longer than a lease."""

    leases: SqlLeases
    holder: str
    now: Callable[[], datetime]
    seconds_between_renewals: float
    is_lost: bool = False

    @contextmanager
    def renewed(self) -> Iterator[None]:
        over = Event()
        thread = Thread(target=self._renew, args=(over,), name="turn", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _renew(self, over: Event) -> None:
        while not over.wait(self.seconds_between_renewals):
            with suppress(StoreNotReady):  # tried again long before it expires
                if not self.leases.take(JOB, self.holder, every=AT_ANY_TIME, now=self.now()):
                    self.is_lost = True
                    return


@dataclass(frozen=True)
class RunTurns:
    """Turns to run in one folder."""

    folder: Path
    leases: SqlLeases
    now: Callable[[], datetime]
    seconds_between_renewals: float = SECONDS_BETWEEN_RENEWALS

    @contextmanager
    def __call__(self) -> Iterator[HeldTurn]:
        with held_folder(self.folder, ()):
            turn = HeldTurn(self.leases, self._holder(), self.now, self.seconds_between_renewals)
            if not self.leases.take(JOB, turn.holder, every=AT_ANY_TIME, now=self.now()):
                raise RunInProgress("Another run of this store is going on. Wait until it is done, or cancel it.")
            try:
                with turn.renewed():
                    yield turn
            finally:
                if not turn.is_lost:
                    with suppress(StoreNotReady):  # it expires by itself
                        self.leases.give_back(JOB, turn.holder, done_at=None)

    def _holder(self) -> str:
        """A name for this folder, the same after a restart."""
        file = self.folder / "holder"
        if not file.is_file():
            write_whole(file, secrets.token_hex(16).encode())
        return file.read_text(encoding="ascii")
