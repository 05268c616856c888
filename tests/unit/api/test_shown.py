"""Lists on their way to the store: in order, bounded, and none lost that could be written."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from api.metrics import Metrics
from api.shown import MOST_WAITING, ShownLists
from data.unit_of_work import open_store
from matcher.domain.errors import StoreBusy
from tests.contracts.test_feedback_contract import a_list
from tests.factories import NOW


class Gate:
    """The transactions of a real store, which can be shut."""

    def __init__(self, store) -> None:
        self.store = store
        self.is_open = True

    def __call__(self):
        if not self.is_open:
            raise StoreBusy("Another process is writing.")
        return self.store.transactions()


@pytest.fixture
def gate(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'matcher.db'}")
    store.migrate()
    yield Gate(store)
    store.close()


@contextmanager
def lists_on(gate, now=NOW):
    lists = ShownLists(gate, Metrics(), timedelta(days=180), lambda: now)
    yield lists
    lists.close()


def fates(lists) -> tuple[float, float]:
    text = lists.metrics.text().decode()
    return tuple(
        float(
            next(
                line.split()[-1]
                for line in text.splitlines()
                if line.startswith("matcher_shown_lists_total") and fate in line
            )
        )
        for fate in ("recorded", "dropped")
    )


def there(gate, *ids) -> list[bool]:
    with gate.store.transactions() as uow:
        return [uow.impressions.get(id) is not None for id in ids]


def test_what_waits_is_written_by_itself(gate) -> None:
    with lists_on(gate) as lists:
        lists.put(a_list("r1"))
        for _ in range(400):
            if there(gate, "r1") == [True]:
                break
            lists._stopping.wait(0.01)

        assert there(gate, "r1") == [True]


def test_closing_writes_what_waits_and_a_list_may_come_afterwards(gate) -> None:
    with lists_on(gate) as lists:
        lists.put(a_list("r1"))
        lists.close()
        assert there(gate, "r1") == [True]
        lists.put(a_list("r2"))

    assert there(gate, "r2") == [True]


def test_a_store_that_cannot_be_written_loses_nothing_that_waits(gate) -> None:
    with lists_on(gate) as lists:
        gate.is_open = False
        lists.put(a_list("r1"))
        with pytest.raises(StoreBusy):
            lists.flush()
        gate.is_open = True
        lists.flush()

        assert there(gate, "r1") == [True]
        assert fates(lists) == (1, 0)


def test_beyond_the_bound_lists_are_dropped_and_counted(gate) -> None:
    gate.is_open = False
    with lists_on(gate) as lists:
        for number in range(MOST_WAITING + 3):
            lists.put(a_list(f"r{number}"))

        assert fates(lists) == (0, 3)
        gate.is_open = True
        lists.flush()
        assert fates(lists) == (MOST_WAITING, 3)
        assert there(gate, f"r{MOST_WAITING - 1}", f"r{MOST_WAITING}") == [True, False]


def test_lists_older_than_they_are_kept_for_are_forgotten(gate) -> None:
    with lists_on(gate, now=NOW + timedelta(days=181)) as lists:
        lists.put(a_list("old"))
        lists.put(a_list("new", shown_at=NOW + timedelta(days=2)))
        lists.flush()

    assert there(gate, "old", "new") == [False, True]
