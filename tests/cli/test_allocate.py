"""`matcher allocate` as people use it: on files of their own, and on a store of made-up startups."""

import csv
import json
from pathlib import Path
from shutil import copytree

import pytest

from tests.batch import fill_with_startups
from tests.cli.conftest import run_in

PAIRS = """startup_id,carrier_id,probability
s1,a,0.8
s1,b,0.5
s2,a,0.6
s2,b,0.1
s3,c,0.4
"""
PLACES = "carrier_id,places\na,1\nb,1\n"


@pytest.fixture
def asked(tmp_path):
    """Runs it on these files, in a folder without a store."""

    def run(*options: str, pairs: str | bytes = PAIRS, places: str | bytes | None = PLACES, lang: str = "en"):
        arguments = ["allocate", "--pairs", str(tmp_path / "pairs.csv"), "--lang", lang, *options]
        for name, content in (("pairs", pairs), ("places", places)):
            if content is not None:
                (tmp_path / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        if places is not None:
            arguments += ["--places", str(tmp_path / "places.csv")]
        return run_in(tmp_path / "var", *arguments)

    return run


def words(text: str) -> str:
    return " ".join(text.split())


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("method", ["flow", "prices"])
def test_places_go_where_most_good_comes_of_it(asked, tmp_path, method) -> None:
    if method == "flow":
        pytest.importorskip("ortools")

    result = asked("--method", method, "--out", str(tmp_path / "out.csv"))

    assert result.exit_code == 0, result.output
    placed = [(one["startup_id"], one["carrier_id"], one["free_rank"]) for one in rows(tmp_path / "out.csv")]
    assert placed == [("s1", "b", "2"), ("s2", "a", "1")]
    said = words(result.stdout)
    assert "Startups placed 2 / 3" in said
    assert "Visits expected to go well 1.10" in said
    assert "since no carrier of their list has told its places 1" in said
    assert "Carriers that have not told how many places they have: 1. Nobody is placed there: c." in said
    assert not (tmp_path / "var").exists()  # no store is needed


@pytest.mark.parametrize(
    ("options", "method"), [(["--method", "orders"], "deferred acceptance"), (["--method", "prices"], "auction")]
)
def test_it_says_which_method_was_used(asked, options, method) -> None:
    assert method in asked(*options).stdout


def test_both_sides_orders_may_cost_good_visits(asked, tmp_path) -> None:
    figures = json.loads(asked("--method", "orders", "--json", "--out", str(tmp_path / "o.csv")).stdout)

    assert [(one["startup_id"], one["carrier_id"]) for one in rows(tmp_path / "o.csv")] == [("s1", "a"), ("s2", "b")]
    assert (figures["n_envious"], figures["expected"]) == (0, pytest.approx(0.9))
    assert figures["gap"] == pytest.approx(0.2 / 1.1, abs=0.02)


def test_unknown_places_are_assumed_only_where_that_is_asked_for(asked) -> None:
    unknown, two, unlimited = (
        json.loads(asked("--json", *options).stdout)
        for options in ([], ["--unknown-places", "2"], ["--unknown-places", "unlimited"])
    )

    assert [one["n_unknown"] for one in (unknown, two, unlimited)] == [1, 0, 0]
    assert [one["n_startups_placed"] for one in (unknown, two, unlimited)] == [2, 3, 3]
    assert [one["n_places"] for one in (unknown, two, unlimited)] == [2, 4, 5]


def test_without_any_places_nothing_is_shared_out(asked) -> None:
    result = asked(places=None)

    assert result.exit_code == 2
    assert "not known of any of the 3 carriers" in words(result.stderr)


def test_what_if_a_carrier_had_more_places(asked, tmp_path) -> None:
    result = asked("--add-places", "a=1", "--out", str(tmp_path / "report.json"))

    assert result.exit_code == 0, result.output
    assert "Against now: +0.30 in worth, +0 in places filled; 0 startups placed that were not" in words(result.stdout)
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert (report["what_if"]["n_moved"], report["what_if"]["newly_placed"]) == (1, [])
    assert {one["carrier_id"]: (one["places"], one["places_from"]) for one in report["carriers"]} == {
        "a": (2, "file"), "b": (1, "file"), "c": (None, "unknown"),
    }  # fmt: skip
    assert report["left_out"] == [{"startup_id": "s3", "reason": "unknown_places"}]


def test_lists_by_worth_less_price_lead_past_what_is_full(asked, tmp_path) -> None:
    pairs = "startup_id,carrier_id,probability\n" + "".join(f"s{n},a,0.9\ns{n},b,0.85\n" for n in range(5))

    asked("--lists", str(tmp_path / "lists.csv"), pairs=pairs, places="carrier_id,places\na,1\nb,5\n")

    first = [one["carrier_id"] for one in rows(tmp_path / "lists.csv") if one["rank"] == "1"]
    assert first.count("b") >= 4


def test_the_same_files_give_the_same_bytes_in_any_order(asked, tmp_path) -> None:
    heading, *lines = PAIRS.splitlines()
    turned = "\n".join([heading, *reversed(lines)])
    for number, pairs in enumerate((PAIRS, turned)):
        asked("--out", str(tmp_path / f"{number}.json"), "--lists", str(tmp_path / f"{number}.csv"), pairs=pairs)

    assert (tmp_path / "0.json").read_bytes() == (tmp_path / "1.json").read_bytes()
    assert (tmp_path / "0.csv").read_bytes() == (tmp_path / "1.csv").read_bytes()


def test_parquet_holds_the_same_as_csv(asked, tmp_path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    asked("--out", str(tmp_path / "out.csv"))
    asked("--out", str(tmp_path / "out.parquet"))

    table = pq.read_table(tmp_path / "out.parquet").to_pylist()

    assert [{name: str(value) for name, value in one.items()} for one in table] == rows(tmp_path / "out.csv")


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ("carrier_id,places\na,-1\nb,x\na,2\n", ["Line 2, places", "Line 3, places"]),
        ("carrier_id,places\na,1\na,2\n", ["Line 3, carrier_id: a stands in line 2 already."]),
    ],
)
def test_bad_places_are_told_by_line_and_nothing_is_written(asked, tmp_path, places, said) -> None:
    result = asked("--out", str(tmp_path / "out.csv"), places=places)

    assert result.exit_code == 1
    assert [one for one in said if one not in words(result.stderr)] == []
    assert not (tmp_path / "out.csv").exists()


