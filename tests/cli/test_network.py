"""`matcher train` and `matcher rank` as people use them, on an invented network."""

import csv
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.conftest import run_in
from tests.networks import Files, write_network

LEARNED = "Learned from 175 interactions of 175 startups and 30 carriers to December 31, 2020."


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Files:
    return write_network(tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="module")
def model(files, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "new"
    result = run_in(folder, "train", *files.options, "--until", "2020", "--out", str(folder))
    assert result.exit_code == 0, result.output
    assert LEARNED in " ".join(result.output.split())
    return folder


def run_rank(files: Files, model: Path, out: Path, *options: str):
    arguments = ("--model", str(model), *files.options, "--until", "2020", "--out", str(out))
    return run_in(out.parent, "rank", *arguments, *options)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_lists_the_best_carriers_of_each_startup_that_was_asked_for(files, model, tmp_path) -> None:
    queries, out = tmp_path / "ids.txt", tmp_path / "run.csv"
    queries.write_text("s199\ns180\n", encoding="utf-8")

    result = run_rank(files, model, out, "--k", "5", "--queries", str(queries))

    assert result.exit_code == 0, result.output
    found = rows(out)
    assert list(found[0]) == ["startup_id", "carrier_id", "score"]
    assert [row["startup_id"] for row in found] == ["s199"] * 5 + ["s180"] * 5
    scores = [float(row["score"]) for row in found[:5]]
    assert scores == sorted(scores, reverse=True)
    assert "Ranked for 2 startups: 10 lines" in result.output


def test_without_queries_all_startups_are_ranked_and_parts_may_be_added(files, model, tmp_path) -> None:
    out = tmp_path / "run.csv"

    result = run_rank(files, model, out, "--parts", "--json")

    done = json.loads(result.stdout)
    assert (done["n_startups"], done["n_pairs"], done["missing"], done["n_broken"]) == (200, 6000, [], 0)
    for row in rows(out)[:100]:
        parts = [float(value) for name, value in row.items() if name not in ("startup_id", "carrier_id", "score")]
        assert sum(parts) == pytest.approx(float(row["score"]), abs=1e-12)


def test_kept_blocks_and_a_pool_give_the_same_bytes(files, model, tmp_path) -> None:
    keep, plain = tmp_path / "kept", tmp_path / "plain.csv"
    assert run_rank(files, model, plain).exit_code == 0
    for n, options in enumerate((("--executor", "pool", "--workers", "2"), (), ("--fresh",))):
        out = tmp_path / f"run-{n}.csv"

        result = run_rank(files, model, out, "--keep", str(keep), *options)

        assert result.exit_code == 0, result.output
        assert "Blocks: 1 of 1" in result.stderr
        assert out.read_bytes() == plain.read_bytes()
        assert len(list((keep / "blocks").iterdir())) == len(list((keep / "vectors").iterdir())) == 1


def test_an_id_that_is_not_in_the_file_is_named_and_the_others_are_ranked(files, model, tmp_path) -> None:
    queries, out = tmp_path / "ids.txt", tmp_path / "run.csv"
    queries.write_text("s199\nnobody\n", encoding="utf-8")

    result = run_rank(files, model, out, "--queries", str(queries))

    assert result.exit_code == 1
    assert "There is no startup nobody in the file of startups." in result.stderr
    assert {row["startup_id"] for row in rows(out)} == {"s199"}


def test_broken_rows_are_reported_and_the_rest_is_learned_from(files, tmp_path) -> None:
    broken = tmp_path / "links.csv"
    broken.write_text(files.interactions.read_text() + "s001,c99,2019,\ns001,c01,soon,\n", encoding="utf-8")
    worse = Files(files.startups, files.carriers, broken)

    result = run_in(tmp_path, "train", *worse.options, "--out", str(tmp_path / "model"), "--json")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["n_broken"] == 2
    assert "links.csv, line 202: There is no carrier c99" in result.stderr
    assert "links.csv, line 203: soon is no date" in result.stderr


def test_profiles_that_may_have_been_written_later_are_not_used_and_this_is_said(files, tmp_path) -> None:
    carriers = tmp_path / "carriers.jsonl"
    lines = [json.loads(line) for line in files.carriers.read_text(encoding="utf-8").splitlines()]
    lines[0]["description"], lines[1]["categories"] = "A house for robots.", ["Robots"]
    lines[2] |= {"description": "A house.", "as_of": "2013"}
    carriers.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    described = Files(files.startups, carriers, files.interactions)

    result = run_in(tmp_path, "train", *described.options, "--out", str(tmp_path / "model"))

    assert result.exit_code == 0
    assert "Texts and tags of 2 carriers are not used" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--until", "20x1"), "20x1 is no date"),
        (("--startups", "no.jsonl"), "The file no.jsonl cannot be read"),
        (("--until", "2013"), "too few to learn from"),
    ],
)
def test_what_cannot_be_learned_from_is_said_in_one_sentence(files, tmp_path, changed, said) -> None:
    result = run_in(tmp_path, "train", *files.options, *changed, "--out", str(tmp_path / "model"))

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not (tmp_path / "model").exists()


