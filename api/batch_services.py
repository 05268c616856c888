"""Puts runs over all pairs together: the same models, registry and startups as single answers."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from api.executors import LocalExecutor
from api.responses import PROGRAM
from data.run_folder import RunFolder
from data.run_results import ParquetResults
from matcher.domain.matches import Criterion, ModelIds
from matcher.domain.reranking_runs import Reranked, RerankOrder, RerankProgress
from matcher.domain.run_limits import DEFAULT_BLOCK
from matcher.domain.run_records import RunId
from matcher.ports import Executor, SeparableRanker, Transactions, Turns
from matcher.ranking.board import Board
from matcher.services.asked_runs import AskedRuns
from matcher.services.compare_runs import CompareRuns
from matcher.services.find_handovers import FindHandovers
from matcher.services.read_runs import ReadRuns
from matcher.services.recorded_runs import RecordedRuns
from matcher.services.rerank_all import RerankAll, Sides
from matcher.services.see_handovers import SeeHandovers
from matcher.services.seen_sides import SeenSides
from matcher.services.served_lists import ServedLists
from matcher.services.stored_sides import StoredSides

CRITERIA = tuple(criterion.value for criterion in Criterion)
ID_BYTES = 6


@dataclass(frozen=True)
class How:
    """How a run is computed; no list depends on it."""

    executor: Executor
    block: int = DEFAULT_BLOCK
    fresh: bool = False


@dataclass(frozen=True)
class _Rerank:
    """A run in one way."""

    rerank: RerankAll
    how: How

    def __call__(
        self,
        order: RerankOrder,
        *,
        told: Callable[[RerankProgress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Reranked:
        order = replace(order, block=self.how.block)
        return self.rerank(order, told=told, stop=stop, fresh=self.how.fresh)


@dataclass(frozen=True)
class BatchServices:
    """What a run needs of the services."""

    transactions: Transactions
    board: Callable[[], Board]
    ranker: SeparableRanker
    models: ModelIds
    folder: Path  # where runs are kept unless another one is asked for
    turns: Turns
    n_kept: int = 5
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    today: Callable[[], date] = date.today

    def files(self, folder: Path | None = None) -> RunFolder:
        return RunFolder(folder or self.folder, CRITERIA)

    def rerank(self, executor: Executor, folder: Path | None = None) -> RerankAll:
        """A run without a record: the store is read, and nothing is written into it."""
        return self._rerank(executor, self._sides(), folder)

    def recorded(self, how: How | None = None) -> RecordedRuns:
        """Runs with a record each, whose lists are served."""
        how = how or How(LocalExecutor())
        seen = SeenSides(self._sides(), self.board)
        return RecordedRuns(
            transactions=self.transactions,
            rerank=_Rerank(self._rerank(how.executor, seen, None), how),
            seen=seen,
            results=ParquetResults(self.folder),
            find_handovers=FindHandovers(self.transactions, self.board, self.ranker, self.models.reader),
            turns=self.turns,
            new_id=lambda: RunId(secrets.token_hex(ID_BYTES)),
            program=PROGRAM,
            n_kept=self.n_kept,
            now=self.now,
            today=self.today,
        )

    def asked(self, wake: Callable[[], None]) -> AskedRuns:
        return AskedRuns(self.recorded(), self.read, wake)

    @property
    def read(self) -> ReadRuns:
        return ReadRuns(self.transactions, self.now)

    @property
    def compare(self) -> CompareRuns:
        return CompareRuns(self.transactions)

    @property
    def handovers(self) -> SeeHandovers:
        return SeeHandovers(self.transactions)

    @property
    def served(self) -> ServedLists:
        return ServedLists(self.transactions)

    def _sides(self) -> StoredSides:
        return StoredSides(self.transactions, self.board, self.models.reader)

    def _rerank(self, executor: Executor, sides: Callable[[RerankOrder], Sides], folder: Path | None) -> RerankAll:
        return RerankAll(
            sides=sides,
            ranker=self.ranker,
            models=self.models,
            files=self.files(folder),
            executor=executor,
        )
