"""`matcher data` and `matcher retention`, on a store of their own."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from data.tables import ConsentRow, LeadRow, StartupActivityRow, StartupRow
from data.unit_of_work import open_store
from tests.cli.conftest import run_in
from tests.personal import everything, fill, tables_with

NAME = "marzipan"
LOGIN = f"login-of-{NAME}"


@pytest.fixture
def folder(filled, tmp_path) -> Path:
    return Path(copytree(filled, tmp_path / "var"))


@pytest.fixture
def run(folder):
    return lambda *arguments, **options: run_in(folder, *arguments, **options)


@pytest.fixture
def store(folder):
    store = open_store(f"sqlite:///{folder / 'matcher.db'}")
    fill(store, NAME)
    yield store
    store.close()


def let_lie(store, days: int) -> None:
    """As if nobody had used the startups for so many days, and their owners had been told in time."""
    then = datetime.now(UTC) - timedelta(days=days)
    with Session(store.engine) as session:
        for column in (
            StartupRow.updated_at,
            StartupActivityRow.used_at,
            ConsentRow.given_at,
            LeadRow.updated_at,
        ):
            session.execute(update(column.class_).values({column: then}))
        session.execute(update(StartupActivityRow).values(noticed_at=then + timedelta(days=150)))
        session.commit()


def test_all_that_is_kept_about_an_account_is_written_as_json(run, store, tmp_path) -> None:
    shown = run("data", "export", "--account", LOGIN)
    written = run("data", "export", "--account", LOGIN, "--output", str(tmp_path / "mine.json"))

    assert (shown.exit_code, written.exit_code) == (0, 0)
    first, second = json.loads(shown.stdout), json.loads((tmp_path / "mine.json").read_bytes())
    assert first["startups"][0]["text"] == f"A secret recipe of {NAME}."
    others = {"exported_at": "", "audit": []}  # the second export knows of the first
    assert second | others == first | others
    assert f"All that is kept about {LOGIN}" in written.stdout


def test_an_account_is_erased_if_it_is_named_twice(run, store) -> None:
    refused = run("data", "erase", "--account", LOGIN, "--confirm", "yes")
    assert refused.exit_code == 2
    assert tables_with(store, NAME)

    done = run("data", "erase", "--account", LOGIN, "--confirm", LOGIN)

    assert done.exit_code == 0
    assert tables_with(store, NAME) == []
    assert run("data", "erase", "--account", LOGIN, "--confirm", LOGIN).exit_code == 2


def test_an_account_that_does_not_exist_is_said_in_one_sentence(run, store) -> None:
    result = run("data", "export", "--account", "nobody")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip() == "There is no account nobody."


def test_retention_counts_first_and_then_lets_go(run, store) -> None:
    let_lie(store, days=200)

    counted = run("retention", "run", "--dry-run", "--json")
    said = run("retention", "run", "--dry-run")
    still = len(everything(store)["startups"])
    done = run("retention", "run", "--json")

    assert json.loads(counted.stdout)["erased"] == json.loads(done.stdout)["erased"] == 1
    assert "Startups erased: 1." in said.stdout
    assert NAME not in counted.stdout + done.stdout
    assert (still, len(everything(store)["startups"])) == (1, 0)


def test_retention_by_other_days(run, store) -> None:
    let_lie(store, days=200)

    assert json.loads(run("retention", "run", "--days", "365", "--json").stdout)["erased"] == 0
    refused = run("retention", "run", "--days", "7")

    assert refused.exit_code == 2
    assert "31 to 3,650 days" in " ".join(refused.stderr.split())
