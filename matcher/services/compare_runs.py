"""What differs between two runs whose lists are kept."""

from dataclasses import dataclass

from matcher.domain.errors import RunNotFound
from matcher.domain.run_differences import Comparison, RunDifference
from matcher.domain.run_records import RunId, RunRecord
from matcher.ports import Transactions, UnitOfWork


def compared(uow: UnitOfWork, before: RunRecord, after: RunRecord) -> RunDifference:
    """Both have their lists."""
    carriers = [uow.runs.carriers(run.id) for run in (before, after)]
    return Comparison(before, after, *carriers)(uow.runs.lists(before.id), uow.runs.lists(after.id))


@dataclass(frozen=True)
class CompareRuns:
    """The served run and the one before it, or any two."""

    transactions: Transactions

    def __call__(
        self, before: RunId | None = None, after: RunId | None = None
    ) -> tuple[RunRecord, RunRecord, RunDifference]:
        """The two runs, and what differs.

        Args:
            before: by default the run that was served before `after`.
            after: by default the run that is served.

        Raises:
            RunNotFound: there is no such run, or its lists are not kept.
        """
        with self.transactions() as uow:
            later = with_lists(uow, after or _served(uow))
            if before is None and later.previous is None:
                raise RunNotFound("Before the run {id} none was served.", id=later.id)
            earlier = with_lists(uow, before or later.previous or later.id)
            return earlier, later, compared(uow, earlier, later)


def with_lists(uow: UnitOfWork, run_id: RunId) -> RunRecord:
    """Raises RunNotFound where its lists are not kept."""
    run = uow.runs.get(run_id)
    if not run.lists_kept:
        raise RunNotFound("The lists of the run {id} are not kept.", id=run_id)
    return run


def _served(uow: UnitOfWork) -> RunId:
    run = uow.runs.served()
    if run is None:
        raise RunNotFound("No run is served yet.")
    return run.id
