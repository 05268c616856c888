"""How long one must wait after attempts to sign in that failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.credentials import Failures

FORGOTTEN_AFTER = timedelta(days=1)
MOST_SKEW = timedelta(minutes=15)  # between the clocks of two machines; beyond it a clock was set back


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Some attempts are free; each further one waits twice as long as the one before."""

    free: int
    first_wait: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(minutes=15)

    def wait(self, failures: Failures | None, now: datetime) -> timedelta:
        """How long until the next attempt; zero or less means now."""
        if failures is None or failures.n < self.free or not _counts(failures, now):
            return timedelta()
        doublings = min(failures.n - self.free, 20)  # beyond that it is the longest anyway
        return min(self.first_wait * (1 << doublings), self.longest_wait) - max(now - failures.last_at, timedelta())


def one_more(failures: Failures | None, now: datetime) -> Failures:
    return Failures(n=failures.n + 1 if failures is not None and _counts(failures, now) else 1, last_at=now)


def one_less(failures: Failures | None) -> Failures | None:
    """Taken back, because the attempt succeeded; None where nothing remains."""
    return None if failures is None or failures.n <= 1 else Failures(n=failures.n - 1, last_at=failures.last_at)


def _counts(failures: Failures, now: datetime) -> bool:
    return -MOST_SKEW <= now - failures.last_at <= FORGOTTEN_AFTER
