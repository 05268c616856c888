"""The seed registry as a board, with a quick encoder: vectors hardly matter here."""

import pytest

from matcher.ranking.board import Board, build_board
from tests.unit.matcher.ranking.worlds import ENCODER, HOME


@pytest.fixture(scope="session")
def board(registry) -> Board:
    return build_board(registry, ENCODER, HOME)
