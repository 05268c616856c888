"""`matcher runs` as people use it, on a store of made-up startups."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from tests.batch import fill_with_startups
from tests.cli.conftest import run_in

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def twice(filled, tmp_path_factory) -> Path:
    """A store after two runs, the later one with shorter lists."""
    folder = Path(copytree(filled, tmp_path_factory.mktemp("twice") / "var"))
    fill_with_startups(folder, 20)
    for k in ("3", "2"):
        run_in(folder, "rerank", "-k", k)
    return folder


def as_json(folder: Path, *command: str):
    result = run_in(folder, "runs", *command, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_runs_are_listed_shown_compared_and_gone_back_to(twice) -> None:
    newest, oldest = as_json(twice, "list")["runs"]

    assert (newest["served"], oldest["served"], newest["previous"]) == (True, False, oldest["id"])
    assert [one["k"] for one in (newest, oldest)] == [2, 3]
    assert as_json(twice, "show", oldest["id"]) == oldest
    assert (oldest["figures"]["n_startups"], oldest["failure"], oldest["progress"]["done"]) == (20, None, 1)
    difference = as_json(twice, "diff")
    assert (difference["before"], difference["after"]) == (oldest["id"], newest["id"])
    assert (difference["n_same"], difference["n_moved"], difference["moves"]) == (20, 0, [])
    assert as_json(twice, "rollback")["id"] == oldest["id"]
    assert [one["served"] for one in as_json(twice, "list")["runs"]] == [False, True]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("list",), "fertig"),
        (("diff", "--limit", "1"), "0 Start-ups bewegten sich, 20 nicht"),
        (("show", "nothing"), "Es gibt keinen Lauf nothing."),
    ],
)
def test_it_speaks_the_language_that_is_asked_for(twice, command, said) -> None:
    run = as_json(twice, "list")["runs"]
    pair = (run[1]["id"], run[0]["id"]) if command[0] == "diff" else ()

    assert said in " ".join(run_in(twice, "runs", command[0], *pair, *command[1:], "--lang", "de").output.split())


def test_a_run_into_another_folder_leaves_no_record(filled, tmp_path) -> None:
    folder = Path(copytree(filled, tmp_path / "var"))

    told = json.loads(run_in(folder, "rerank", "--out", str(tmp_path / "apart"), "--json").stdout)

    assert told["run"] is None
    assert as_json(folder, "list")["runs"] == []
    assert "matcher rerank" in run_in(folder, "runs", "list").stdout
    assert run_in(folder, "runs", "diff").exit_code == 2
