"""Made-up startups and carriers for runs over all pairs, and what is changed about them."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from api.bench.generated import MadeUpStartups, made_up_homes
from api.bootstrap import build_services
from api.executors import LocalExecutor
from api.settings import Settings
from data.run_folder import RunFolder
from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.ids import StartupId
from matcher.domain.matches import Criterion, ModelIds
from matcher.domain.reranking_runs import Reranked, RerankOrder
from matcher.domain.startup_records import ReadStartup
from matcher.domain.taxonomy import Facet
from matcher.features.sides import AskerFacts, Askers, Homes
from matcher.features.tables import CarrierTable
from matcher.ports import Executor, SeparableRanker
from matcher.ranking.board import Board
from matcher.services.both_sides import side_keys, table_columns
from matcher.services.rerank_all import RerankAll, Sides
from tests.factories import NOW, a_read_profile, a_startup

DIMS = 384  # of the released encoder
DAY = date(2026, 11, 25)
MODELS = ModelIds(encoder="encoder", reader="reader", ranker="ranker")
CRITERIA = [criterion.value for criterion in Criterion]


@dataclass(frozen=True)
class Crowd:
    """All that could take part, of which a run sees some."""

    board: Board
    askers: Askers
    homes: Homes
    ranker: SeparableRanker

    def sides(self, startups: np.ndarray, carriers: np.ndarray) -> Sides:
        """Of those that take part, by row; pairs and parks of the others are left out."""
        place = np.full(len(self.homes), -1)
        place[carriers] = np.arange(len(carriers))
        askers = self.askers.rows(startups)
        facts = replace(
            askers.facts, park=np.where(askers.facts.park < 0, -1, place[askers.facts.park]).astype(np.int32)
        )
        unwanted = askers.unwanted.copy()
        unwanted[:, 1] = place[unwanted[:, 1]]
        askers = replace(askers, facts=facts, unwanted=unwanted[unwanted[:, 1] >= 0])
        return Sides(askers, self.homes.rows(carriers), self.board.registry.version, "vocabulary")

    @property
    def all(self) -> Sides:
        return self.sides(np.arange(len(self.askers)), np.arange(len(self.homes)))


def a_crowd(board: Board, ranker: SeparableRanker, n_startups: int, n_carriers: int, seed: int = 1) -> Crowd:
    """With wishes, exclusions, core parks, startups without a list and hidden ones."""
    rng = np.random.default_rng(seed)
    homes = made_up_homes(board, n_carriers, rng)
    homes = replace(
        homes,
        wished=rng.integers(-1, 2, (4, n_carriers)).astype(np.int8),
        ruling=np.sort(rng.choice(n_carriers, max(1, n_carriers // 9), replace=False)),
        barred=rng.random((5, max(1, n_carriers // 9))) < 0.4,
    )
    askers = MadeUpStartups(board, seed).askers(n_startups)
    unwanted = np.unique(
        np.column_stack([rng.integers(0, n_startups, n_startups), rng.integers(0, n_carriers, n_startups)]), axis=0
    )
    facts = AskerFacts(
        wish=rng.integers(-1, 4, n_startups).astype(np.int32),
        facts=rng.integers(-1, 5, n_startups).astype(np.int32),
        park=rng.choice([-1, 0, n_carriers // 2], n_startups).astype(np.int32),
        lists=rng.random(n_startups) < 0.9,
        discoverable=rng.random(n_startups) < 0.8,
    )
    return Crowd(board, replace(askers, facts=facts, unwanted=unwanted), homes, ranker)


def with_changed_startups(sides: Sides, rows: np.ndarray, rng: np.random.Generator) -> Sides:
    """Other stages, services and vectors for these rows."""
    table = sides.askers.table
    stages, services, embedding = table.stages.copy(), table.services.copy(), table.embedding.copy()
    stages[rows] = rng.dirichlet(np.ones(stages.shape[1]), len(rows))
    services[rows] = rng.integers(0, 8, len(rows)).astype(np.uint64)
    embedding[rows] = embedding[rng.permutation(len(embedding))[: len(rows)]]
    keys = sides.askers.keys.copy()
    keys[rows] = rng.integers(0, 256, (len(rows), keys.shape[1]))
    table = replace(table, stages=stages, services=services, embedding=embedding)
    return replace(sides, askers=replace(sides.askers, table=table, keys=keys))


def with_changed_carriers(sides: Sides, rows: np.ndarray, rng: np.random.Generator) -> Sides:
    """Another's columns for these rows."""
    other = np.arange(len(sides.homes))
    other[rows] = rng.permutation(len(other))[: len(rows)]
    table = CarrierTable(**{one.name: getattr(sides.homes.table, one.name)[other] for one in fields(CarrierTable)})
    keys = side_keys(table_columns(table), sides.homes.ids)
    return replace(sides, homes=replace(sides.homes, table=table, keys=keys))


def a_run(
    folder: Path,
    sides: Sides,
    ranker: SeparableRanker,
    *,
    executor: Executor | None = None,
    fresh: bool = False,
    told: Callable[[object], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    **asked: int,
) -> Reranked:
    files = RunFolder(folder, CRITERIA)
    rerank = RerankAll(lambda _: sides, ranker, MODELS, files, executor or LocalExecutor())
    order = RerankOrder(on=DAY, **{"k": 5, "leads": 7, "block": 64, **asked})
    return rerank(order, told=told, stop=stop, fresh=fresh)


def content(run: Reranked) -> tuple[str, str]:
    """What is in both files, byte for byte."""
    return sha256(run.lists.read_bytes()).hexdigest(), sha256(run.leads.read_bytes()).hexdigest()


# In a store


def fill_with_startups(folder: Path, n: int, seed: int = 5) -> None:
    """Startups of one account, as the released reader would have read them."""
    rng = np.random.default_rng(seed)
    with build_services(Settings(data_dir=folder)) as services:
        taxonomy, reader_id = services.registry.snapshot().taxonomy, services.batch.models.reader
        with services.registry.transactions() as uow:
            owner = Account(id=AccountId("crowd"), login="crowd", role=Role.STARTUP, created_at=NOW)
            uow.accounts.add(owner, "hash")
            for number in range(n):
                subfields = rng.choice(taxonomy.ids(Facet.SUBFIELD), 3, replace=False).tolist()
                stage = rng.choice(taxonomy.ids(Facet.STAGE))
                vector = rng.standard_normal(DIMS).astype(np.float32)
                profile = a_read_profile(
                    taxonomy,
                    dict(zip(subfields, (0.6, 0.3, 0.1), strict=True)),
                    str(stage),
                    embedding=vector / np.linalg.norm(vector),
                )
                record = a_startup(id=StartupId(f"crowd-{number:05}"), owner=owner.id)
                uow.startups.put(
                    record,
                    ReadStartup(
                        startup_id=record.id,
                        content_hash=f"{seed}-{number}",
                        reader_id=reader_id,
                        read_in="2026-11",
                        profile=profile,
                    ),
                )
            uow.commit()
