"""A real store in a file, and the real seed."""

import pytest

from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.services.initialise import Initialise


@pytest.fixture(scope="session")
def seed():
    return read_seed(seed_folder())


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture
def store(url):
    store = open_store(url)
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def filled(store, seed):
    Initialise(store.transactions)(seed, strict=True)
    return store
