"""Joins patterns of several languages into one that ignores case."""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    """Matches where one of these matches."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
