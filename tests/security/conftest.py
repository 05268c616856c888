"""One application for the tests of a module."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from tests.security.estate import Estate, an_estate


@pytest.fixture(scope="module")
def estate(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    with an_estate(Path(copytree(filled_store, tmp_path_factory.mktemp("estate") / "var"))) as estate:
        yield estate
