"""Cuts a text into the small pieces that readers count: Chinese character runs, Latin words and parts of words."""

import re
from collections.abc import Iterator, Mapping

PIECE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W\d_\u3400-\u4dbf\u4e00-\u9fff]+")
HAN_LENGTHS = (1, 2, 3)
WORD_PARTS = (4, 5)
LOWERED_BY_PLACE = "Σ"  # the one letter whose small form depends on where in a word it stands
LONGEST_WORD = 60  # a longer "word" is no word; only its beginning is read

Token = tuple[str, int, int]  # the piece as counted, start and end in the text
Cut = tuple[int, int, int]  # the same with a piece's number


def fold(text: str) -> str:
    """Lower case, character by character, so that offsets stay true."""
    low = text.lower()
    if len(low) == len(text) and LOWERED_BY_PLACE not in text:
        return low
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def tokens(text: str) -> Iterator[Token]:
    """Pieces of the folded text in order of appearance.

    Chinese: every run of one to three characters. Latin: each word between `<` and `>`, and its runs of four and five
    characters, so that German compounds share pieces with their parts. Figures are left out.
    """
    folded = fold(text)
    for match in PIECE.finditer(folded):
        start, piece = match.start(), match.group()
        if is_han(piece[0]):
            for length in HAN_LENGTHS:
                for first in range(len(piece) - length + 1):
                    yield piece[first : first + length], start + first, start + first + length
        else:
            yield from _word_parts(piece[:LONGEST_WORD], start)


def known_pieces(piece: str, numbers: Mapping[str, int]) -> list[Cut]:
    """Of one run of Chinese characters or one word, the pieces that have a number, as `tokens` finds them.

    Number, start and end of each, the places from the run's own start.
    """
    number_of = numbers.get
    if is_han(piece[0]):
        return [
            (number, first, first + length)
            for length in HAN_LENGTHS
            for first in range(len(piece) - length + 1)
            if (number := number_of(piece[first : first + length])) is not None
        ]
    word = piece[:LONGEST_WORD]
    marked = f"<{word}>"
    whole = number_of(marked)
    return [
        *([(whole, 0, len(word))] if whole is not None else ()),
        *(
            (number, max(0, first - 1), min(len(word), first - 1 + length))
            for length in WORD_PARTS
            for first in range(len(marked) - length + 1)
            if (number := number_of(marked[first : first + length])) is not None
        ),
    ]


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def is_word(piece: str) -> bool:
    """Whether a piece is a whole Latin word of two letters or more, or two Chinese characters or more."""
    if is_han(piece[0]):
        return len(piece) > 1
    return piece.startswith("<") and piece.endswith(">") and len(piece) > len("<a>")


def _word_parts(word: str, start: int) -> Iterator[Token]:
    marked = f"<{word}>"
    yield marked, start, start + len(word)
    for length in WORD_PARTS:
        for first in range(len(marked) - length + 1):
            begin = start + max(0, first - 1)
            yield marked[first : first + length], begin, min(start + len(word), start + first - 1 + length)
