"""Startups whose texts wait to be read anew: counted by every process, read in the background by one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from api.metrics import Metrics
from api.scheduler import Job
from matcher.domain.ids import StartupId
from matcher.services.reread_startups import RereadStartups

AT_ONCE = 2  # texts: a step is over within a fifth of a second
EVERY = timedelta(seconds=30)


@dataclass
class UnreadStartups:
    """They are in no list until they are read: after another reader is in force, or an older store was restored."""

    reread: RereadStartups
    metrics: Metrics
    n: int | None = field(default=None, init=False)  # as last counted
    _after: StartupId | None = field(default=None, init=False)

    def job(self) -> Job:
        return Job(name="reread", every=EVERY, step=self.step, is_wanted=self.count)

    def count(self, now: datetime) -> bool:
        """Whether there are any as of now."""
        self.n = self.reread.waiting(now=now)
        self.metrics.unread(self.n)
        return self.n > 0

    def step(self, now: datetime) -> bool:
        """Read some; whether there may be more. What cannot be read is passed over until all others are."""
        some = self.reread.next(now=now, after=self._after, limit=AT_ONCE)
        if not some:
            self._after = None
            self.count(now)
            return False
        self._after = some[-1].id
        self.reread.keep(some, now=now)
        if self.n:
            self.n = max(0, self.n - len(some))
            self.metrics.unread(self.n)
        return True
