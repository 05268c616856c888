"""Finds the terms of word lists in a text: the longest first, whole words, whatever their ending."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.understanding.tokens import fold, is_han

UNIT = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")  # one Chinese character, or a word
ENDINGS = ("s", "es", "n", "en", "e", "er", "es")  # of English and German plurals and cases
SHORT_HAN, SHORT_LATIN = 2, 3  # up to so many characters a term is likelier to mean something else
SHORT_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term of one list, where it stands, and how telling it is, in (0, 1]."""

    name: str  # of the list
    start: int
    end: int
    weight: float


class TermIndex:
    """Word lists by name; a term that stands in two lists points to both."""

    def __init__(self, lists: Mapping[str, Iterable[str]], left_out: Iterable[str] = ()) -> None:
        """Take the lists in.

        Args:
            lists: terms by name of the list, in any language.
            left_out: words with several senses, which alone point nowhere.
        """
        ambiguous = {_key(term) for term in left_out}
        self._names: dict[str, tuple[str, ...]] = {}
        self._beginnings: set[str] = set()  # of terms of several words, as far as before the last one
        self._pairs: set[str] = set()  # of Chinese characters that stand beside each other in a term
        for name, terms in lists.items():
            for term in terms:
                units = [match.group() for match in UNIT.finditer(fold(term))]
                self._pairs.update(one + other for one, other in pairwise(units) if is_han(one) and is_han(other))
                key = " ".join(units)
                if units and key not in ambiguous and name not in self._names.get(key, ()):
                    self._names[key] = (*self._names.get(key, ()), name)
                    self._beginnings.update(" ".join(units[:length]) for length in range(1, len(units)))

    def holds(self, pair: str) -> bool:
        """Whether these two Chinese characters stand beside each other in a term."""
        return pair in self._pairs

    def hits(self, text: str) -> Iterator[TermHit]:
        """From left to right, without overlaps."""
        units = [(match.group(), *match.span()) for match in UNIT.finditer(fold(text))]
        position = 0
        while position < len(units):
            found = self._longest_at(units, position)
            if found is None:
                position += 1
                continue
            n_units, names = found
            start, end = units[position][1], units[position + n_units - 1][2]
            weight = _weight(text[start:end], n_units)
            yield from (TermHit(name, start, end, weight) for name in names)
            position += n_units

    def _longest_at(self, units: list[tuple[str, int, int]], position: int) -> tuple[int, tuple[str, ...]] | None:
        before = [""]  # of terms of one, two and more words, as far as they go before the last one
        beginning = units[position][0]
        while beginning in self._beginnings and position + len(before) < len(units):
            next_word = units[position + len(before)][0]
            before.append(f"{beginning} ")
            beginning = f"{beginning} {next_word}"
        for n_units in range(len(before), 0, -1):
            for last in _forms(units[position + n_units - 1][0]):
                if names := self._names.get(before[n_units - 1] + last):
                    return n_units, names
        return None


def _forms(word: str) -> Sequence[str]:
    """The word as it is, then without an ending."""
    if len(word) > SHORT_LATIN + 1 and word.endswith(ENDINGS):
        return [word, *(word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))]
    return (word,)


def _key(term: str) -> str:
    return " ".join(match.group() for match in UNIT.finditer(fold(term)))


def _weight(words: str, n_units: int) -> float:
    is_han = "\u3400" <= words[0] <= "\u9fff"
    is_short = n_units <= SHORT_HAN if is_han else len(words) <= SHORT_LATIN
    return SHORT_WEIGHT if is_short else 1.0
