"""`matcher doctor` says what is well and what to do."""

from shutil import copytree

import pytest
from sqlalchemy import text

from data.unit_of_work import open_store
from matcher.domain.startup_records import ReadStartup
from tests.accounts import make_account
from tests.cli.conftest import run_in
from tests.factories import a_read_profile, a_startup


def test_a_filled_store_and_released_models_are_well(run) -> None:
    result = run("doctor")

    assert result.exit_code == 0, result.output
    things = (
        "Python",
        "Data folder",
        "Disk",
        "Store",
        "Registry",
        "Encoder",
        "Reader",
        "Ranker",
        "Accounts",
        "Startups",
    )
    for thing in things:
        assert f"  {thing}  " in result.stdout
    assert "failure" not in result.stdout


def test_a_store_that_is_not_made_yet_is_a_warning_with_advice(run_fresh) -> None:
    result = run_fresh("doctor")

    assert result.exit_code == 0
    assert "warning  Store  not made yet → Run `matcher init`." in " ".join(result.stdout.split()).replace(
        "warning Store not", "warning  Store  not"
    )


def test_looking_makes_nothing(run_fresh, tmp_path) -> None:
    run_fresh("doctor")

    assert not (tmp_path / "var").exists()


def test_an_encoder_that_cannot_be_had_is_a_failure(run, tmp_path) -> None:
    result = run("doctor", env={"MATCHER_ENCODER": str(tmp_path / "nowhere")})

    assert result.exit_code == 1
    assert "failure" in result.stdout
    assert "MATCHER_ENCODER" in result.stdout


def test_a_damaged_store_is_a_failure(run_fresh, tmp_path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "matcher.db").write_bytes(b"no database at all" * 100)

    assert run_fresh("doctor").exit_code == 1


@pytest.mark.parametrize("address", ["nonsense", "nosuch://place", "postgresql+nosuchdriver://place/name"])
def test_an_address_that_names_no_store_is_a_failure(run_fresh, address) -> None:
    result = run_fresh("doctor", env={"MATCHER_DATABASE_URL": address})

    assert result.exit_code == 1
    assert "MATCHER_DATABASE_URL" in result.stdout
    assert run_fresh("carriers", env={"MATCHER_DATABASE_URL": address}).exit_code == 2


def test_a_store_without_an_active_admin_and_with_startups_to_read_says_so(filled, tmp_path) -> None:
    folder = copytree(filled, tmp_path / "var")
    store = open_store(f"sqlite:///{folder / 'matcher.db'}")
    owner = make_account(store.transactions)
    with store.transactions() as uow:
        record = a_startup(owner=owner.id)
        profile = a_read_profile(uow.vocabulary.load(), {"biomed.devices": 0.9})
        uow.startups.put(
            record,
            ReadStartup(startup_id=record.id, content_hash="0", reader_id="x", read_in="2026-11", profile=profile),
        )
        uow.commit()
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE accounts SET disabled_at = '2026-11-01 00:00:00' WHERE role = 'admin'"))
    store.close()

    result = run_in(folder, "doctor")

    said = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "warning Accounts no active admin → Run: matcher users add LOGIN --role admin" in said
    assert "warning Startups Startups that wait to be read anew: 1." in said
