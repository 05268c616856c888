"""Recorded runs over made-up startups of a real store, each part of which a test can change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

from api.executors import LocalExecutor
from data.leases import SqlLeases
from data.run_folder import RunFolder
from data.run_results import ParquetResults
from data.run_turns import RunTurns
from data.unit_of_work import Store
from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.carriers import Carrier
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.matches import ModelIds
from matcher.domain.reranking_runs import Reranked, RerankOrder
from matcher.domain.run_records import RunId
from matcher.domain.startup_records import ReadStartup
from matcher.ports import SeparableRanker
from matcher.services.recorded_runs import RecordedRuns
from matcher.services.rerank_all import RerankAll, Sides
from matcher.services.seen_sides import SeenSides
from tests.accounts import Clock
from tests.batch import CRITERIA, DAY, MODELS
from tests.factories import NOW, a_read_profile, a_startup

OWNER = Account(id=AccountId("crowd"), login="crowd", role=Role.STARTUP, created_at=NOW)


def keep_startups(store: Store, ids: Sequence[str]) -> None:
    """Startups with these ids, all alike: what a run sees of them comes from elsewhere."""
    with store.transactions() as uow:
        uow.accounts.add(OWNER, "hash")
        read = a_read_profile(uow.registry().taxonomy, {"biomed.devices": 1.0}, "stage.seed")
        for one in ids:
            record = a_startup(id=StartupId(one), owner=OWNER.id)
            kept = {"content_hash": one, "reader_id": "reader", "read_in": "2026-11", "profile": read}
            uow.startups.put(record, ReadStartup(startup_id=record.id, **kept))
        uow.commit()


@dataclass
class Town:
    """What the next run will find, and where it is kept."""

    store: Store
    folder: Path
    ranker: SeparableRanker
    sides: Sides
    models: ModelIds = MODELS
    places_left: dict[str, int] = field(default_factory=dict)
    n_kept: int = 5
    clock: Clock = field(default_factory=Clock)
    error: Exception | None = None
    _n_runs: int = 0

    def runs(self, turns: RunTurns | None = None) -> RecordedRuns:
        seen = SeenSides(lambda _: self.sides, self._board)
        rerank = RerankAll(seen, self.ranker, self.models, RunFolder(self.folder, CRITERIA), LocalExecutor())

        def go(order: RerankOrder, **options: Callable) -> Reranked:
            if self.error:
                raise self.error
            return rerank(replace(order, block=16), **options)

        return RecordedRuns(
            transactions=self.store.transactions,
            rerank=go,
            seen=seen,
            results=ParquetResults(self.folder),
            find_handovers=lambda *_: [],
            turns=turns or self.turns(),
            new_id=self._new_id,
            program="0",
            n_kept=self.n_kept,
            now=self.clock,
            today=lambda: DAY,
        )

    def turns(self, name: str = "turn") -> RunTurns:
        return RunTurns(self.folder / name, SqlLeases(self.store), self.clock)

    def _new_id(self) -> RunId:
        self._n_runs += 1
        return RunId(f"run-{self._n_runs}")

    def _board(self) -> SimpleNamespace:
        def carrier(one: str) -> Carrier:
            return SimpleNamespace(id=CarrierId(one), places_left=self.places_left.get(one))

        return SimpleNamespace(carriers=[carrier(one) for one in self.sides.homes.ids])
