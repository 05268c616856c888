"""How often one may ask for recommendations: counted by address, or by account for whoever has signed in."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

from limits import RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from matcher.domain.errors import TooMany

SWEPT_AT = 10_000  # subjects known at once, from which on those whose minute is over are looked for


class WindowCounts(Storage):
    """Counts within this process; without the thread that the library's own storage starts with every count."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._clock = clock
        self._lock = Lock()
        self._counts: dict[str, tuple[int, float]] = {}  # by key: how many, and until when they count

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = self._clock()
        with self._lock:
            if len(self._counts) >= SWEPT_AT:
                self._counts = {one: kept for one, kept in self._counts.items() if kept[1] > now}
            n, until = self._counts.get(key, (0, 0.0))
            if until <= now:
                n, until = 0, now + expiry
            self._counts[key] = n + amount, until
            return n + amount

    def get(self, key: str) -> int:
        n, until = self._counts.get(key, (0, 0.0))
        return n if until > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        return self._counts.get(key, (0, self._clock()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            n = len(self._counts)
            self._counts.clear()
            return n

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)


@dataclass
class Asks:
    """Counts who asks; each process counts for itself."""

    clock: Callable[[], float] = time.time
    _limiter: FixedWindowRateLimiter = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(WindowCounts(self.clock))

    def count(self, subject: str, per_minute: int) -> None:
        """Raises TooMany where this one is one more than `per_minute`; 0 lets everything through."""
        if not per_minute:
            return
        limit = RateLimitItemPerMinute(per_minute)
        if self._limiter.hit(limit, subject):
            return
        wait_s = self._limiter.get_window_stats(limit, subject).reset_time - self.clock()
        raise TooMany("Too many requests; try again in {seconds} seconds.", retry_after_s=max(1, ceil(wait_s)))
