"""Looks at runs, goes back to an earlier one, and cancels one that is not over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.errors import RunNotFound
from matcher.domain.run_records import RunId, RunRecord, RunState
from matcher.ports import Transactions
from matcher.services.compare_runs import with_lists


@dataclass(frozen=True)
class ReadRuns:
    """Records of one store."""

    transactions: Transactions
    now: Callable[[], datetime]

    def latest(self, limit: int) -> list[RunRecord]:
        """Newest first."""
        with self.transactions() as uow:
            return uow.runs.latest(limit)

    def one(self, run_id: RunId) -> RunRecord:
        """Raises RunNotFound."""
        with self.transactions() as uow:
            return uow.runs.get(run_id)

    def served(self) -> RunRecord | None:
        with self.transactions() as uow:
            return uow.runs.served()

    def roll_back(self, run_id: RunId | None = None) -> RunRecord:
        """Serve an earlier run again: by default the one that was served before.

        Raises:
            RunNotFound: there is no such run, or its lists are not kept.
        """
        with self.transactions() as uow:
            uow.lock()
            served = uow.runs.served()
            wanted = run_id or (None if served is None else served.previous)
            if wanted is None:
                raise RunNotFound("No run was served before.")
            uow.runs.serve(with_lists(uow, wanted).id, self.now())
            uow.commit()
            return uow.runs.get(wanted)

    def cancel(self, run_id: RunId) -> RunRecord:
        """A run that waits is over at once, one that is at work between two blocks; one that is over stays as it is.

        Raises:
            RunNotFound: there is no such run.
        """
        with self.transactions() as uow:
            uow.lock()
            run = uow.runs.get(run_id)
            if run.is_unfinished:
                uow.runs.ask_cancel(run_id, self.now())
            if run.state is RunState.WAITING:
                uow.runs.replace(run.ended(RunState.CANCELLED, self.now()))
            uow.commit()
            return uow.runs.get(run_id)
