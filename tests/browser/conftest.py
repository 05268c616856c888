"""One server and one browser for all tests of a worker; each test has browsers' contexts of its own."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.browsing import PATIENCE_MS, Browsing
from tests.browser.chromium import NoBrowser, chromium
from tests.browser.town import Town, a_town
from tests.conftest import do_without

expect.set_options(timeout=PATIENCE_MS)  # a busy machine is slow, and no worse for it


@pytest.fixture(scope="session")
def town(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(Path(copytree(filled_store, tmp_path_factory.mktemp("town") / "var"))) as town:
        yield town


@pytest.fixture(scope="package")  # not longer: while it is open, no other test of the process can run an event loop
def browser() -> Iterator[Browser]:
    try:
        with chromium() as browser:
            yield browser
    except NoBrowser as error:
        do_without(str(error))


@pytest.fixture
def browsing(browser: Browser, town: Town) -> Iterator[Browsing]:
    """After the test: no script error, no console error, no dialog, no request to another host."""
    browsing = Browsing(browser, town)
    yield browsing
    assert browsing.close() == []
