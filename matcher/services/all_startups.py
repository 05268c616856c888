"""Every startup that can be listed, as arrays: read once, afterwards only what has changed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np

from matcher.domain.ids import StartupId
from matcher.domain.startup_records import ListedStartup, StartupChanges
from matcher.ports import Embeddings, Transactions, UnitOfWork

SECONDS_BETWEEN_CHECKS = 0.5


@dataclass(frozen=True)
class ListedStartups:
    """A snapshot: nothing in it changes; a change in the store makes a new one."""

    changes: StartupChanges
    by_id: dict[StartupId, ListedStartup] = field(default_factory=dict)

    @cached_property
    def startups(self) -> tuple[ListedStartup, ...]:
        """In the order of their ids."""
        return tuple(self.by_id[one] for one in sorted(self.by_id))

    @cached_property
    def embeddings(self) -> Embeddings:
        """Of the whole texts, shape (n_startups, n_dims), in the same order."""
        rows = [startup.profile.embedding for startup in self.startups]
        return np.stack(rows) if rows else np.zeros((0, 0), np.float32)

    def __len__(self) -> int:
        return len(self.by_id)


class AllStartups:
    """Calling it gives the snapshot; the store is asked at most twice a second whether anything has changed.

    Startups that another reader read are left out until they are read anew: their numbers do not compare.
    While one thread looks, the others go on with what is known, unless this process has written meanwhile.
    """

    def __init__(
        self,
        transactions: Transactions,
        reader_id: str,
        clock: Callable[[], float] = time.monotonic,
        own_writes: Callable[[], int] = lambda: 0,
    ) -> None:
        self._transactions = transactions
        self._reader_id = reader_id
        self._clock = clock
        self._own_writes = own_writes
        self._seen_writes = 0
        self._lock = Lock()
        self._known: ListedStartups | None = None
        self._checked_at = 0.0

    def __call__(self) -> ListedStartups:
        known = self._known
        wrote = self._own_writes() != self._seen_writes
        if known is not None and not wrote and self._clock() - self._checked_at < SECONDS_BETWEEN_CHECKS:
            return known
        if not self._lock.acquire(blocking=known is None or wrote):
            return known if known is not None else self()
        try:
            own_writes = self._own_writes()  # asked first: what is written from now on is looked for again
            self._known = self._current(self._known)
            self._checked_at = self._clock()
            self._seen_writes = own_writes
            return self._known
        finally:
            self._lock.release()

    def forget_erased(self) -> None:
        """Look now, where anything is known: a process that nobody asks must not go on holding what was erased."""
        if self._known is not None:
            self._checked_at = -SECONDS_BETWEEN_CHECKS
            self()

    def _current(self, known: ListedStartups | None) -> ListedStartups:
        with self._transactions() as uow:  # a counter that went back is that of an older, restored store
            changes = uow.startups.changes()
            if known is not None and changes == known.changes:
                return known
            if known is None or changes.erased > known.changes.last or changes.last < known.changes.last:
                return self._changed(uow, ListedStartups(StartupChanges()), changes)
            return self._changed(uow, known, changes)

    def _changed(self, uow: UnitOfWork, known: ListedStartups, changes: StartupChanges) -> ListedStartups:
        by_id = dict(known.by_id)
        for block in uow.startups.changed_since(known.changes.last):
            for one in block:
                by_id.pop(one.id, None)
                if one.listed is not None and one.listed.reader_id == self._reader_id:
                    by_id[one.id] = one.listed
        return ListedStartups(changes, by_id)
