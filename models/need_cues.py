"""Words by which founders ask for something, as patterns that a reader weighs and points to."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


class NeedCues:
    """Patterns by id of the vocabulary, in a fixed order."""

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        self.ids = tuple(patterns)
        self._patterns = [
            re.compile("|".join(f"(?:{one})" for one in patterns[id_]), re.IGNORECASE) for id_ in self.ids
        ]

    def columns(self, text: str) -> NDArray[np.float32]:
        """Shape (len(ids),), 1 where a pattern is found."""
        return np.array([bool(pattern.search(text)) for pattern in self._patterns], np.float32)

    def places(self, number: int, text: str) -> Iterator[tuple[int, int]]:
        """Where the words of one id stand."""
        for match in self._patterns[number].finditer(text):
            yield match.span()
