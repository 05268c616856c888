"""The history of the tables leads to what the program expects, and back."""

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
