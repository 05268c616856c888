"""`matcher import`, `export`, `template` and `startups reread`, on a store of their own with the real reader."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest

from api.bootstrap import build_registry
from api.settings import Settings
from matcher.domain.accounts import actor_of
from matcher.domain.ids import CarrierId
from matcher.services.correct_carrier import Grounds
from tests.cli.conftest import run_in

ROWS = """name,text,stage
Catheter Ltd.,We develop cardiac catheters and need a cleanroom.,stage.team
北斗,我们研发导航芯片。,
"""
BAD = "name,text,stage\nOdd,Text,stage.none\nMarked,【绝密】,\nGood,We build welding robots for car plants.,\n"


@pytest.fixture
def folder(filled, tmp_path) -> Path:
    return Path(copytree(filled, tmp_path / "var"))


@pytest.fixture
def run(folder):
    return lambda *arguments, **options: run_in(folder, *arguments, **options)


@pytest.fixture
def lab(run) -> str:
    """The login of a startup's account."""
    assert run("users", "add", "lab", "--role", "startup").exit_code == 0
    return "lab"


def file_of(folder: Path, content: str, name: str = "startups.csv") -> str:
    path = folder.parent / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def exported(run, folder: Path, kind: str = "startups", *more: str) -> list[dict]:
    path = folder.parent / "out.jsonl"
    assert run("export", kind, str(path), *more).exit_code == 0
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_startups_go_in_and_come_out(run, folder, lab) -> None:
    taken = run("import", "startups", file_of(folder, ROWS), "--account", lab)

    assert (taken.exit_code, taken.stdout.strip()) == (0, "Added: 2. Changed: 0. As they were: 0.")
    records = exported(run, folder, "startups", "--account", lab)
    assert {(one["name"], one["language"], one["stage"]) for one in records} == {
        ("Catheter Ltd.", "en", "stage.team"),
        ("北斗", "zh", None),
    }
    again = run("import", "startups", str(folder.parent / "out.jsonl"), "--account", lab, "--json")
    assert {name: json.loads(again.stdout)[name] for name in ("added", "changed", "unchanged")} == {
        "added": 0, "changed": 0, "unchanged": 2,
    }  # fmt: skip
    assert run("startups", "reread").stdout.strip() == "Startups read anew: 0."


def test_each_bad_row_is_told_by_line(run, folder, lab) -> None:
    path = file_of(folder, BAD)

    refused = run("import", "startups", path, "--account", lab)

    assert refused.exit_code == 1
    assert "Line 2, stage: stage.none is not in the vocabulary." in refused.stderr
    assert "Line 3, text: This text carries a mark of secrecy" in refused.stderr.replace("\n", " ")
    assert exported(run, folder, "startups", "--account", lab) == []
    kept = run("import", "startups", path, "--account", lab, "--keep-good")
    assert (kept.exit_code, kept.stdout.strip()) == (1, "Added: 1. Changed: 0. As they were: 0.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "startups", "{good}"), "--account"),
        (("import", "startups", "{good}", "--account", "nobody"), "no such account"),
        (("import", "carriers", "{folder}/none.csv"), "cannot be read"),
        (("import", "carriers", "{folder}"), ".csv, .xlsx or .jsonl"),
        (("export", "startups", "{folder}/x.csv"), "--account"),
        (("template", "carriers", "{folder}/x.pdf"), ".csv, .xlsx or .jsonl"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(run, folder, arguments, said) -> None:
    good = file_of(folder, ROWS)

    result = run(*(one.format(good=good, folder=folder) for one in arguments))

    assert result.exit_code == 2
    assert said in result.stderr.replace("\n", " ")


def test_the_registry_goes_out_and_in_unchanged(run, folder) -> None:
    path = folder.parent / "carriers.xlsx"

    assert run("export", "carriers", str(path)).exit_code == 0
    taken = run("import", "carriers", str(path))

    assert (taken.exit_code, taken.stdout.strip()) == (0, "Added: 0. Changed: 0. As they were: 240.")


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_a_template_is_written(run, folder, form) -> None:
    path = folder.parent / f"fill_in.{form}"

    assert run("template", "startups", str(path), "--lang", "zh").exit_code == 0
    assert path.stat().st_size > 100


def test_filling_again_tells_where_files_and_staff_differ(run, folder) -> None:
    run("users", "add", "boss", "--role", "admin")
    with build_registry(Settings(data_dir=folder)) as registry:
        with registry.transactions() as uow:
            boss = uow.accounts.by_login("boss")
        registry.carriers.correct(
            actor_of(boss),
            CarrierId("cn004"),
            {"founded": 1999},
            Grounds(on=date(2026, 1, 2)),
            expected=None,
            now=datetime.now(UTC),
        )
    line = json.dumps({"id": "cn004", "founded": 1998})

    taken = run("import", "carriers", file_of(folder, line, "one.jsonl"))
    again = run("init")

    assert "cn004, founded: the carrier's own correction stays" in taken.stderr.replace("\n", " ")
    assert again.exit_code == 0
    assert [one["founded"] for one in exported(run, folder, "carriers") if one["id"] == "cn004"] == [1999]
