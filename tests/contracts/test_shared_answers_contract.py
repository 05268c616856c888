"""What every store promises of answers that are shared, and of the service around them."""

from datetime import timedelta

import pytest

from data.unit_of_work import open_store
from matcher.domain.errors import NotFound, TooMany
from matcher.domain.retention import Terms
from matcher.domain.tokens import digest
from matcher.services.run_retention import RunRetention
from matcher.services.share_answers import ShareAnswers
from tests.accounts import LIMITS, new_id, new_secret
from tests.factories import NOW

CONTENT = {"zh": {"matches": [{"rank": 1, "name": "产业园 😀"}]}, "en": {"matches": []}}
DAYS = timedelta(days=30)


def without_rows(url: str) -> None:
    store = open_store(url)
    store.migrate()
    store.close()


@pytest.fixture
def store(database):
    store = open_store(database.copy("no rows", without_rows))
    yield store
    store.close()


@pytest.fixture
def share(store) -> ShareAnswers:
    return ShareAnswers(
        transactions=store.transactions, new_id=new_id, new_secret=new_secret, kept_for=DAYS, most_kept=2
    )


def test_an_answer_is_read_back_as_it_was_shared(store, share) -> None:
    made = share.make(CONTENT, now=NOW)

    shared = share.read(made.id, now=NOW)

    assert (shared.content, shared.made_at, shared.expires_at) == (CONTENT, NOW, NOW + DAYS)
    assert made.expires_at == NOW + DAYS
    assert shared.secret_hash == digest(made.secret)


def test_what_is_not_there_is_not_found(share) -> None:
    with pytest.raises(NotFound):
        share.read("nothing", now=NOW)


def test_an_answer_is_shown_until_its_time_is_over_and_not_a_moment_longer(share) -> None:
    made = share.make(CONTENT, now=NOW)

    assert share.read(made.id, now=NOW + DAYS - timedelta(seconds=1))
    with pytest.raises(NotFound):
        share.read(made.id, now=NOW + DAYS)


def test_only_its_maker_ends_it(share) -> None:
    made = share.make(CONTENT, now=NOW)
    for secret in ("", made.id, made.secret[:-1]):
        with pytest.raises(NotFound):
            share.end(made.id, secret, now=NOW)
    assert share.read(made.id, now=NOW)

    share.end(made.id, made.secret, now=NOW)

    with pytest.raises(NotFound):
        share.read(made.id, now=NOW)
    with pytest.raises(NotFound):
        share.end(made.id, made.secret, now=NOW)


def test_there_is_a_bound_on_all_that_is_kept(share) -> None:
    first, _ = share.make(CONTENT, now=NOW), share.make(CONTENT, now=NOW)
    with pytest.raises(TooMany):
        share.make(CONTENT, now=NOW)

    share.end(first.id, first.secret, now=NOW)

    assert share.make(CONTENT, now=NOW)


def test_what_is_over_leaves_the_store(store, share) -> None:
    retention = RunRetention(transactions=store.transactions, scrub=store.scrub, sessions=LIMITS, terms=Terms(180))
    share.make(CONTENT, now=NOW)
    kept = share.make(CONTENT, now=NOW + timedelta(days=1))

    assert retention(now=NOW + DAYS).expired["shared_answers"] == 1

    with store.transactions() as unit:
        assert unit.shared_answers.count() == 1
    assert share.read(kept.id, now=NOW + DAYS)


def test_sharing_leaves_the_version_of_the_registry_alone(store, share) -> None:
    with store.transactions() as unit:
        share.make(CONTENT, now=NOW)
        assert not unit.keeper.changed
