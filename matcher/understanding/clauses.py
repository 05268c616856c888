"""Cuts a text into sentences and clauses, by offsets into the original."""

import re
from collections.abc import Iterator

ABBREVIATIONS = [
    "Mio",
    "Mrd",
    "ca",
    "bzw",
    "est",
    "approx",
    "No",
    "Nr",
    "inkl",
    "Ltd",
    "Co",
    "Inc",
    "vs",
    "resp",
    "etc",
    "evtl",
    "ggf",
    "max",
    "min",
]
FULL_STOP = (
    "".join(rf"(?<!\b{short})" for short in ABBREVIATIONS)
    + r"(?:(?<=[^\W\d])\.(?=\s|$|[\u4e00-\u9fff])|(?<=\d)\.(?=\s+[^\W\d]|$)|(?<=[^\w\s])\.(?=\s|$))"
)
SENTENCE_END = re.compile(rf"[。！？!?；;\n]+|{FULL_STOP}")
CLAUSE_END = re.compile(
    rf"[。！？!?；;\n，,、:：()（）\[\]<>\u201c\u201d\u201e\"]+|\s[-\u2013\u2014]+\s|\u2014+|{FULL_STOP}"
)

Offsets = tuple[int, int]


def sentences(text: str) -> list[Offsets]:
    """Start and end of each sentence, without the mark that ends it; none for a text of marks only."""
    return list(_between(SENTENCE_END, text))


def clauses(text: str) -> list[Offsets]:
    """Start and end of each clause: what stands between commas, brackets, dashes and full stops."""
    return list(_between(CLAUSE_END, text))


def _between(ends: re.Pattern[str], text: str) -> Iterator[Offsets]:
    start = 0
    for end in ends.finditer(text):
        yield from _trimmed(text, start, end.start())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Offsets]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if any(character.isalnum() for character in text[start:end]):
        yield start, end
