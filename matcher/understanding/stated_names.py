"""What a firm that states its name is called in its text: the whole name without its legal form, and for short."""

import re
from dataclasses import dataclass
from typing import Self

from matcher.understanding.han_names import core_of, without_place, without_place_and_trade
from matcher.understanding.latin_names import WORD, own_word
from matcher.understanding.lexis import Lexis
from matcher.understanding.tokens import is_han

LEGAL_FORM = re.compile(
    r"(?:[\s,]+(?:GmbH(?:\s?&\s?Co\.?\s?KG)?|AG|KG|OHG|GbR|SE|UG(?:\s?\(haftungsbeschränkt\))?|e\.?\s?[KVG]\.?|Ltd\.?|Limited|Inc\.?"
    r"|Corp\.?|LLC|PLC|Co\.?|B\.?V\.?|N\.?V\.?|S\.?A\.?(?:S\.?)?|S\.?r\.?l\.?|AB|Oy|ApS))+$"
    r"|(?:股份)?(?:有限)?(?:责任)?公司$",
    re.IGNORECASE,
)
MOST_WORDS, MOST_HAN = 5, 12
SHORTEST, SHORTEST_KNOWN_CORE = 2, 3


@dataclass(frozen=True, slots=True)
class Called:
    """What it is called, in full and for short; nothing where the words of the name tell a field and no name."""

    latin: tuple[str, ...] = ()
    han: tuple[str, ...] = ()
    short_latin: tuple[str, ...] = ()
    short_han: tuple[str, ...] = ()

    @classmethod
    def of(cls, stated: str, lexis: Lexis) -> Self:
        name = LEGAL_FORM.sub("", f" {' '.join(stated.split())}").strip()
        if len(name) < SHORTEST:
            return cls()
        return cls._han(name, lexis) if is_han(name[0]) else cls._latin(name, lexis)

    @classmethod
    def _latin(cls, name: str, lexis: Lexis) -> Self:
        words = name.split()
        if len(words) > MOST_WORDS or lexis.is_a_term(name):
            return cls()
        own = own_word(words[0], lexis) if re.fullmatch(WORD, words[0]) else None
        if own is None and (lexis.tells_a_field(name) or not all(word[0].isupper() or word == "&" for word in words)):
            return cls()
        return cls(
            latin=tuple(dict.fromkeys((name, name.upper(), name.lower())) if own else (name,)),
            short_latin=(own,) if own else (),
        )

    @classmethod
    def _han(cls, name: str, lexis: Lexis) -> Self:
        if len(name) > MOST_HAN:
            return cls()
        core = core_of(name, lexis) or ""
        if not core and lexis.tells_a_field(name):
            return cls()
        known = without_place_and_trade(name)
        if not core and len(known) >= SHORTEST_KNOWN_CORE:
            core = known
        return cls(han=tuple(dict.fromkeys((name, without_place(name)))), short_han=(core,) if core else ())
