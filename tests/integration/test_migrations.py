"""The history of the tables leads to what the program expects, and back; whoever breaks it off leaves it whole."""

import subprocess
import sys
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from data.migrating import MIGRATIONS, downgrade, upgrade
from data.migrations import HEAD
from data.tables import Base
from data.unit_of_work import open_store


def test_the_last_step_is_the_one_that_the_program_expects() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_the_steps_lead_to_the_tables_of_the_program(store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})

        assert compare_metadata(context, Base.metadata) == []


def test_every_step_can_be_taken_back(store) -> None:
    steps = [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    for step in [*steps[1:], "base"]:
        downgrade(store.engine, step)

    assert set(inspect(store.engine).get_table_names()) == {"alembic_version"}
    assert store.revision() is None

    for step in reversed(steps):
        upgrade(store.engine, step)
    assert store.revision() == HEAD


def test_migrating_twice_keeps_what_is_there(filled, filled_url) -> None:
    with filled.transactions() as uow:
        before = uow.registry()

    again = open_store(filled_url)
    again.migrate()

    with again.transactions() as uow:
        assert uow.registry() == before
    again.close()


def test_the_working_folder_does_not_matter(url, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store(url)
    store.migrate()

    assert store.revision() == HEAD
    store.close()


BREAK_OFF = """
import sys, time
from sqlalchemy import event
from data.unit_of_work import open_store

store = open_store(sys.argv[1])

@event.listens_for(store.engine, "after_cursor_execute")
def wait_in_the_middle(connection, cursor, statement, *more):
    if "CREATE TABLE finance_products" in statement:
        print("half", flush=True)
        time.sleep(60)

store.migrate()
"""


@pytest.mark.parametrize("begun_at", [None, "0002"])
def test_a_migration_that_is_killed_leaves_the_step_it_began_at_and_the_next_one_goes_on(url, begun_at) -> None:
    store = open_store(url)
    if begun_at:
        upgrade(store.engine, begun_at)
    process = subprocess.Popen([sys.executable, "-c", BREAK_OFF, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "half\n"

    process.kill()
    process.communicate(timeout=60)

    assert store.revision() == begun_at
    assert "finance_products" not in inspect(store.engine).get_table_names()
    store.migrate()
    assert store.revision() == HEAD
    store.close()


def test_a_migration_waits_for_who_writes(store) -> None:
    step_back = Thread(target=downgrade, args=(store.engine, "0001"))
    with store.writing(patience_ms=100) as connection:
        step_back.start()
        step_back.join(timeout=0.3)
        assert step_back.is_alive()
        assert inspect(connection).has_table("carriers")
    step_back.join(timeout=30)

    assert store.revision() == "0001"
