"""What all tests share: a test names what it needs, and a machine that lacks it skips the test, but never in CI."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, which

import pytest

from api.bootstrap import build_services
from api.settings import Settings
from tests.databases import Databases, NoServer, PostgresDatabases, PostgresServer, SqliteDatabases


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*names): packages or programs without which the test cannot run")


def pytest_runtest_setup(item: pytest.Item) -> None:
    names = [name for marker in item.iter_markers("needs") for name in marker.args]
    missing = [name for name in names if not (find_spec(name) or which(name))]
    if not missing:
        return
    do_without(f"needs {', '.join(missing)}")


def do_without(reason: str) -> None:
    """Skips the test, but fails in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; in CI nothing is skipped for want of it", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("MATCHER_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose carriers are encoded already: a server on it starts in seconds."""
    folder = tmp_path_factory.mktemp("filled")
    with build_services(Settings(data_dir=folder)) as services:
        services.recommend.warm()
    return folder


@pytest.fixture
def filled_folder(filled_store: Path, tmp_path: Path) -> Path:
    """The same as a folder of its own."""
    return Path(copytree(filled_store, tmp_path / "var"))


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
        do_without(str(error))
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
