"""`matcher init` from nothing, again, and from broken files."""

import json
import shutil
from pathlib import Path

import pytest

from data.seed import seed_folder


@pytest.fixture
def broken_seed(tmp_path) -> Path:
    """The project's seed with a line that is no JSON and one of an unknown kind."""
    folder = tmp_path / "seed"
    shutil.copytree(seed_folder(), folder)
    carriers = folder / "carriers.jsonl"
    lines = carriers.read_text(encoding="utf-8").splitlines()
    lines[1] = "{not json"
    lines[2] = json.dumps(json.loads(lines[2]) | {"kind": "kind.castle"}, ensure_ascii=False)
    carriers.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def counts(text: str, kind: str) -> list[int]:
    """Added, changed, unchanged."""
    row = next(line for line in text.splitlines() if line.strip().startswith(kind))
    return [int(number) for number in row.split()[-3:]]


def test_loading_twice_changes_nothing(run, filled) -> None:
    again = run("init")

    assert again.exit_code == 0
    assert counts(again.stdout, "carriers and partners") == [0, 0, 240]
    assert counts(again.stdout, "vocabulary") == [0, 0, 1]


def test_broken_rows_are_named_and_the_rest_is_loaded(run_fresh, broken_seed) -> None:
    result = run_fresh("init", "--seed", str(broken_seed))

    assert result.exit_code == 0
    assert counts(result.stdout, "carriers and partners") == [238, 0, 0]
    assert "carriers.jsonl, line 2:" in result.stderr
    assert "carriers.jsonl, line 3:" in result.stderr


def test_strict_writes_nothing_if_a_row_is_broken(run_fresh, broken_seed, tmp_path) -> None:
    result = run_fresh("init", "--strict", "--seed", str(broken_seed))

    assert result.exit_code == 1
    assert "carriers.jsonl, line 2:" in result.stderr
    assert "Nothing was written." in result.output
    assert not list((tmp_path / "var").glob("*.db"))


def test_a_folder_without_a_seed_is_named(run_fresh, tmp_path) -> None:
    result = run_fresh("init", "--seed", str(tmp_path))

    assert result.exit_code == 2
    assert result.stderr.strip()


def test_a_setting_that_is_not_possible_is_named(run_fresh) -> None:
    result = run_fresh("init", env={"MATCHER_PORT": "many"})

    assert result.exit_code == 2
    assert "MATCHER_PORT" in result.stderr
