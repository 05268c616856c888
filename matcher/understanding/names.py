"""Finds every mention of the names that a text gives its firm: a name is no evidence, renaming changes nothing."""

import re
from collections.abc import Iterator, Sequence

from matcher.understanding.clauses import Offsets
from matcher.understanding.han_names import core_of, han_names
from matcher.understanding.latin_names import LETTER, latin_names, own_word
from matcher.understanding.lexis import Lexis
from matcher.understanding.negation import blanked
from matcher.understanding.stated_names import Called

MOST_NAMES = 8  # of one text; who lists more is not naming a firm
ENOUGH_CHARACTERS = 20  # a word counts as four: beside a name, so much tells what a firm does even without a term
LATIN_WORD, HAN = re.compile(r"[A-Za-zÄÖÜäöüß]{4,}"), re.compile(r"[\u4e00-\u9fff]")
LETTERS_OF_A_WORD = 4


def names(text: str, lexis: Lexis, stated: str | None = None) -> list[Offsets]:
    """Start and end of each mention, in order; where nothing else tells a field, the known words of a name are kept.

    Args:
        text: any.
        lexis: what is known.
        stated: the name that the firm gives itself beside its text.
    """
    latin, han = latin_names(text, lexis)[:MOST_NAMES], han_names(text, lexis)[:MOST_NAMES]
    called = Called.of(stated, lexis) if stated else Called()
    cores = [*called.short_han, *(core for name in han if (core := core_of(name, lexis)))]
    short = [*called.short_latin, *(word for name in latin if (word := own_word(name, lexis)))]
    spans = _mentions(text, [*called.latin, *latin, *short], [*called.han, *han, *cores])
    if not spans or _tells_something(blanked(text, spans), lexis):
        return spans
    return _mentions(text, short, cores)


def _mentions(text: str, latin: Sequence[str], han: Sequence[str]) -> list[Offsets]:
    patterns = [
        *(rf"(?<![{LETTER}-]){re.escape(name)}(?:['’]s|s|['’])?(?![{LETTER}])" for name in _longest_first(latin)),
        *map(re.escape, _longest_first(han)),
    ]
    return [match.span() for match in re.finditer("|".join(patterns), text)] if patterns else []


def _longest_first(names: Sequence[str]) -> Iterator[str]:
    yield from sorted(dict.fromkeys(names), key=lambda name: (-len(name), name))


def _tells_something(rest: str, lexis: Lexis) -> bool:
    n_letters = len(LATIN_WORD.findall(rest)) * LETTERS_OF_A_WORD + len(HAN.findall(rest))
    return n_letters >= ENOUGH_CHARACTERS or lexis.tells_a_field(rest)
