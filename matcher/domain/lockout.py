"""How long one must wait after attempts to sign in that failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.credentials import Failures

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Some attempts are free; each further one waits twice as long as the one before."""

    free: int
    first_wait: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(minutes=15)

    def wait(self, failures: Failures | None, now: datetime) -> timedelta:
        """How long until the next attempt; zero or less means now."""
        if failures is None or failures.n < self.free or now - failures.last_at > FORGOTTEN_AFTER:
            return timedelta()
        doublings = min(failures.n - self.free, 20)  # beyond that it is the longest anyway
        return min(self.first_wait * (1 << doublings), self.longest_wait) - (now - failures.last_at)


def one_more(failures: Failures | None, now: datetime) -> Failures:
    is_in_a_row = failures is not None and now - failures.last_at <= FORGOTTEN_AFTER
    return Failures(n=failures.n + 1 if failures is not None and is_in_a_row else 1, last_at=now)


def one_less(failures: Failures | None) -> Failures | None:
    """Taken back, because the attempt succeeded; None where nothing remains."""
    return None if failures is None or failures.n <= 1 else Failures(n=failures.n - 1, last_at=failures.last_at)
