"""The registry as every request sees it: read once, read again when the stored version has changed."""

import time
from collections.abc import Callable
from threading import Lock

from matcher.domain.registry import Registry, RegistryVersion
from matcher.ports import Transactions

SECONDS_BETWEEN_CHECKS = 0.5  # so that a change is in every process within a second, reading it included


class RegistrySnapshot:
    """Calling it gives the registry; the store is asked at most twice a second whether it has changed.

    While one thread looks, the others go on with what is known, unless this process has written meanwhile: what it
    has answered as written, its next answer shows.
    """

    def __init__(
        self,
        transactions: Transactions,
        clock: Callable[[], float] = time.monotonic,
        own_writes: Callable[[], int] = lambda: 0,
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._own_writes = own_writes
        self._seen_writes = 0
        self._lock = Lock()
        self._registry: Registry | None = None
        self._checked_at = 0.0

    def __call__(self) -> Registry:
        """Raises StoreNotReady where the store is empty."""
        known = self._recent()
        if known is not None:
            return known
        known = self._registry
        if not self._lock.acquire(blocking=known is None or self._own_writes() != self._seen_writes):
            return known if known is not None else self()
        try:
            own_writes = self._own_writes()  # asked first: what is written from now on is looked for again
            self._registry = self._current(self._registry)
            self._checked_at = self._clock()
            self._seen_writes = own_writes
            return self._registry
        finally:
            self._lock.release()

    def recent_version(self) -> RegistryVersion | None:
        """The version that calling it would now give without asking the store; None where it would ask."""
        known = self._recent()
        return None if known is None else known.version

    def _recent(self) -> Registry | None:
        """What is known, where the store need not be asked."""
        if self._own_writes() != self._seen_writes or self._clock() - self._checked_at >= SECONDS_BETWEEN_CHECKS:
            return None
        return self._registry

    def _current(self, known: Registry | None) -> Registry:
        with self._transactions() as unit:
            if known is not None and unit.registry_version() == known.version:
                return known
            return unit.registry()
