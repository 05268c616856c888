"""The registry as every request sees it: read once, read again when the stored version has changed."""

import time
from collections.abc import Callable
from threading import Lock

from matcher.domain.registry import Registry, RegistryVersion
from matcher.ports import Transactions

SECONDS_BETWEEN_CHECKS = 0.5  # so that a change is in every process within a second, reading it included


class RegistrySnapshot:
    """Calling it gives the registry; the store is asked at most twice a second whether it has changed.

    While one thread looks, the others go on with what is known.
    """

    def __init__(self, transactions: Transactions, clock: Callable[[], float] = time.monotonic) -> None:
        self._transactions = transactions
        self._clock = clock
        self._lock = Lock()
        self._registry: Registry | None = None
        self._checked_at = 0.0

    def __call__(self) -> Registry:
        """Raises StoreNotReady where the store is empty."""
        known = self._registry
        if known is not None and self._clock() - self._checked_at < SECONDS_BETWEEN_CHECKS:
            return known
        if not self._lock.acquire(blocking=known is None):
            return known if known is not None else self()
        try:
            self._registry = self._current(self._registry)
            self._checked_at = self._clock()
            return self._registry
        finally:
            self._lock.release()

    def recent_version(self) -> RegistryVersion | None:
        """The version that calling it would now give without asking the store; None where it would ask."""
        known = self._registry
        if known is None or self._clock() - self._checked_at >= SECONDS_BETWEEN_CHECKS:
            return None
        return known.version

    def _current(self, known: Registry | None) -> Registry:
        with self._transactions() as unit:
            if known is not None and unit.registry_version() == known.version:
                return known
            return unit.registry()
