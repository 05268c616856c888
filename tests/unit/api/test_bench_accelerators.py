"""The bench on recorded acceptances: it says loudly when it measures nothing, and counts rightly when it does."""

import shutil
import sys

import numpy as np
import pytest

from api.bench import accelerators
from api.bench.accelerators import FILES, OURS, RANDOM, groups_of, measured, table_of, task_of
from tests.networks import write_network


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("acceptances")
    files = write_network(folder / "source")
    for name, path in zip(FILES, (files.startups, files.carriers, files.interactions), strict=True):
        shutil.copy(path, folder / name)
    return folder


@pytest.mark.parametrize("arguments", [[], ["--folder", "nowhere"]])
def test_without_data_it_says_that_nothing_was_measured(arguments, monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "argv", ["accelerators", *arguments])

    with pytest.raises(SystemExit) as stopped:
        accelerators.main()

    assert stopped.value.code == 0
    assert "SKIPPED: recorded acceptances were NOT measured" in capsys.readouterr().out


def test_the_last_year_is_ranked_by_those_who_had_admitted_or_then_did(folder) -> None:
    task = task_of(folder)

    assert task.until.isoformat() == "2020-12-31"
    assert len(task.rows) == 25
    assert (task.chosen.sum(axis=1) == 1).all()
    assert task.admitted.sum() == 175
    assert (task.admitted[task.is_candidate["A"]] >= 5).all()
    assert np.array_equal(task.is_candidate["B"], task.chosen.any(axis=0))
    groups = groups_of(task)
    assert np.array_equal(groups["place"], ~groups["theme"])


def test_a_ranking_that_knows_the_choice_is_perfect_and_startups_without_a_candidate_do_not_count(folder) -> None:
    task = task_of(folder)
    scores = {OURS: task.chosen, "nothing": np.zeros(task.chosen.shape)}

    values = measured(task, scores, "A")

    has_candidate = task.chosen[:, task.is_candidate["A"]].any(axis=1)
    assert np.array_equal(~np.isnan(values[OURS]), has_candidate)
    assert np.nanmin(values[OURS]) == 1
    assert np.nanmean(values["nothing"]) == pytest.approx(np.nanmean(values[RANDOM]), abs=0.2)
    assert [column.header for column in table_of(task, scores).columns][:2] == [
        "system",
        f"A, all ({has_candidate.sum()})",
    ]
