"""Feedback on a real store, when several tell the same at once and when the store is written by others."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from data.tables import FeedbackRow
from matcher.domain.accounts import NOBODY
from matcher.domain.errors import ListNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.impressions import FeedbackKind
from matcher.services.record_feedback import RecordFeedback, Told
from tests.contracts.test_feedback_contract import a_list
from tests.factories import NOW

AT_ONCE = 6


@pytest.fixture
def record(store) -> RecordFeedback:
    def keep_shown() -> None:
        with store.transactions() as uow:
            uow.impressions.add([a_list()])
            uow.commit()

    return RecordFeedback(store.transactions, keep_shown)


def a_click(**changes) -> Told:
    return Told(**{"request_id": "r1", "carrier": CarrierId("c2"), "kind": FeedbackKind.CLICK, **changes})


def test_the_same_told_by_several_at_once_is_one_row(store, record) -> None:
    together = Barrier(AT_ONCE)

    def tell(_: int) -> bool:
        together.wait()
        return record(NOBODY, a_click(), now=NOW)[1]

    with ThreadPoolExecutor(AT_ONCE) as threads:
        new = list(threads.map(tell, range(AT_ONCE)))

    with store.transactions() as uow:
        assert uow.session.scalar(select(func.count()).select_from(FeedbackRow)) == 1
    assert sorted(new) == [False] * (AT_ONCE - 1) + [True]


def test_a_list_that_is_still_on_its_way_is_written_first(record) -> None:
    feedback, is_new = record(NOBODY, a_click(), now=NOW)

    assert (feedback.rank, is_new) == (2, True)


def test_what_is_refused_leaves_nothing(store, record) -> None:
    with pytest.raises(ListNotFound):
        record(NOBODY, a_click(request_id="r2"), now=NOW)

    with store.transactions() as uow:
        assert uow.session.scalar(select(func.count()).select_from(FeedbackRow)) == 0
