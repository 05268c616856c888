"""A data folder with an account, and the key with which its program asks."""

from pathlib import Path
from typing import NamedTuple

import pytest

from matcher.domain.accounts import Role
from tests.security.estate import Headers, an_estate


class Home(NamedTuple):
    folder: Path
    key: Headers


@pytest.fixture
def home(filled_folder: Path) -> Home:
    with an_estate(filled_folder) as estate:
        return Home(filled_folder, estate.key(estate.account(Role.STARTUP)))
