"""What all tests share: a test names what it needs, and a machine that lacks it skips the test, but never in CI."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest

from tests.databases import Databases, NoServer, PostgresDatabases, PostgresServer, SqliteDatabases


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*names): packages or programs without which the test cannot run")


def pytest_runtest_setup(item: pytest.Item) -> None:
    names = [name for marker in item.iter_markers("needs") for name in marker.args]
    missing = [name for name in names if not (find_spec(name) or which(name))]
    if not missing:
        return
    _do_without(f"needs {', '.join(missing)}")


def _do_without(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; in CI nothing is skipped for want of it", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Started when the first test asks for it."""
    yield from _running()


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """One that a test may stop."""
    yield from _running()


def _running() -> Iterator[PostgresServer]:
    try:
        server = PostgresServer()
    except NoServer as error:
        _do_without(str(error))
    yield server
    server.remove()


@pytest.fixture(scope="session")
def _templates() -> dict[str, dict[str, Path | str]]:
    """Databases to copy, by kind and name."""
    return {"sqlite": {}, "postgresql": {}}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, _templates
) -> Iterator[Databases]:
    """Databases of one kind; a test that asks for it runs once on each (see `tests.databases`)."""
    templates = _templates[request.param]
    if request.param == "sqlite":
        yield SqliteDatabases(tmp_path, templates, tmp_path_factory.mktemp("templates"))
        return
    made = PostgresDatabases(request.getfixturevalue("postgres_server"), templates)
    yield made
    made.drop()
