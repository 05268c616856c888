"""A test that cannot run is skipped at home and fails in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
TESTS = """
import pytest

@pytest.mark.needs("pytest")
def test_with_all_it_needs(): pass

@pytest.mark.needs("no_such_package", "pytest")
def test_that_cannot_run(): pass
"""


@pytest.mark.parametrize(("ci", "closing"), [("", "1 passed, 1 skipped"), ("true", "1 passed, 1 error")])
def test_what_is_missing_skips_at_home_and_fails_in_ci(tmp_path, ci, closing) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_two.py").write_text(TESTS, encoding="utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "--rootdir", tmp_path, tmp_path],
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert closing in run.stdout
    assert "needs no_such_package" in run.stdout
