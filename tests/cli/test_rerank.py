"""`matcher rerank` as people use it, on a store of made-up startups."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from tests.batch import fill_with_startups
from tests.cli.conftest import run_in

pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def crowded(filled, tmp_path_factory) -> Path:
    folder = Path(copytree(filled, tmp_path_factory.mktemp("crowded") / "var"))
    fill_with_startups(folder, 60)
    return folder


def test_both_sides_get_lists_and_a_second_run_computes_nothing(crowded) -> None:
    first = run_in(crowded, "rerank", "-k", "3", "--leads", "5")
    again = json.loads(run_in(crowded, "rerank", "-k", "3", "--leads", "5", "--json").stdout)

    assert first.exit_code == 0, first.output
    assert "Ranked 60 startups and 29 carriers for each other: 180 lines of lists, 145" in " ".join(
        first.stdout.split()
    )
    assert "Computing blocks" in first.stderr
    assert (again["n_blocks_computed"], again["n_blocks_reused"]) == (0, 1)
    lists, leads = (pq.read_table(again[name]) for name in ("lists", "leads"))
    assert lists.column_names[:3] == ["startup_id", "carrier_id", "rank"]
    assert leads.column_names[:3] == ["carrier_id", "startup_id", "rank"]
    assert (lists.num_rows, leads.num_rows) == (180, 145)
    assert {path.name for path in (crowded / "rerank").iterdir()} >= {"current.json", "blocks", "results"}


@pytest.mark.parametrize("options", [("--executor", "pool", "--workers", "2"), ("--block", "9"), ("--fresh",)])
def test_how_it_is_computed_does_not_matter(crowded, tmp_path, options) -> None:
    found = [
        json.loads(run_in(crowded, "rerank", "--out", str(tmp_path / name), "--json", *more).stdout)
        for name, more in (("plain", ()), ("other", options))
    ]

    for name in ("lists", "leads"):
        assert Path(found[0][name]).read_bytes() == Path(found[1][name]).read_bytes()


def test_an_empty_store_gets_empty_lists(filled, tmp_path) -> None:
    result = run_in(filled, "rerank", "--out", str(tmp_path), "--lang", "de")

    assert result.exit_code == 0, result.output
    assert "0 Start-ups und 29 Träger füreinander gereiht" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    "options", [("-k", "0"), ("--leads", "1001"), ("--scope", "moon"), ("--executor", "cloud"), ("--workers", "0")]
)
def test_what_cannot_be_asked_is_wrong_usage(filled, options) -> None:
    assert run_in(filled, "rerank", *options).exit_code == 2
