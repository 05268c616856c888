"""What holds for a store on a PostgreSQL server alone: it may go and come back, and it is stricter about values."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from data.databases.bytewise import OTHERWISE
from data.databases.numbering import continue_numbering
from data.unit_of_work import Store, open_store
from matcher.domain.errors import CarrierNotFound, InvalidField, StoreFull, StoreNotReady
from matcher.domain.ids import CarrierId
from matcher.services.initialise import Initialise
from tests.factories import a_carrier

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def on_own_server(own_server, database, seed) -> Iterator[Store]:
    store = open_store(own_server.url(own_server.create()))
    store.migrate()
    Initialise(store.transactions)(seed)
    yield store
    store.close()


# Gone and back


def test_while_the_server_is_gone_that_is_said_and_when_it_is_back_all_goes_on(own_server, on_own_server, seed) -> None:
    with on_own_server.transactions() as uow:
        before = uow.registry_version()
    own_server.stop()

    for _ in range(2):
        with on_own_server.transactions() as uow, pytest.raises(StoreNotReady, match="cannot be reached"):
            uow.registry_version()
    own_server.start()

    with on_own_server.transactions() as uow:
        assert uow.registry_version() == before
        assert tuple(uow.carriers.all()) == seed.carriers


def test_a_transaction_in_which_the_server_went_leaves_nothing(own_server, on_own_server) -> None:
    with on_own_server.transactions() as uow:
        uow.carriers.put(a_carrier(id=CarrierId("half")))
        uow.session.flush()
        own_server.stop()
        with pytest.raises(StoreNotReady, match="cannot be reached"):
            uow.commit()
    own_server.start()

    with on_own_server.transactions() as uow, pytest.raises(CarrierNotFound):
        uow.carriers.get(CarrierId("half"))


def test_what_was_acknowledged_outlives_the_server(own_server, on_own_server) -> None:
    with on_own_server.transactions() as uow:
        uow.carriers.put(a_carrier(id=CarrierId("kept")))
        uow.commit()

    own_server.stop()
    own_server.start()

    with on_own_server.transactions() as uow:
        assert uow.carriers.get(CarrierId("kept")).id == "kept"


def test_a_database_that_is_not_there_is_not_ready(postgres_server, database) -> None:
    store = open_store(postgres_server.url("nowhere"))

    with pytest.raises(StoreNotReady, match="cannot be reached"):
        store.transactions()
    store.close()


# Values


def test_every_text_column_is_ordered_byte_by_byte(store) -> None:
    with store.engine.connect() as connection:
        assert connection.execute(OTHERWISE).all() == []
        compared = (
            "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' AND collation_name = 'C'"
        )
        assert connection.scalar(text(compared)) > 50


@pytest.mark.parametrize("changes", [{"city": "with\0zero"}, {"id": CarrierId("x" * 200)}, {"founded": 2**40}])
def test_a_value_that_the_server_cannot_keep_is_refused_as_input(filled, changes) -> None:
    with filled.transactions() as uow:
        uow.carriers.put(a_carrier(**changes))

        with pytest.raises(InvalidField, match="too long, out of range, or no text"):
            uow.commit()


def test_numbering_goes_on_after_rows_that_brought_their_numbers(store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE numbered (id serial PRIMARY KEY, also integer)")
        connection.exec_driver_sql("INSERT INTO numbered (id) VALUES (7), (41)")
        continue_numbering(connection)

        assert connection.exec_driver_sql("INSERT INTO numbered (also) VALUES (1) RETURNING id").scalar() == 42


def test_a_full_disk_of_the_server_is_told(store) -> None:
    raising = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"

    with store.engine.connect() as connection, pytest.raises(StoreFull, match="nothing was written"):
        connection.exec_driver_sql(raising)
