"""The application on a real store filled from the seed, with a recommendation that a test can steer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.batch_services import BatchServices
from api.feedback_services import build_feedback
from api.identity import build_identity
from api.lead_services import LeadServices, build_leads
from api.metrics import Metrics
from api.record_services import StartupServices, build_carriers, build_startups
from api.sentences import Sentences
from api.services import RegistryServices, Services
from api.settings import Settings
from api.snapshot import RegistrySnapshot
from data.leases import SqlLeases
from data.run_turns import RunTurns
from data.seed import read_seed, seed_folder
from data.unit_of_work import Store, open_store
from matcher.domain.matches import Answer
from matcher.domain.messages import Language
from matcher.ranking.board import Board, build_board
from matcher.services.initialise import Initialise
from matcher.services.recommend import Query
from models.hashing_encoder import HashingEncoder
from models.rankers import load_prior
from tests.accounts import CountingPasswords
from tests.factories import NOW, an_answer
from tests.http.signing import House, a_copy, a_house
from tests.steady_reader import DIMS, SteadyReader

TODAY = date(2026, 11, 24)
ENDPOINT = "/v1/recommendations"


@dataclass
class SteeredRecommend:
    """Gives the answer that a test has laid down, in the language asked for, and keeps what it was asked."""

    answer: Answer = field(default_factory=an_answer)
    error: Exception | None = None
    queries: list[tuple[Query, date]] = field(default_factory=list)
    is_warm: bool = False

    def __call__(self, query: Query, *, on: date) -> Answer:
        self.queries.append((query, on))
        if self.error:
            raise self.error
        return replace(self.answer, request_id=query.request_id, language=query.language or Language.EN)

    def many(self, queries: Sequence[Query], *, on: date) -> list[Answer]:
        return [self(query, on=on) for query in queries]

    def warm(self) -> None:
        self.is_warm = True


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'matcher.db'}")
    store.migrate()
    Initialise(store.transactions)(read_seed(seed_folder()))
    yield store
    store.close()


@pytest.fixture(scope="session")
def registry_services(store: Store) -> RegistryServices:
    return RegistryServices(
        store=store,
        transactions=store.transactions,
        snapshot=RegistrySnapshot(store.transactions, own_writes=lambda: store.own_writes.registry),
        initialise=Initialise(store.transactions),
        identity=build_identity(store, Settings(), CountingPasswords()),
        carriers=build_carriers(store.transactions),
    )


@pytest.fixture(scope="session")
def startup_services(registry_services: RegistryServices) -> StartupServices:
    registry = registry_services.snapshot
    return build_startups(registry_services.transactions, SteadyReader(registry().taxonomy), registry)


@pytest.fixture(scope="session")
def board(registry_services: RegistryServices) -> Board:
    """The carriers of the seed, with vectors as long as those of the startups of tests."""
    return build_board(registry_services.snapshot(), HashingEncoder(DIMS), "太仓")


@pytest.fixture(scope="session")
def lead_services(registry_services: RegistryServices, startup_services: StartupServices, board: Board) -> LeadServices:
    return build_leads(registry_services.transactions, lambda: board, startup_services.everybodys, load_prior())


@pytest.fixture
def recommend() -> SteeredRecommend:
    return SteeredRecommend()


@pytest.fixture
def services(
    registry_services: RegistryServices,
    startup_services: StartupServices,
    lead_services: LeadServices,
    board: Board,
    recommend: SteeredRecommend,
    tmp_path: Path,
) -> Services:
    settings, metrics = Settings(asks_per_minute=0), Metrics()  # tests ask a lot
    return Services(
        settings=settings,
        registry=registry_services,
        recommend=recommend,
        startups=startup_services,
        leads=lead_services,
        feedback=build_feedback(registry_services.transactions, settings, metrics, an_answer().models),
        batch=BatchServices(
            registry_services.transactions,
            lambda: board,
            load_prior(),
            an_answer().models,
            tmp_path / "rerank",
            RunTurns(tmp_path / "rerank" / "turn", SqlLeases(registry_services.store), lambda: NOW),
        ),
        sentences=Sentences.load(),
        weights=load_prior().weights,
        metrics=metrics,
        today=lambda: TODAY,
    )


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_app(services)) as client:
        yield client


@pytest.fixture(scope="session")
def untouched_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Filled from the seed, and only ever copied: what tests leave in `store` depends on their order."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('untouched') / 'matcher.db'}")
    store.migrate()
    Initialise(store.transactions)(read_seed(seed_folder()))
    yield store
    store.close()


@pytest.fixture
def own_store(untouched_store: Store, tmp_path: Path) -> Iterator[Store]:
    """Filled from the seed, for one test alone."""
    copied = a_copy(untouched_store, tmp_path / "own.db")
    yield copied
    copied.close()


@pytest.fixture
def house(services: Services, own_store: Store) -> House:
    """The application with accounts of its own, see `tests.http.signing`."""
    return a_house(services, own_store)
