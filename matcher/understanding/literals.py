"""The words without which a pattern cannot match, so that few of many patterns have to be tried on a text.

Python's own parser of patterns takes them apart, though it is no public part of the library (tried on 3.11 alone;
a test holds that no match is lost): a table of words beside some hundred patterns, kept by hand, could be wrong and
would sieve out what matches. A kind of part that it does not know gives no words, so that the pattern is always tried.
"""

import re
from collections.abc import Iterable, Sequence
from operator import add
from re import _parser  # type: ignore[attr-defined]  # no public way leads to the parts of a pattern
from typing import Any

Words = frozenset[str]
ALIKE = {"İ": "i", "ı": "i", "ſ": "s"}  # what case-blind patterns take for a plain letter beside its capital
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ")
KEY = 3  # characters by which words are found among others


def searchable(text: str) -> str:
    """The text in small letters, of the same length; it holds each of a pattern's words that the pattern can match."""
    for letter, plain in ALIKE.items():
        text = text.replace(letter, plain)
    return text.lower()


def required(pattern: str) -> Words | None:
    """Words in small letters of which every match of a case-blind pattern holds one; None where none are known."""
    words = _of_all(_parser.parse(pattern, re.IGNORECASE))
    if words is None:
        return None
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


def _folds_plainly(character: str) -> bool:
    return character in LETTERS or character.lower() == character.upper()


def _of_all(parts: Iterable[tuple[Any, Any]]) -> Words | None:
    """Of parts that must all match, the most telling one's: the longest words, and the fewest."""
    options: list[Words] = []
    run = ""
    for kind, content in (*parts, (None, None)):
        if str(kind) == "LITERAL" and _folds_plainly(chr(content)):
            run += chr(content).lower()
            continue
        if run:
            options.append(frozenset([run]))
        run = ""
        if (words := _of_one(str(kind), content)) is not None:
            options.append(words)
    return max(options, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _of_one(kind: str, content: Any) -> Words | None:  # noqa: ANN401 - each kind of part has its own
    if kind == "SUBPATTERN":
        return _of_all(content[-1])
    if kind == "ATOMIC_GROUP":
        return _of_all(content)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_all(content[2]) if content[0] else None
    if kind == "BRANCH":
        branches = [_of_all(branch) for branch in content[1]]
        known = [words for words in branches if words is not None]
        return frozenset().union(*known) if len(known) == len(branches) else None
    return None


def holds_one(text: str, words: Words | None) -> bool:
    """Whether a searchable text holds one of the words that a pattern needs; so always where none are known."""
    return words is None or any(word in text for word in words)


def those_in(text: str, words: Words | None) -> Words | None:
    """The words that a searchable text holds: all that is to be looked for in its parts."""
    return None if words is None else frozenset(word for word in words if word in text)


class Sieve:
    """Many case-blind patterns; tells which of them a text can match at all."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._always: list[int] = []
        self._by_key: dict[str, list[tuple[str, int]]] = {}
        for number, pattern in enumerate(patterns):
            words = required(pattern)
            if words is None:
                self._always.append(number)
            for word in words or ():
                self._by_key.setdefault(word[:KEY], []).append((word, number))

    def possible(self, text: str) -> list[int]:
        """Numbers of the patterns that the text may match, in order; it matches none of the others."""
        low = searchable(text)
        pairs = list(map(add, low, low[1:]))
        keys = {*low, *pairs, *map(add, pairs, low[2:])} & self._by_key.keys()
        found = {number for key in keys for word, number in self._by_key[key] if word in low}
        return sorted(found.union(self._always))
