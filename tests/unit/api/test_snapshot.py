"""The registry that requests see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Thread

import pytest

from api.snapshot import RegistrySnapshot
from matcher.domain.errors import StoreNotReady
from matcher.domain.registry import Registry, RegistryVersion
from matcher.domain.taxonomy import Taxonomy


@dataclass
class Store:
    """As much of a unit of work as a snapshot reads; counts how often it is asked."""

    registry_now: Registry | None
    n_opened: int = 0
    n_read: int = 0

    @contextmanager
    def __call__(self) -> Iterator["Store"]:
        self.n_opened += 1
        yield self

    def registry_version(self) -> RegistryVersion:
        return self.registry_now.version

    def registry(self) -> Registry:
        self.n_read += 1
        if self.registry_now is None:
            raise StoreNotReady("The store is empty.")
        return self.registry_now


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def a_registry(version: str) -> Registry:
    taxonomy = Taxonomy(version="1", terms=())
    return Registry(version=RegistryVersion(version=version, as_of="2026-11-22"), taxonomy=taxonomy, carriers=())


def test_the_store_is_asked_at_most_twice_a_second() -> None:
    store, clock = Store(a_registry("1")), Clock()
    snapshot = RegistrySnapshot(store, clock)

    for _ in range(10):
        snapshot()
    clock.now += 0.5
    snapshot()

    assert store.n_opened == 2
    assert store.n_read == 1


def test_a_change_in_the_store_is_seen_after_a_second() -> None:
    store, clock = Store(a_registry("1")), Clock()
    snapshot = RegistrySnapshot(store, clock)
    first = snapshot()
    store.registry_now = replace(a_registry("2"))

    assert snapshot() is first
    clock.now += 1.0
    assert snapshot().version.version == "2"


def test_what_this_process_wrote_is_seen_at_once() -> None:
    store, clock, writes = Store(a_registry("1")), Clock(), [0]
    snapshot = RegistrySnapshot(store, clock, own_writes=lambda: writes[0])
    snapshot()
    store.registry_now = a_registry("2")
    assert snapshot.recent_version().version == "1"

    writes[0] += 1

    assert snapshot.recent_version() is None
    assert snapshot().version.version == "2"
    assert snapshot.recent_version().version == "2"


def test_who_wrote_while_another_thread_looks_waits_for_what_it_wrote() -> None:
    entered, may_leave, writes = Event(), Event(), [0]

    @dataclass
    class SlowStore(Store):
        @contextmanager
        def __call__(self) -> Iterator["Store"]:
            seen = replace(self)
            if self.n_opened == 1:
                entered.set()
                may_leave.wait(10)
            self.n_opened += 1
            yield seen

    store, clock = SlowStore(a_registry("1")), Clock()
    snapshot = RegistrySnapshot(store, clock, own_writes=lambda: writes[0])
    snapshot()
    clock.now += 1.0
    looking = Thread(target=snapshot)
    looking.start()
    entered.wait(10)
    store.registry_now = a_registry("2")  # after the other thread's transaction has begun
    writes[0] += 1
    found = []
    writer = Thread(target=lambda: found.append(snapshot().version.version))
    writer.start()
    may_leave.set()
    writer.join()
    looking.join()

    assert found == ["2"]


def test_an_empty_store_is_said_to_be_so_and_asked_again() -> None:
    store, clock = Store(None), Clock()
    snapshot = RegistrySnapshot(store, clock)
    with pytest.raises(StoreNotReady):
        snapshot()

    store.registry_now = a_registry("1")

    assert snapshot().version.version == "1"


def test_while_one_thread_looks_the_others_go_on_with_what_is_known() -> None:
    entered, may_leave = Event(), Event()

    @dataclass
    class SlowStore(Store):
        @contextmanager
        def __call__(self) -> Iterator["Store"]:
            if self.n_opened:
                entered.set()
                may_leave.wait(10)
            self.n_opened += 1
            yield self

    store, clock = SlowStore(a_registry("1")), Clock()
    snapshot = RegistrySnapshot(store, clock)
    first = snapshot()
    store.registry_now = a_registry("2")
    clock.now += 1.0
    looking = Thread(target=snapshot)
    looking.start()
    entered.wait(10)

    assert snapshot() is first
    may_leave.set()
    looking.join()
    assert snapshot().version.version == "2"
