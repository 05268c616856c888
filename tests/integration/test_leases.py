"""A job is one process's at a time, whichever database keeps that."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from data.leases import HELD_FOR, SqlLeases
from tests.factories import NOW

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def leases(store) -> SqlLeases:
    return SqlLeases(store)


def take(leases, holder="one", *, every=timedelta(0), now=NOW) -> bool:
    return leases.take("sweep", holder, every=every, now=now)


def test_what_one_has_taken_nobody_else_gets_until_it_is_given_back_or_expires(leases) -> None:
    assert take(leases)
    assert not take(leases, "other", now=NOW + HELD_FOR - SECOND)
    assert take(leases, "one", now=NOW + HELD_FOR - SECOND)
    assert not take(leases, "other", now=NOW + HELD_FOR)
    assert take(leases, "other", now=NOW + 2 * HELD_FOR)

    leases.give_back("sweep", "one", done_at=None)  # too late: it is another's by now
    assert not take(leases, "one", now=NOW + 2 * HELD_FOR)
    leases.give_back("sweep", "other", done_at=None)
    assert take(leases, "one", now=NOW + 2 * HELD_FOR)


def test_a_job_that_was_done_is_had_again_when_its_time_has_passed(leases) -> None:
    assert take(leases, every=DAY)
    leases.give_back("sweep", "one", done_at=NOW)

    assert not take(leases, every=DAY, now=NOW + DAY - SECOND)
    assert take(leases, every=DAY, now=NOW + DAY)


def test_one_that_was_not_done_to_its_end_is_had_at_once(leases) -> None:
    assert take(leases, every=DAY)
    leases.give_back("sweep", "one", done_at=None)

    assert take(leases, "other", every=DAY)


def test_a_clock_that_was_set_back_stops_no_job(leases) -> None:
    assert take(leases, now=NOW + DAY)
    assert take(leases, "other", now=NOW)
    leases.give_back("sweep", "other", done_at=NOW + DAY)

    assert take(leases, every=DAY, now=NOW)


def test_of_many_who_want_it_at_once_one_gets_it(leases) -> None:
    with ThreadPoolExecutor(8) as others:
        got = list(others.map(lambda number: take(leases, f"process-{number}"), range(8)))

    assert got.count(True) == 1
