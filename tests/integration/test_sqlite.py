"""What holds for a store in an SQLite file alone."""

import pytest
from sqlalchemy import event

from data.unit_of_work import open_store
from matcher.domain.errors import StoreFull, StoreNotReady
from matcher.services.initialise import Initialise


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


def test_a_store_that_is_not_there_is_not_made_by_asking(url, tmp_path) -> None:
    assert open_store(url).revision() is None
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_the_store_is_made(tmp_path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'deep' / 'down' / 'store.sqlite'}")
    store.migrate()

    assert store.revision() is not None
    store.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(StoreNotReady, match="file"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}").migrate()


def test_a_folder_in_place_of_the_store_is_refused(tmp_path) -> None:
    with pytest.raises(StoreNotReady, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}").migrate()


def test_a_file_that_is_no_database_is_named_as_such(url, tmp_path) -> None:
    (tmp_path / "store.sqlite").write_text("a letter, not a database " * 100, encoding="utf-8")

    with pytest.raises(StoreNotReady, match="not a SQLite database"):
        open_store(url).transactions()


def test_links_are_checked_and_the_log_is_written_ahead(store) -> None:
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_full_disk_is_told_and_leaves_nothing_half_written(store, seed) -> None:
    @event.listens_for(store.engine, "checkout")
    def leave_little_room(connection, *_) -> None:
        n_pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {n_pages + room_pages}")

    room_pages = 20
    store.engine.dispose()
    with pytest.raises(StoreFull, match="disk is full; nothing was written"):
        Initialise(store.transactions)(seed)
    with store.transactions() as uow:
        assert uow.carriers.all() == []

    room_pages = 10_000
    assert Initialise(store.transactions)(seed).added["carriers"] == len(seed.carriers)
