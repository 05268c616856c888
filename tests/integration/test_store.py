"""The store on each kind of database: what it refuses, and what it withstands."""

import subprocess
import sys
import time
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from api.snapshot import RegistrySnapshot
from data.unit_of_work import open_store
from matcher.domain.errors import CarrierNotFound, StoreBusy, StoreNotReady
from matcher.domain.ids import CarrierId
from matcher.services.initialise import Initialise
from tests.factories import a_carrier

N_WRITES = 15


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def outcome(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


# Opening


def test_a_store_without_tables_says_so(url) -> None:
    store = open_store(url)

    assert store.revision() is None
    with pytest.raises(StoreNotReady, match="no tables"):
        store.transactions()
    store.close()


def test_a_store_of_a_newer_program_is_left_alone(store, url) -> None:
    with store.writing(patience_ms=0) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    newer = open_store(url)

    with pytest.raises(StoreNotReady, match="9999"):
        newer.transactions()
    with pytest.raises(StoreNotReady, match="newer version"):
        newer.migrate()
    newer.close()


@pytest.mark.parametrize("address", ["mysql://somewhere/store", "no address at all", "postgresql+nodriver://h/d"])
def test_an_address_of_another_kind_is_refused(address) -> None:
    with pytest.raises(StoreNotReady, match="no URL of SQLite or of PostgreSQL"):
        open_store(address)


# Several at once


def test_a_reader_neither_waits_for_a_writer_nor_sees_half_of_its_work(filled) -> None:
    with filled.transactions() as writer:
        writer.carriers.put(a_carrier(id=CarrierId("half")))
        writer.session.flush()

        with filled.transactions() as reader, pytest.raises(CarrierNotFound):
            reader.carriers.get(CarrierId("half"))


def test_a_snapshot_stays_as_it_began(filled) -> None:
    with filled.transactions() as reader:
        before = reader.registry_version()
        with filled.transactions() as writer:
            writer.carriers.put(a_carrier(id=CarrierId("later")))
            writer.commit()

        registry = reader.registry()

    assert registry.version == before
    assert CarrierId("later") not in registry.by_id


def test_what_rests_on_an_outdated_reading_is_not_written(filled, seed) -> None:
    carrier = seed.carriers[0]
    with filled.transactions() as slow:
        slow.carriers.get(carrier.id)
        with filled.transactions() as fast:
            fast.carriers.put(replace(carrier, operator="fast"))
            fast.commit()

        with pytest.raises(StoreBusy):
            slow.carriers.put(replace(carrier, operator="slow"))

    with filled.transactions() as uow:
        assert uow.carriers.get(carrier.id).operator == "fast"


def test_threads_that_read_before_they_write_lose_nothing(filled, seed) -> None:
    carrier_id = seed.carriers[0].id
    start = Barrier(2)

    def add_tenants(name: str) -> None:
        start.wait()
        for number in range(N_WRITES):
            with filled.transactions() as uow:
                uow.lock()
                carrier = uow.carriers.get(carrier_id)
                uow.carriers.put(replace(carrier, tenants=(*carrier.tenants, f"{name}{number}")))
                uow.commit()

    threads = [Thread(target=add_tenants, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with filled.transactions() as uow:
        tenants = uow.carriers.get(carrier_id).tenants
    assert {f"{name}{number}" for name in "ab" for number in range(N_WRITES)} <= set(tenants)


WRITE_MANY = """
import sys
from dataclasses import replace
from data.unit_of_work import open_store
url, name, n = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(url)
with store.transactions() as uow:
    model = uow.carriers.all()[0]
for number in range(n):
    with store.transactions() as uow:
        uow.carriers.put(replace(model, id=f"{name}{number}"))
        uow.commit()
store.close()
"""


def test_two_processes_that_write_lose_nothing(filled, filled_url) -> None:
    writers = [python(WRITE_MANY, filled_url, name, str(N_WRITES)) for name in ("one", "two")]

    assert [outcome(writer) for writer in writers] == [(0, ""), (0, "")]
    with filled.transactions() as uow:
        ids = {carrier.id for carrier in uow.carriers.all()}
    assert {f"{name}{number}" for name in ("one", "two") for number in range(N_WRITES)} <= ids


ADD_TENANTS = """
import sys
from dataclasses import replace
from data.unit_of_work import open_store
url, name, carrier_id, n = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
store = open_store(url)
for number in range(n):
    with store.transactions() as uow:
        uow.lock()
        carrier = uow.carriers.get(carrier_id)
        uow.carriers.put(replace(carrier, tenants=(*carrier.tenants, f"{name}{number}")))
        uow.commit()
    print(f"{name}{number}", flush=True)
store.close()
"""


def test_of_processes_that_change_one_record_one_may_be_killed_and_nothing_acknowledged_is_lost(
    filled, filled_url, seed
) -> None:
    carrier_id = seed.carriers[0].id
    doomed, *others = (
        python(ADD_TENANTS, filled_url, name, carrier_id, n)
        for name, n in zip("abc", ("9999", "12", "12"), strict=True)
    )
    assert doomed.stdout is not None
    acknowledged = [doomed.stdout.readline().strip() for _ in range(3)]

    doomed.kill()
    acknowledged += doomed.communicate(timeout=60)[0].split()
    for process in others:
        acknowledged += process.communicate(timeout=60)[0].split()

    with filled.transactions() as uow:
        tenants = uow.carriers.get(carrier_id).tenants
    assert len(acknowledged) >= 27
    assert set(acknowledged) <= set(tenants)
    assert len(tenants) - len(seed.carriers[0].tenants) - len(acknowledged) in (0, 1)  # killed before it could say so


def test_a_change_is_in_every_process_within_a_second(filled, filled_url, seed) -> None:
    carrier = seed.carriers[0]
    elsewhere = open_store(filled_url)
    snapshot = RegistrySnapshot(elsewhere.transactions)
    snapshot()

    with filled.transactions() as uow:
        uow.carriers.put(replace(carrier, operator="new"))
        uow.commit()

    until = time.monotonic() + 1.0
    while snapshot().by_id[carrier.id].operator != "new":
        assert time.monotonic() < until
        time.sleep(0.05)
    elsewhere.close()


MIGRATE = """
import sys
from data.unit_of_work import open_store
store = open_store(sys.argv[1])
store.migrate()
assert store.revision() is not None
store.close()
"""


def test_processes_that_migrate_at_once_wait_for_each_other(url) -> None:
    processes = [python(MIGRATE, url) for _ in range(4)]

    assert [outcome(process) for process in processes] == [(0, "")] * 4


LOAD_HALF = """
import sys, time
from dataclasses import replace
from data.seed import read_seed, seed_folder
from data.unit_of_work import open_store
from matcher.services.initialise import Initialise

class Half(tuple):
    def __iter__(self):
        yield from list(super().__iter__())[:120]
        print("half", flush=True)
        time.sleep(60)

store = open_store(sys.argv[1])
if store.engine.dialect.name == "sqlite":
    store.engine.pool.connect().cursor().execute("PRAGMA cache_size = 5")  # so that half of it reaches the file
batch = read_seed(seed_folder())
Initialise(store.transactions)(replace(batch, carriers=Half(batch.carriers)))
"""


def test_a_loading_that_is_killed_leaves_nothing(store, url, seed) -> None:
    loading = python(LOAD_HALF, url)
    assert loading.stdout is not None
    assert loading.stdout.readline() == "half\n"

    loading.kill()
    loading.communicate(timeout=60)

    with store.transactions() as uow:
        assert uow.carriers.all() == []
        with pytest.raises(StoreNotReady):
            uow.registry_version()
    assert Initialise(store.transactions)(seed).added["carriers"] == len(seed.carriers)
