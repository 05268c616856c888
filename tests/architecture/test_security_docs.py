"""docs/security.md names tests that exist, one for each attack and fault."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "| test |" not in line]
NAMED = re.compile(r"\| `([\w/]+\.py)::(test_\w+)` \|$")


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[1].strip() for row in ROWS])
def test_what_stands_against_it_is_tested(row) -> None:
    named = NAMED.search(row)

    assert named is not None
    file, name = named.groups()
    assert re.search(rf"^def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_there_are_rows() -> None:
    assert len(ROWS) > 50
