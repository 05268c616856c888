"""Runs as an office or an administrator asks for them, looks at them and cancels them."""

from collections.abc import Callable
from dataclasses import dataclass

from matcher.domain.accounts import Actor
from matcher.domain.permissions import Action, require
from matcher.domain.run_records import RunId, RunRecord, RunWish
from matcher.services.read_runs import ReadRuns
from matcher.services.recorded_runs import RecordedRuns


@dataclass(frozen=True)
class AskedRuns:
    """Each call raises SignInNeeded or NotAllowed where who asks may not."""

    runs: RecordedRuns
    read: ReadRuns
    wake: Callable[[], None]  # whoever does what waits

    def start(self, actor: Actor, wish: RunWish) -> RunRecord:
        """A run that waits for its turn; it is begun within a minute, here at once.

        Raises:
            RunInProgress: another one waits, or is at work.
            InvalidField: a number is out of range.
        """
        run = self.runs.ask(wish, require(actor, Action.START_JOBS))
        self.wake()
        return run

    def latest(self, actor: Actor, limit: int) -> list[RunRecord]:
        """Newest first."""
        require(actor, Action.START_JOBS)
        return self.read.latest(limit)

    def one(self, actor: Actor, run_id: RunId) -> RunRecord:
        """Raises RunNotFound."""
        require(actor, Action.START_JOBS)
        return self.read.one(run_id)

    def cancel(self, actor: Actor, run_id: RunId) -> RunRecord:
        """Raises RunNotFound."""
        require(actor, Action.START_JOBS)
        return self.read.cancel(run_id)
