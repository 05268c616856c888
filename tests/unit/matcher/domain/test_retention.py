"""A startup that nobody uses is erased after its owner was told, and no clock makes that come early."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.errors import InvalidField
from matcher.domain.ids import StartupId
from matcher.domain.retention import Activity, Step, Terms

START = datetime(2026, 1, 1, tzinfo=UTC)
TERMS = Terms(180)


def after(days: float) -> datetime:
    return START + timedelta(days=days)


def step(day: float, noticed: float | None = None) -> Step:
    """Of a startup that was used last on day 0."""
    told = None if noticed is None else after(noticed)
    return TERMS.step(Activity(startup=StartupId("s"), active_at=START, noticed_at=told), after(day))


def test_it_is_kept_then_its_owner_is_told_then_it_is_erased() -> None:
    assert [step(149), step(150), step(179, noticed=150), step(180, noticed=150)] == [
        Step.KEEP,
        Step.NOTICE,
        Step.KEEP,
        Step.ERASE,
    ]


def test_who_was_told_late_has_thirty_days_all_the_same() -> None:
    assert step(400) is Step.NOTICE
    assert step(429, noticed=400) is Step.KEEP
    assert step(430, noticed=400) is Step.ERASE


def test_a_notice_from_before_the_last_use_is_none() -> None:
    assert step(200, noticed=-1) is Step.NOTICE


def test_a_clock_that_was_set_back_erases_nothing() -> None:
    assert step(-400, noticed=150) is Step.KEEP
    assert step(160, noticed=400) is Step.NOTICE  # told by a clock that was ahead: told anew


@given(st.integers(31, 3650), st.lists(st.integers(-4000, 8000), min_size=1, max_size=30))
def test_whatever_the_clock_does_it_is_told_thirty_days_before_by_that_clock(idle_days, days) -> None:
    terms, told = Terms(idle_days), None
    for day in days:
        match terms.step(Activity(startup=StartupId("s"), active_at=START, noticed_at=told), after(day)):
            case Step.NOTICE:
                told = after(day)
            case Step.ERASE:
                assert told is not None
                assert after(day) >= told + timedelta(days=30)
                assert after(day) >= START + timedelta(days=idle_days)
                return


@pytest.mark.parametrize("days", [30, 3651, -1])
def test_a_term_is_longer_than_the_notice_and_not_endless(days) -> None:
    with pytest.raises(InvalidField, match="31 to 3650 days"):
        Terms(days)