def test_bad_pairs_are_told_by_line_in_the_chosen_language(asked) -> None:
    result = asked(pairs="startup_id,carrier_id,score\ns,a,1\ns,a,2\ns,b,oops\n", lang="de")

    assert result.exit_code == 1
    assert "Zeile 3, startup_id: Dasselbe Paar steht schon in Zeile 2." in words(result.stderr)
    assert "Zeile 4, score: Erwartet wird eine Zahl." in words(result.stderr)


@pytest.mark.parametrize(
    "options",
    [
        ("-k", "0"),
        ("--method", "luck"),
        ("--unknown-places", "-1"),
        ("--unknown-places", "9999999999"),
        ("--add-places", "a"),
        ("--add-places", "a=1", "--add-places", "a=2"),
        ("--add-places", "c=1"),  # nobody knows how many it has
        ("--add-places", "nobody=1"),
        ("--wide",),
        ("--add-service", "a=service.site"),
        ("--out", "report.txt"),
        ("--lists", "lists.json"),
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(asked, options) -> None:
    assert asked(*options).exit_code == 2


# With a store


@pytest.fixture(scope="module")
def ranked(filled, tmp_path_factory) -> Path:
    pytest.importorskip("pyarrow")
    folder = Path(copytree(filled, tmp_path_factory.mktemp("ranked") / "var"))
    fill_with_startups(folder, 40)
    assert run_in(folder, "rerank", "-k", "2").exit_code == 0
    return folder


def test_the_lists_of_the_last_run_are_shared_out_and_missing_places_said(ranked) -> None:
    unknown = run_in(ranked, "allocate")
    assumed = json.loads(run_in(ranked, "allocate", "--unknown-places", "2", "--json").stdout)

    assert unknown.exit_code == 2
    assert "is not known of any of the" in words(unknown.stderr)
    assert assumed["n_startups"] == 40
    assert assumed["n_placed"] <= assumed["n_places"]
    assert 0 < assumed["expected"] <= assumed["n_placed"]


def test_all_pairs_fill_places_that_lists_leave_empty(ranked) -> None:
    lists, wide = (
        json.loads(run_in(ranked, "allocate", "--unknown-places", "2", "--json", *options).stdout)
        for options in ([], ["--wide"])
    )

    assert lists["filled"] < 1
    assert (wide["filled"], wide["n_startups_placed"]) == (1, 40)
    assert wide["gap"] <= 0.005


def test_places_come_from_the_file_and_only_of_carriers_that_there_are(ranked, tmp_path) -> None:
    (tmp_path / "places.csv").write_text("carrier_id,places\ncn001,3\n", encoding="utf-8")
    (tmp_path / "wrong.csv").write_text("carrier_id,places\ncn001,3\nnowhere,3\n", encoding="utf-8")

    known, wrong = (
        run_in(ranked, "allocate", "--wide", "--json", "--places", str(tmp_path / f"{name}.csv"))
        for name in ("places", "wrong")
    )

    assert json.loads(known.stdout)["n_placed"] == 3
    assert wrong.exit_code == 1
    assert "Line 3, carrier_id: There is no carrier nowhere." in words(wrong.stderr)


def test_what_if_a_carrier_offered_more_is_asked_of_the_store(ranked) -> None:
    options = ("--unknown-places", "1", "--json", "--add-service")

    result = json.loads(run_in(ranked, "allocate", *options, "cn001=service.market").stdout)
    unknown, has_it = (run_in(ranked, "allocate", *options, f"cn001=service.{one}") for one in ("luck", "technical"))

    assert result["what_if"]["now"]["n_placed"] == result["n_placed"] == 29
    assert "service.luck is none of" in words(unknown.stderr)
    assert "has the service service.technical already" in words(has_it.stderr)
    assert unknown.exit_code == has_it.exit_code == 2


def test_who_has_left_the_store_since_the_run_gets_no_place(ranked, tmp_path) -> None:
    folder = Path(copytree(ranked, tmp_path / "var"))
    assert run_in(folder, "data", "erase", "--account", "crowd", "--confirm", "crowd").exit_code == 0

    result = run_in(folder, "allocate", "--unknown-places", "2", "--json")

    assert result.exit_code == 0, result.output
    assert "left the store since: 40." in words(result.stderr)
    assert json.loads(result.stdout)["n_startups"] == 0


def test_without_a_finished_run_it_says_what_to_do(ranked, tmp_path) -> None:
    result = run_in(ranked, "allocate", "--run", str(tmp_path))

    assert result.exit_code == 2
    assert "matcher rerank" in words(result.stderr)
