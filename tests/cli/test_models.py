"""`matcher models` on the released reader and ranker, copied and changed."""

import json
import shutil
from pathlib import Path

import pytest

from models.artefacts import ARTEFACT
from models.learned_ranker import LEARNED, load_ranker
from models.model_files import RELEASED, Kind
from models.pointer import POINTER
from models.rankers import PRIOR, load_prior
from models.reader_store import MANIFEST, load_model
from tests.cli.conftest import run_in

COPY = f"ranker/{load_ranker().id}"
PRIOR_ONLY = f"ranker/{load_prior().id}"
READER_COPY = f"reader/{load_model().id}"


@pytest.fixture
def folder(filled, tmp_path) -> Path:
    """A data folder of its own, with a filled store."""
    shutil.copytree(filled, tmp_path / "var")
    return tmp_path / "var"


@pytest.fixture
def run(folder):
    return lambda *arguments, **options: run_in(folder, *arguments, **options)


@pytest.fixture
def prior_only(tmp_path) -> Path:
    (tmp_path / "prior_only").mkdir()
    shutil.copyfile(RELEASED[Kind.RANKER] / PRIOR, tmp_path / "prior_only" / PRIOR)
    return tmp_path / "prior_only"


def listed(run) -> dict[str, dict]:
    return {one["id"]: one for one in json.loads(run("models", "list", "--json").stdout)["models"]}


def in_force(run) -> set[str]:
    return {name for name, one in listed(run).items() if one["in_force"]}


def test_a_fresh_store_has_the_released_models_in_force(run) -> None:
    assert in_force(run) == {"reader/released", "ranker/released"} == set(listed(run))
    assert "in force" in run("models", "list").stdout


def test_a_copy_is_added_listed_and_shown(run) -> None:
    added = run("models", "add", str(RELEASED[Kind.RANKER]))

    assert added.exit_code == 0, added.output
    assert f"matcher models promote {COPY}" in " ".join(added.stdout.split())
    assert COPY in run("models", "list").stdout
    shown = json.loads(run("models", "show", COPY, "--json").stdout)
    assert set(shown["files"]) == {PRIOR, LEARNED}
    assert shown["versions"]["lightgbm"]
    assert (shown["in_force"], shown["created"] is not None) == (False, True)
    assert "model: additive-lambdamart@" in run("models", "show", COPY).stdout
    assert json.loads(run("models", "add", str(RELEASED[Kind.RANKER]), "--json").stdout) == {"id": COPY, "added": False}


def test_a_ranker_as_good_is_promoted_and_rolled_back(run) -> None:
    run("models", "add", str(RELEASED[Kind.RANKER]))

    promoted = run("models", "promote", COPY)

    assert promoted.exit_code == 0, promoted.output
    assert "Difference +0.000" in promoted.stdout
    assert in_force(run) == {"reader/released", COPY}
    assert f"({COPY})" in " ".join(run("doctor").stdout.split())
    assert "is in force already" in run("models", "promote", COPY).stdout
    assert json.loads(run("models", "rollback", "ranker", "--json").stdout) == {
        "id": "ranker/released",
        "instead_of": COPY,
    }
    assert in_force(run) == {"reader/released", "ranker/released"}
    nothing = run("models", "rollback", "ranker")
    assert (nothing.exit_code, "nothing to go back to" in nothing.stderr) == (2, True)


def test_the_prior_alone_is_measured_and_refused(run, prior_only) -> None:
    run("models", "add", str(prior_only))

    refused = run("models", "promote", PRIOR_ONLY, "--json")

    told = json.loads(refused.stdout)
    assert (refused.exit_code, told["promoted"]) == (1, False)
    assert told["gate"]["candidate"] < told["gate"]["in_force"]
    assert told["gate"]["difference"]["low"] < told["gate"]["difference"]["value"] < told["gate"]["difference"]["high"]
    assert 0 < told["gate"]["p"] < 0.05
    assert "That is worse." in told["said"]
    assert in_force(run) == {"reader/released", "ranker/released"}


def a_confused_reader(folder: Path) -> Path:
    """The released one, its sub-fields exchanged."""
    shutil.copytree(RELEASED[Kind.READER], folder)
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    fields = content["classes"]["field"]
    half = len(fields) // 2
    content["classes"]["field"] = fields[half:] + fields[:half]
    (folder / MANIFEST).write_text(json.dumps(content | {"id": "confused@1"}), encoding="utf-8")
    return folder


def test_a_reader_that_confuses_fields_is_refused_with_both_figures(run, tmp_path) -> None:
    run("models", "add", str(a_confused_reader(tmp_path / "confused")))

    refused = run("models", "promote", "reader/confused@1", "--json")

    gate = json.loads(refused.stdout)["gate"]
    assert refused.exit_code == 1
    assert set(gate["worse"]) >= {"chain_acc", "subfield_top3"}
    assert gate["chain_acc"]["candidate"] < gate["chain_acc"]["in_force"]
    assert in_force(run) == {"reader/released", "ranker/released"}


def test_a_reader_as_good_is_promoted_and_if_it_is_damaged_later_that_is_loud(run, folder) -> None:
    run("models", "add", str(RELEASED[Kind.READER]))
    promoted = run("models", "promote", READER_COPY)
    assert promoted.exit_code == 0, promoted.output
    assert "Outcome, macro-F1" in promoted.stdout

    (folder / "models" / READER_COPY / MANIFEST).write_text("{}", encoding="utf-8")

    doctor = run("doctor")
    assert doctor.exit_code == 1
    assert "the released one serves" in " ".join(doctor.stdout.split())
    assert "damaged" in listed(run)[READER_COPY]["problem"]
    assert run("recommend", "We build drones for the inspection of wind farms.", "--json").exit_code == 0
    assert run("models", "rollback", "reader").exit_code == 0
    assert run("doctor").exit_code == 0


def test_a_pointer_to_nothing_and_one_that_is_damaged_are_said(run, folder) -> None:
    kept = folder / "models" / "ranker"
    kept.mkdir(parents=True)
    (kept / POINTER).write_text('{"in_force": {"revision": "gone@1"}, "before": []}', encoding="utf-8")
    assert "not there" in listed(run)["ranker/gone@1"]["problem"]
    assert run("doctor").exit_code == 1

    (kept / POINTER).write_text("{", encoding="utf-8")
    assert POINTER in run("models", "list").stderr
    assert run("doctor").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "ranker/../../etc"), "cannot be the name"),
        (("promote", "ranker/nobody@1"), "no model ranker/nobody@1"),
        (("promote", "released"), "ranker/released"),
        (("add", "docs"), "does not hold one reader or one ranker"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(run, arguments, said) -> None:
    result = run("models", *arguments)

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_damaged_folder_is_not_taken_in(run, prior_only, folder) -> None:
    (prior_only / LEARNED).write_text("{", encoding="utf-8")

    result = run("models", "add", str(prior_only))

    assert result.exit_code == 2
    assert "prior_only is damaged" in " ".join(result.stderr.split())
    assert not list((folder / "models").rglob(ARTEFACT))


def test_there_is_no_way_around_the_gate(run) -> None:
    assert run("models", "promote", COPY, "--force").exit_code == 2
