"""The alphabetical order of names in one language: what a neutral list stands in."""

import unicodedata

from matcher.domain.messages import Language

NameKey = tuple[tuple[int, bytes], ...]
IN_TABLE, RARE = 0, 1


def name_key(name: str, language: Language) -> NameKey:
    """Sorts names as a reader of this language looks them up; letters without their accents, capitals as small ones.

    Chinese characters stand, for readers of Chinese, in the order of GB 2312: by pinyin for the 3,755 common ones, then
    by radical for 3,008 more; the rest follow by code point. For other readers they follow Latin letters by code point.
    """
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    letters = [letter for letter in decomposed if not unicodedata.combining(letter)]
    return tuple(_place(letter, language) for letter in letters)


def _place(letter: str, language: Language) -> tuple[int, bytes]:
    if language.spoken is not Language.ZH:
        return IN_TABLE, letter.encode("utf-8", "surrogatepass")
    in_table = letter.encode("gb2312", "ignore")
    return (IN_TABLE, in_table) if in_table else (RARE, letter.encode("utf-8", "surrogatepass"))
