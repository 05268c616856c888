"""Time cut into equal windows that end at one day, so that each training round knows only the rounds before it."""

from collections.abc import Sequence
from datetime import date, timedelta

LENGTHS = (12, 3, 1)  # months
FEWEST_ROUNDS = 4


def windows_back(days: Sequence[date], until: date, months: int) -> list[int]:
    """For each day the window it lies in: 1 in the one that ends at `until`, 2 in the one before, and so on."""
    return [1 + _whole_months(day, until) // months for day in days]


def window_length(days: Sequence[date], until: date) -> int:
    """The longest that leaves enough windows with something in them, else the shortest; in months."""
    for months in LENGTHS:
        if len(set(windows_back(days, until, months))) >= FEWEST_ROUNDS:
            return months
    return LENGTHS[-1]


def _whole_months(day: date, until: date) -> int:
    """How many months fit between the two; a window that ends with a month begins with one."""
    months = (until.year - day.year) * 12 + until.month - day.month
    ends_a_month = (until + timedelta(days=1)).day == 1
    return months - (not ends_a_month and day.day > until.day)
