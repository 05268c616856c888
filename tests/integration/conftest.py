"""A real store on each kind of database, and the real seed."""

import pytest

from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.services.initialise import Initialise


@pytest.fixture(scope="session")
def seed():
    return read_seed(seed_folder())


@pytest.fixture
def url(database):
    """Of a database without tables."""
    return database.empty()


@pytest.fixture
def store(url):
    """With tables, and nothing in them."""
    store = open_store(url)
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def filled_url(database, seed):
    """Of a database that holds the seed."""

    def fill(address: str) -> None:
        store = open_store(address)
        store.migrate()
        Initialise(store.transactions)(seed, strict=True)
        store.close()

    return database.copy("filled", fill)


@pytest.fixture
def filled(filled_url):
    store = open_store(filled_url)
    yield store
    store.close()
