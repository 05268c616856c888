"""What every store promises of lists that were shown, and of what came of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.unit_of_work import open_store
from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.impressions import Feedback, FeedbackKind, Impression, ShownList
from matcher.domain.matches import ListOrder, ModelIds
from matcher.domain.startups import Scope
from tests.contracts.test_startups_contract import read_of
from tests.factories import NOW, a_startup

OWNER = AccountId("owner")
KEPT = StartupId("kept")


def with_a_startup(url) -> None:
    store = open_store(url)
    store.migrate()
    record = a_startup(id=KEPT, owner=OWNER)
    with store.transactions() as uow:
        uow.accounts.add(Account(id=OWNER, login="owner", role=Role.STARTUP, created_at=NOW), "hash")
        uow.startups.put(record, read_of(record))
        uow.commit()
    store.close()


@pytest.fixture
def transactions(database):
    store = open_store(database.copy("one startup", with_a_startup))
    yield store.transactions
    store.close()


def a_list(request_id="r1", **changes) -> ShownList:
    places = tuple(
        Impression(rank=rank, carrier=CarrierId(id), score=score)
        for rank, id, score in ((1, "c1", 0.1), (2, "c2", -3.0))
    )
    plain = ShownList(
        request_id=request_id,
        scope=Scope.DELTA,
        models=ModelIds(encoder="encoder@1", reader="reader@2", ranker="ranker@3"),
        registry="0123456789abcdef",
        shown_at=NOW,
        places=places,
    )
    return replace(plain, **changes)


def for_startup(shown: ShownList, startup=KEPT) -> ShownList:
    return replace(shown, startup=startup, places=tuple(replace(place, startup=startup) for place in shown.places))


def a_feedback(**changes) -> Feedback:
    plain = Feedback(
        request_id="r1",
        carrier=CarrierId("c2"),
        kind=FeedbackKind.VISIT,
        startup=KEPT,
        rank=2,
        at=NOW,
        recorded_at=NOW + timedelta(minutes=1),
        reported_by=Role.STAFF,
    )
    return replace(plain, **changes)


def keep(transactions, *lists) -> int:
    with transactions() as uow:
        n_new = uow.impressions.add(lists)
        uow.commit()
    return n_new


@pytest.mark.parametrize(
    "shown",
    [
        a_list(),
        for_startup(a_list()),
        a_list(order=ListOrder.NEUTRAL, places=(Impression(rank=1, carrier=CarrierId("c1")),)),
        a_list(
            scope=None,
            carrier=CarrierId("c1"),
            places=(Impression(rank=1, carrier=CarrierId("c1"), startup=KEPT, score=2.5),),
        ),
    ],
    ids=["of nobody", "of a startup", "neutral", "of leads"],
)
def test_a_list_is_read_back_as_it_was_shown(transactions, shown) -> None:
    assert keep(transactions, shown) == 1

    with transactions() as uow:
        assert uow.impressions.get("r1") == shown
        assert uow.impressions.get("r2") is None


def test_the_first_list_with_an_id_stays(transactions) -> None:
    first, second = a_list(), a_list(registry="another")

    assert keep(transactions, first, second) == 1
    assert keep(transactions, second, a_list("r2")) == 1

    with transactions() as uow:
        assert uow.impressions.get("r1") == first


def test_what_names_a_startup_that_is_gone_is_not_kept(transactions) -> None:
    gone = StartupId("gone")
    leads = a_list(
        "leads",
        carrier=CarrierId("c1"),
        places=(
            Impression(rank=1, carrier=CarrierId("c1"), startup=gone, score=2.5),
            Impression(rank=2, carrier=CarrierId("c1"), startup=KEPT, score=2.0),
        ),
    )

    assert keep(transactions, for_startup(a_list(), gone), leads) == 1

    with transactions() as uow:
        assert uow.impressions.get("r1") is None
        assert [place.rank for place in uow.impressions.get("leads").places] == [2]


def test_an_erased_startup_takes_its_lists_and_feedback_along(transactions) -> None:
    keep(transactions, for_startup(a_list()), a_list("r2"))
    with transactions() as uow:
        uow.feedback.add(a_feedback())
        uow.feedback.add(a_feedback(request_id="r2", startup=None))
        uow.commit()

    with transactions() as uow:
        uow.startups.erase(KEPT)
        uow.commit()

    with transactions() as uow:
        assert uow.impressions.get("r1") is None
        assert uow.impressions.get("r2") == a_list("r2")
        assert uow.feedback.get("r1", CarrierId("c2"), FeedbackKind.VISIT) is None
        assert uow.feedback.get("r2", CarrierId("c2"), FeedbackKind.VISIT) is not None


def test_older_lists_are_forgotten_and_what_came_of_them_stays(transactions) -> None:
    keep(transactions, for_startup(a_list()), a_list("r2", shown_at=NOW + timedelta(days=1)))
    with transactions() as uow:
        uow.feedback.add(a_feedback())
        assert uow.impressions.forget_older(NOW + timedelta(hours=1)) == 1
        uow.commit()

    with transactions() as uow:
        assert uow.impressions.get("r1") is None
        assert uow.impressions.get("r2") is not None
        assert uow.feedback.of([KEPT]) == [a_feedback()]


def test_feedback_is_read_back_as_it_was_told(transactions) -> None:
    told = [a_feedback(), a_feedback(kind=FeedbackKind.CLICK, reported_by=None), a_feedback(carrier=CarrierId("c1"))]
    with transactions() as uow:
        for one in told:
            uow.feedback.add(one)
        uow.commit()

    with transactions() as uow:
        assert uow.feedback.of([KEPT]) == told
        assert uow.feedback.of([StartupId("other")]) == []
        assert uow.feedback.get("r1", CarrierId("c2"), FeedbackKind.CLICK) == told[1]
        assert uow.feedback.get("r1", CarrierId("c2"), FeedbackKind.ADMISSION) is None


def test_lists_leave_the_version_of_the_registry_alone(transactions) -> None:
    with transactions() as uow:
        uow.impressions.add([a_list()])
        uow.feedback.add(a_feedback())
        assert not uow.keeper.changed
