"""Attempts with a password, counted in the store so that all processes see them."""

from datetime import datetime, timedelta
from math import ceil

from matcher.domain.errors import TooMany
from matcher.domain.lockout import FORGOTTEN_AFTER, Patience, one_more
from matcher.ports import UnitOfWork


def count_attempt(unit: UnitOfWork, subject: str, patience: Patience, now: datetime) -> None:
    """Counts as failed until the password has been found right, so that attempts side by side count as well.

    Raises:
        TooMany: one has to wait; this attempt is not counted.
    """
    unit.lock()
    refuse_while_waiting(unit, subject, patience, now)
    unit.sign_in_failures.put(subject, one_more(unit.sign_in_failures.of(subject), now))
    unit.sign_in_failures.forget_older(now - FORGOTTEN_AFTER)


def refuse_while_waiting(unit: UnitOfWork, subject: str, patience: Patience, now: datetime) -> None:
    """Raises TooMany where one has to wait."""
    wait = patience.wait(unit.sign_in_failures.of(subject), now)
    if wait > timedelta():
        raise TooMany("Too many attempts; try again in {seconds} seconds.", retry_after_s=ceil(wait.total_seconds()))
