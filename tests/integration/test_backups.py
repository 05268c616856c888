"""A backup holds the store as it was at one moment, and fills one on either kind of database: whole or not at all."""

import gzip
from datetime import UTC, date, datetime
from hashlib import sha256

import orjson
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine

from data.backups.form import LEFT_OUT, held_by, tables
from data.backups.reading import checked
from data.backups.restoring import refuse_other_step, restore
from data.backups.writing import reading_all
from data.tables import AccountRow, Base, CarrierHistoryRow, PageSessionRow, StartupStateRow, VectorRow
from data.unit_of_work import open_store
from matcher.domain.errors import CarrierNotFound, InvalidFile, InvalidInput, StoreNotReady
from matcher.domain.ids import CarrierId
from matcher.domain.startup_records import StartupChanges
from tests.factories import a_carrier

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def ignore(_: int) -> None:
    pass


@pytest.fixture
def lived_in(filled):
    """A filled store that somebody has signed in to, with a vector."""
    account = {"id": "account", "login": "陈", "role": "office", "created_at": NOW, "version": 1}
    session = {"token_hash": "x", "account_id": "account", "created_at": NOW, "last_seen_at": NOW}
    vector = {"encoder_id": "e@1", "content_hash": "h", "dims": 2, "vector": b"\0\1\2\3\xff\xfe\xfd\xfc"}
    with filled.writing(patience_ms=1000) as connection:
        for row, values in ((AccountRow, account), (PageSessionRow, session), (VectorRow, vector)):
            connection.execute(insert(row), values)
    return filled


@pytest.fixture
def backup(lived_in, tmp_path):
    path = tmp_path / "backup.gz"
    back_up(lived_in, path)
    return path


def back_up(store, path) -> None:
    with reading_all(store, program="0.1.0", now=NOW) as writing, path.open("wb") as file:
        writing(file, ignore)


def content(engine: Engine) -> dict[str, list[tuple]]:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables()
        }


def lines(path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def write_lines(path, content) -> None:
    """With the right hash at the end."""
    digest = sha256(b"".join(content)).hexdigest()
    path.write_bytes(gzip.compress(b"".join([*content, orjson.dumps({"sha256": digest}) + b"\n"])))


# There and back


def test_what_was_backed_up_comes_back_value_by_value(lived_in, backup, database) -> None:
    other = open_store(database.empty())
    other.migrate()

    header = checked(backup)
    restore(other, backup, replace=False, told=ignore)

    assert content(other.engine) == content(lived_in.engine)
    assert header.made_at == NOW
    assert header.n_rows == sum(len(rows) for rows in content(other.engine).values()) > 1000
    other.close()


def test_a_store_moves_from_sqlite_to_postgresql_and_back(postgres_server, lived_in, backup, tmp_path) -> None:
    elsewhere = [f"sqlite:///{tmp_path / 'moved.sqlite'}", postgres_server.url(postgres_server.create())]
    for number, address in enumerate(elsewhere):
        other = open_store(address)
        other.migrate()
        restore(other, backup, replace=False, told=ignore)
        again = tmp_path / f"again{number}.gz"
        back_up(other, again)

        assert content(other.engine) == content(lived_in.engine)
        assert again.read_bytes() == backup.read_bytes()
        other.close()


def test_sessions_are_left_behind(backup, lived_in) -> None:
    restore(lived_in, backup, replace=True, told=ignore)

    runs = {"runs", "run_lists", "run_carriers", "handovers"}
    assert set(LEFT_OUT) == {"jobs", "page_sessions", "sign_in_failures"} | runs
    with lived_in.engine.connect() as connection:
        assert connection.execute(select(PageSessionRow)).all() == []
        assert len(connection.execute(select(AccountRow)).all()) == 1


def test_a_backup_has_nothing_of_what_is_written_meanwhile(filled, tmp_path) -> None:
    path = tmp_path / "backup.gz"
    with reading_all(filled, program="0.1.0", now=NOW) as writing, path.open("wb") as file:
        with filled.transactions() as uow:
            uow.carriers.put(a_carrier(id=CarrierId("later")))
            uow.commit()
        writing(file, ignore)

    checked(path)
    restore(filled, path, replace=True, told=ignore)
    with filled.transactions() as uow, pytest.raises(CarrierNotFound):
        uow.carriers.get(CarrierId("later"))


def test_who_knows_the_startups_as_they_were_reads_them_all_anew(lived_in, backup) -> None:
    with lived_in.writing(patience_ms=1000) as connection:
        connection.execute(insert(StartupStateRow), {"id": 1, "changes": 3, "erased": 0})
    back_up(lived_in, backup)
    with lived_in.writing(patience_ms=1000) as connection:
        connection.execute(update(StartupStateRow).values(changes=5))

    restore(lived_in, backup, replace=True, told=ignore)

    with lived_in.transactions() as uow:
        assert uow.startups.changes() == StartupChanges(last=6, erased=6)


def test_numbering_goes_on_after_a_restore(lived_in, backup) -> None:
    change = {"carrier_id": "cn001", "field": "city", "made_at": NOW}
    with lived_in.writing(patience_ms=1000) as connection:
        connection.execute(insert(CarrierHistoryRow), [{**change, "id": 3}, {**change, "id": 8}])
    back_up(lived_in, backup)
    restore(lived_in, backup, replace=True, told=ignore)

    with lived_in.writing(patience_ms=1000) as connection:
        connection.execute(insert(CarrierHistoryRow), change)
        numbers = connection.scalars(select(CarrierHistoryRow.id).order_by(CarrierHistoryRow.id)).all()

    assert numbers == [3, 8, 9]


def test_progress_is_told_row_by_row(lived_in, backup) -> None:
    written, restored = [], []
    with reading_all(lived_in, program="0.1.0", now=NOW) as writing, backup.open("wb") as file:
        writing(file, written.append)
    restore(lived_in, backup, replace=True, told=restored.append)

    assert sum(written) == sum(restored) == checked(backup).n_rows


def test_a_store_that_is_not_ready_is_not_backed_up(url) -> None:
    store = open_store(url)

    with pytest.raises(StoreNotReady, match="no tables"), reading_all(store, program="0.1.0", now=NOW):
        pass
    store.close()


def test_a_backup_knows_every_held_by_column() -> None:
    kinds = {held_by(column) for table in Base.metadata.sorted_tables for column in table.columns}

    assert kinds <= {str, int, float, bool, bytes, date, datetime, object}  # the last is JSON


# What is refused


def test_a_store_that_holds_something_is_filled_only_where_that_is_given_up(lived_in, backup) -> None:
    with lived_in.transactions() as uow:
        uow.carriers.put(a_carrier(id=CarrierId("mine")))
        uow.commit()

    with pytest.raises(InvalidInput, match="not empty"):
        restore(lived_in, backup, replace=False, told=ignore)
    with lived_in.transactions() as uow:
        assert uow.carriers.get(CarrierId("mine"))

    restore(lived_in, backup, replace=True, told=ignore)
    with lived_in.transactions() as uow, pytest.raises(CarrierNotFound):
        uow.carriers.get(CarrierId("mine"))


def flipped(whole: bytes) -> bytes:
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]


