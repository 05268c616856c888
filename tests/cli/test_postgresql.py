"""The program on a PostgreSQL server: one setting, and all else as on SQLite."""

import json

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def on_server(postgres_server, run_fresh) -> Run:
    """Runs the command line on an empty database of a server."""
    setting = {"MATCHER_DATABASE_URL": postgres_server.url(postgres_server.create())}
    return lambda *arguments: run_fresh(*arguments, env=setting)


def test_what_sqlite_held_is_shown_in_the_same_order_from_postgresql(run, on_server, tmp_path) -> None:
    file = str(tmp_path / "backup.gz")
    run("backup", file)
    moved = on_server("restore", file)
    doctor = on_server("doctor")
    page, there = json.loads(on_server("carriers", "--json").stdout), json.loads(run("carriers", "--json").stdout)

    assert moved.exit_code == doctor.exit_code == 0, doctor.output
    assert page["carriers"] == there["carriers"] != []
    assert page["registry"] == there["registry"]
    assert not list(tmp_path.glob("var/*.db"))


def test_a_server_that_is_not_there_is_said_in_one_sentence(run_fresh) -> None:
    address = {"MATCHER_DATABASE_URL": "postgresql://matcher:secret@127.0.0.1:9/matcher"}

    result = run_fresh("carriers", env=address)
    doctor = run_fresh("doctor", env=address)

    assert (result.exit_code, result.stderr.strip()) == (2, "The database server cannot be reached.")
    assert doctor.exit_code == 1
    assert "secret" not in result.output + doctor.output
