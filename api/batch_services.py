"""Puts runs over all pairs together: the same models, registry and startups as single answers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data.run_folder import RunFolder
from matcher.domain.matches import Criterion, ModelIds
from matcher.ports import Executor, SeparableRanker, Transactions
from matcher.ranking.board import Board
from matcher.services.rerank_all import RerankAll
from matcher.services.stored_sides import StoredSides

CRITERIA = tuple(criterion.value for criterion in Criterion)


@dataclass(frozen=True)
class BatchServices:
    """What a run needs of the services."""

    transactions: Transactions
    board: Callable[[], Board]
    ranker: SeparableRanker
    models: ModelIds
    folder: Path  # where runs are kept unless another one is asked for

    def files(self, folder: Path | None = None) -> RunFolder:
        return RunFolder(folder or self.folder, CRITERIA)

    def rerank(self, executor: Executor, folder: Path | None = None) -> RerankAll:
        return RerankAll(
            sides=StoredSides(self.transactions, self.board, self.models.reader),
            ranker=self.ranker,
            models=self.models,
            files=self.files(folder),
            executor=executor,
        )