DAMAGES = {
    "cut off": lambda whole: whole[: len(whole) // 2],
    "a bit": flipped,
    "another file": lambda _: b"a letter",
    "empty": lambda _: b"",
    "empty archive": lambda _: gzip.compress(b""),
    "other archive": lambda _: gzip.compress(b'{"matcher_backup": 99}\n'),
    "a row less": lambda whole: gzip.compress(b"".join(gzip.decompress(whole).splitlines(keepends=True)[:-2])),
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_before_anything_is_changed(backup, damage) -> None:
    backup.write_bytes(DAMAGES[damage](backup.read_bytes()))

    with pytest.raises(InvalidFile, match=r"backup\.gz is (damaged|no backup)"):
        checked(backup)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_backup_of_another_step_names_the_version_that_can_restore_it(backup) -> None:
    first, *rest = lines(backup)[:-1]
    write_lines(backup, [orjson.dumps(orjson.loads(first) | {"step": "0001"}) + b"\n", *rest])

    with pytest.raises(InvalidFile, match=r"step 0001 \(version 0\.1\.0\)"):
        refuse_other_step(checked(backup), backup)


def without_a_source(rows: list[bytes]) -> list[bytes]:
    """The first source is left out; carriers name it."""
    first = next(n for n, row in enumerate(rows) if row.startswith(b'{"table":"sources"')) + 1
    return [*rows[:first], *rows[first + 1 :]]


def of_another_table(rows: list[bytes]) -> list[bytes]:
    return [row.replace(b'{"table":"sources"', b'{"table":"secrets"') for row in rows]


def with_no_date(rows: list[bytes]) -> list[bytes]:
    return [rows[0], *(row.replace(b"2026-11-25T08:30:00+00:00", b"yesterday") for row in rows[1:])]


@pytest.mark.parametrize("spoil", [without_a_source, of_another_table, with_no_date])
def test_rows_that_do_not_fit_leave_the_store_as_it_was(lived_in, backup, spoil) -> None:
    before = content(lived_in.engine)
    write_lines(backup, spoil(lines(backup)[:-1]))

    with pytest.raises(InvalidFile, match="do not fit this store; nothing was changed"):
        restore(lived_in, backup, replace=True, told=ignore)

    assert content(lived_in.engine) == before
