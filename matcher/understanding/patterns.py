"""Joins patterns of several languages into one that ignores case."""

import re
from collections.abc import Iterator

from matcher.understanding.literals import holds_one, required, searchable


def any_of(*patterns: str) -> re.Pattern[str]:
    """Matches where one of these matches."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


class AnyOf:
    """Finds what `any_of` finds; a text is searched only for those of the patterns that it may match."""

    def __init__(self, *patterns: str) -> None:
        self._patterns = patterns
        self._needed = [required(pattern) for pattern in patterns]
        self._joined: dict[tuple[int, ...], re.Pattern[str]] = {}  # those in use, by numbers of the patterns

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        pattern = self._possible(text)
        return iter(()) if pattern is None else pattern.finditer(text)

    def matches(self, text: str) -> bool:
        """Whether one of them matches somewhere."""
        pattern = self._possible(text)
        return pattern is not None and pattern.search(text) is not None

    def _possible(self, text: str) -> re.Pattern[str] | None:
        low = searchable(text)
        possible = tuple(number for number, words in enumerate(self._needed) if holds_one(low, words))
        if possible and possible not in self._joined:
            self._joined[possible] = any_of(*(self._patterns[number] for number in possible))
        return self._joined.get(possible)
