"""A filled store, and the command line run on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app

Run = Callable[..., Result]

ENGLISH = {
    "LC_ALL": "en_GB.UTF-8",
    "LC_MESSAGES": "",
    "LANG": "",
    "MATCHER_LANGUAGE": "",
    "MATCHER_ENCODER": "",
    "MATCHER_DATABASE_URL": "",
    "COLUMNS": "80",
}


def run_in(folder: Path, *arguments: str, **options: object) -> Result:
    environment = {**ENGLISH, "MATCHER_DATA_DIR": str(folder), **options.pop("env", {})}
    return CliRunner().invoke(app, list(arguments), env=environment, catch_exceptions=False, **options)


@pytest.fixture(scope="session")
def first_start(tmp_path_factory) -> tuple[Path, Result]:
    """The folder of a store that `matcher init` has made, and what it said."""
    folder = tmp_path_factory.mktemp("store")
    return folder, run_in(folder, "init")


@pytest.fixture(scope="session")
def filled(first_start) -> Path:
    """The folder of a store that holds the seed, with its carriers encoded."""
    folder, result = first_start
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def run(filled) -> Run:
    """Runs the command line on the filled store, in English."""
    return lambda *arguments, **options: run_in(filled, *arguments, **options)


@pytest.fixture
def run_fresh(tmp_path) -> Run:
    """Runs it where there is no store yet."""
    return lambda *arguments, **options: run_in(tmp_path / "var", *arguments, **options)
