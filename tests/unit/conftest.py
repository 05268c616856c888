"""The released models and the seed registry in a real store, each made once."""

import pytest

from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.domain.registry import Registry
from matcher.domain.seed import SeedBatch
from matcher.domain.taxonomy import Taxonomy
from matcher.services.initialise import Initialise
from matcher.services.recommend import Recommend
from models.encoders import OnnxEncoder
from models.rankers import PriorRanker, load_prior
from models.readers import LearnedReader, load_reader


@pytest.fixture(scope="session")
def seed() -> SeedBatch:
    return read_seed(seed_folder())


@pytest.fixture(scope="session")
def taxonomy(seed: SeedBatch) -> Taxonomy:
    return seed.vocabulary


@pytest.fixture(scope="session")
def registry(seed: SeedBatch, tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """As the program sees it: filled into a store and read back."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite'}")
    store.migrate()
    Initialise(store.transactions)(seed, strict=True)
    with store.transactions() as unit:
        snapshot = unit.registry()
    store.close()
    return snapshot


@pytest.fixture(scope="session")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


@pytest.fixture(scope="session")
def reader(encoder: OnnxEncoder, taxonomy: Taxonomy) -> LearnedReader:
    return load_reader(encoder, taxonomy)


@pytest.fixture(scope="session")
def ranker() -> PriorRanker:
    return load_prior()


@pytest.fixture(scope="session")
def recommend(registry: Registry, encoder: OnnxEncoder, reader: LearnedReader, ranker: PriorRanker) -> Recommend:
    """The real thing: released models on the seed registry."""
    service = Recommend(snapshot=lambda: registry, encoder=encoder, reader=reader, ranker=ranker)
    service.warm()
    return service
