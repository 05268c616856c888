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
    failures = unit.sign_in_failures.of(subject)
    wait = patience.wait(failures, now)
    if wait > timedelta():
        raise TooMany("Too many attempts; try again in {seconds} seconds.", retry_after_s=ceil(wait.total_seconds()))
    unit.sign_in_failures.put(subject, one_more(failures, now))
    unit.sign_in_failures.forget_older(now - FORGOTTEN_AFTER)