def test_a_model_that_is_not_there_is_said_and_no_run_is_left(files, tmp_path) -> None:
    result = run_rank(files, tmp_path, tmp_path / "run.csv")

    assert result.exit_code == 2
    assert "has no file manifest.json" in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_knows_more_than_the_day_allows_is_pointed_out(files, model, tmp_path) -> None:
    arguments = ("--model", str(model), *files.options, "--until", "2018", "--out", str(tmp_path / "run.csv"))

    result = run_in(tmp_path, "rank", *arguments)

    assert result.exit_code == 0
    assert "up to December 31, 2020: it knows what came later" in " ".join(result.stderr.split())


def test_without_any_carrier_or_past_there_is_still_a_run(files, model, tmp_path) -> None:
    empty, out = tmp_path / "none.jsonl", tmp_path / "run.csv"
    empty.write_text("", encoding="utf-8")

    result = run_rank(Files(files.startups, empty, files.interactions), model, out)

    assert result.exit_code == 0, result.output
    assert rows(out) == []
    long_ago = run_in(
        tmp_path, "rank", "--model", str(model), *files.options, "--until", "2001", "--out", str(out), "--k", "2"
    )
    assert long_ago.exit_code == 0, long_ago.output
    assert len(rows(out)) == 400


def test_parquet_is_written_or_its_package_is_asked_for(files, model, tmp_path) -> None:
    out = tmp_path / "run.parquet"

    result = run_rank(files, model, out, "--k", "3")

    if find_spec("pyarrow") is None:
        assert (result.exit_code, out.exists()) == (2, False)
        assert "needs the package pyarrow" in " ".join(result.stderr.split())
    else:
        assert (result.exit_code, out.exists()) == (0, True)


def test_it_speaks_chinese_and_german(files, tmp_path) -> None:
    said = [
        run_in(tmp_path, "train", *files.options, "--until", "2013", "--out", "x", "--lang", language).stderr
        for language in ("zh", "de")
    ]

    assert "无法学习" in "".join(said[0].split())
    assert "zu wenige" in " ".join(said[1].split())


def test_an_answer_does_not_need_lightgbm(tmp_path) -> None:
    code = "import sys; import api.commands.answering, api.cli; print('lightgbm' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


# From the store


def test_a_store_with_too_few_outcomes_says_how_many_there_are(run, tmp_path) -> None:
    result = run("train", "--from-store", "--out", str(tmp_path / "model"))

    assert result.exit_code == 2
    said = " ".join(result.stderr.split())
    assert "0 admissions among 0 outcomes of 0 startups that agreed to it; at least 10 admissions are needed." in said
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("options", [(), ("--carriers", "x.jsonl"), ("--from-store", "--carriers", "x.jsonl")])
def test_it_is_either_all_files_or_the_store(run, tmp_path, options) -> None:
    result = run("train", *options, "--out", str(tmp_path / "model"))

    assert result.exit_code == 2
    assert "--from-store" in result.stderr
