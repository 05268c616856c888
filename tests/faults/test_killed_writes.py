"""A process that is killed in the middle of a write leaves the store as it was; the write can be sent again."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from data.seed import read_seed, seed_folder
from data.unit_of_work import Store, open_store
from matcher.domain.accounts import Actor, actor_of
from matcher.services.initialise import Initialise
from tests.accounts import make_account
from tests.faults.writes import LOGIN, WRITES, register, startups_of

ROOT = Path(__file__).parents[2]
ROW, COMMIT = "row", "commit"  # when a startup's row is written; just before the commit
CASES = [("sqlite", write, COMMIT) for write in WRITES]
CASES += [("sqlite", write, ROW) for write in ("import", "erase an account")]
CASES += [("postgresql", "import", ROW), ("postgresql", "erase an account", COMMIT)]
ATTEMPTS = "sign_in_failures"  # counted before a password is looked at, so that nobody guesses side by side


def fill(url: str) -> None:
    store = open_store(url)
    store.migrate()
    Initialise(store.transactions)(read_seed(seed_folder()))
    account = make_account(store.transactions, login=LOGIN)
    service = startups_of(store).register
    for name in ("One", "Two", "Three"):
        register(store, actor_of(account), name, service)
    store.close()


@pytest.fixture
def url(database) -> str:
    return database.copy("with-startups", fill)


@pytest.fixture
def store(url):
    store = open_store(url)
    yield store
    store.close()


def founder(store: Store) -> Actor:
    with store.transactions() as unit:
        account = unit.accounts.by_login(LOGIN)
    assert account is not None
    return actor_of(account)


def everything(store: Store) -> dict[str, list[Any]]:
    """All rows of all tables but one."""
    tables = MetaData()
    tables.reflect(store.engine)
    with store.engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in tables.tables.items()
            if name != ATTEMPTS
        }


def start(url: str, write: str, moment: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.faults.writes", url, write, moment]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize(("database", "write", "moment"), CASES, indirect=["database"])
def test_a_write_that_is_killed_leaves_nothing_half_done(url, store, write, moment) -> None:
    before = everything(store)
    process = start(url, write, moment)
    assert process.stdout is not None
    said = process.stdout.readline()
    assert said == "half\n", said + process.communicate()[1]

    process.kill()
    process.communicate(timeout=60)

    assert everything(store) == before
    WRITES[write](store, founder(store))
    assert everything(store) != before
