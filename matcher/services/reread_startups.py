"""Reads stored texts anew: after another reader is in force, and every month, since firms grow older."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.ids import StartupId
from matcher.domain.startup_records import StartupRecord
from matcher.ports import Transactions
from matcher.services.read_for_keeping import ReadForKeeping, month_of

AT_ONCE = 32  # texts read together and kept in one transaction: whoever stops it loses no more


@dataclass
class RereadStartups:
    """Can be stopped at any time: what was done stays done, and the next call goes on from there."""

    transactions: Transactions
    read: ReadForKeeping

    def __call__(self, *, now: datetime, told: Callable[[int], None] = lambda _: None) -> int:
        """How many were read.

        Args:
            now: ages are counted up to its day.
            told: called with the number of texts that were just done.
        """
        done = 0
        after: StartupId | None = None
        while some := self.next(now=now, after=after, limit=AT_ONCE):
            self.keep(some, now=now)
            done, after = done + len(some), some[-1].id
            told(len(some))
        return done

    def waiting(self, *, now: datetime) -> int:
        """How many are to be read."""
        with self.transactions() as uow:
            return uow.startups.count_to_reread(self.read.reader.id, month_of(now))

    def next(self, *, now: datetime, after: StartupId | None, limit: int) -> list[StartupRecord]:
        """The first of them behind `after`, in the order of their ids."""
        with self.transactions() as uow:
            return uow.startups.to_reread(self.read.reader.id, month_of(now), after=after, limit=limit)

    def keep(self, some: Sequence[StartupRecord], *, now: datetime) -> None:
        """Read these, and keep what was read, in one transaction."""
        reads = self.read([(record.id, record.draft.description) for record in some], now=now)
        with self.transactions() as uow:
            uow.lock()
            for record, read in zip(some, reads, strict=True):
                if uow.startups.is_at(record.id, record.version):  # else it was written, and so read, meanwhile
                    uow.startups.reread(read)
            uow.commit()
