"""Words by which founders ask for something, as patterns that a reader weighs and points to."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.understanding.literals import Sieve
from matcher.understanding.patterns import any_of


class NeedCues:
    """Patterns by id of the vocabulary, in a fixed order."""

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        self.ids = tuple(patterns)
        self.patterns = [any_of(*patterns[id_]) for id_ in self.ids]  # one each
        each = [(number, one) for number, id_ in enumerate(self.ids) for one in patterns[id_]]
        self._each = [(number, re.compile(one, re.IGNORECASE)) for number, one in each]
        self._sieve = Sieve([one for _, one in each])

    def columns(self, text: str) -> NDArray[np.float32]:
        """Shape (len(ids),), 1 where a pattern is found."""
        found = np.zeros(len(self.ids), np.float32)
        for number, pattern in (self._each[place] for place in self._sieve.possible(text)):
            if not found[number] and pattern.search(text):
                found[number] = 1
        return found

    def places(self, number: int, text: str) -> Iterator[tuple[int, int]]:
        """Where the words of one id stand."""
        for match in self.patterns[number].finditer(text):
            yield match.span()
