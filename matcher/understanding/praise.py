"""Finds clauses that praise and say nothing else: self-praise is no evidence.

A clause is praise where words that rate outweigh all that is not plain, and where it holds no figure, no term of the
word lists, and asks for nothing. So no list of phrases is needed, and a clause that also says what is made is read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.understanding.clauses import Offsets
from matcher.understanding.lexis import Lexis
from matcher.understanding.praise_words import (
    ASKING,
    ASKING_HAN,
    HINTS,
    IDIOMS,
    PLAIN_HAN,
    PLAIN_WORDS,
    RATING_HAN,
    RATING_STEMS,
    RATING_WORDS,
)
from matcher.understanding.tokens import fold, is_han

HAN, LATIN = r"[\u3400-\u4dbf\u4e00-\u9fff]", r"[^\W\d_\u3400-\u4dbf\u4e00-\u9fff]"
UNIT = re.compile(rf"{HAN}+|{LATIN}+(?:-{LATIN}+)*")
FIGURE = re.compile(r"\d")
YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")  # of a prize; the only figure that praise may hold
RANK = re.compile(r"(?:#|\b(?:nr|no|platz|number|nummer)\.?)\s?1\b|\b100\s?(?:%|percent|prozent)")
SHORTEST_STEM = 4
STEMS_BY_START = {
    start: tuple(stem for stem in RATING_STEMS if stem.startswith(start))
    for start in {stem[:SHORTEST_STEM] for stem in RATING_STEMS}
}
LONGEST_HAN = 6
HAN_STARTS = {
    length: frozenset(word for word in (*RATING_HAN, *PLAIN_HAN) if len(word) == length)
    for length in range(LONGEST_HAN, 0, -1)
}
HAN_FIRST = frozenset(word[0] for words in HAN_STARTS.values() for word in words)
CHARACTERS_OF_A_WORD = 2
HINT, IDIOM = 0.5, 2.0  # of a word that rates
LONGEST_SENTENCE = 160  # in a longer one praise is looked for clause by clause


def praise(text: str, places: Iterable[Offsets], lexis: Lexis) -> Iterator[Offsets]:
    """Those of the places, sentences or clauses, that only praise."""
    for start, end in places:
        if end - start <= LONGEST_SENTENCE and only_praises(text[start:end], lexis):
            yield start, end


def only_praises(clause: str, lexis: Lexis) -> bool:
    folded = RANK.sub(" best ", fold(clause))
    if FIGURE.search(folded):
        return False
    words = _Words.of(folded)
    if words.rating < 1 or words.rating <= words.other or words.asks:
        return False
    return not lexis.tells_a_field(clause)


def may_praise(sentence: str, lexis: Lexis) -> bool:
    """Whether it is short, and holds no figure but a year and no term: then its meaning tells whether it praises."""
    return len(sentence) <= LONGEST_SENTENCE and not has_figures(sentence) and not lexis.tells_a_field(sentence)


def has_figures(sentence: str) -> bool:
    """Other than years."""
    return FIGURE.search(YEAR.sub("", sentence)) is not None


def is_plain(sentence: str) -> bool:
    """Whether most of its words rate or are plain."""
    words = _Words.of(fold(sentence))
    return words.other <= words.rating + words.plain


@dataclass(frozen=True, slots=True)
class _Words:
    """How many words of a clause rate, are plain, or are neither; two Chinese characters count as a word."""

    rating: float
    plain: float
    other: float
    asks: bool

    @classmethod
    def of(cls, folded: str) -> "_Words":
        rating = plain = other = 0.0
        asks = any(word in folded for word in ASKING_HAN)
        for match in UNIT.finditer(folded):
            unit = match.group()
            if is_han(unit[0]):
                n_rating, n_left = _weigh_han(unit)
                rating += n_rating
                other += n_left / CHARACTERS_OF_A_WORD
                plain += max(0.0, (len(unit) - n_left) / CHARACTERS_OF_A_WORD - n_rating)
            elif unit in RATING_WORDS or _has_rating_stem(unit):
                rating += 1
            elif unit in HINTS:
                rating += HINT
            elif unit in PLAIN_WORDS:
                plain += 1
            else:
                other += 1
                asks = asks or unit in ASKING
        rating += sum(idiom in folded for idiom in IDIOMS) * IDIOM
        return cls(rating, plain, other, asks)


def _has_rating_stem(word: str) -> bool:
    return word.startswith(STEMS_BY_START.get(word[:SHORTEST_STEM], ()))


def _weigh_han(run: str) -> tuple[int, int]:
    """How many words of a run rate, and how many of its characters are neither in such a word nor in a plain one."""
    rating = other = place = 0
    while place < len(run):
        for length, words in HAN_STARTS.items() if run[place] in HAN_FIRST else ():
            if (word := run[place : place + length]) in words:
                rating += word in RATING_HAN
                place += length
                break
        else:
            other += 1
            place += 1
    return rating, other
