"""Cuts a text into sentences and clauses, by offsets into the original."""

import re
from collections.abc import Iterator

ABBREVIATIONS = [
    "Mio", "Mrd", "Tsd", "ca", "bzw", "est", "approx", "inkl", "exkl", "Ltd", "Co", "Inc", "Corp", "vs", "resp",
    "evtl", "ggf", "max", "min", "Dr", "Prof", "Dipl", "Ing", "Mr", "Mrs", "Ms", "St", "Str", "Tel", "Fig", "Abb",
    "Kap", "Art", "vgl", "sog", "gem", "lt", "rd", "zzgl", "mind", "Jh", "rer", "nat", "phil", "med", "Univ", "Dept",
]  # fmt: skip
BEFORE_SMALL_LETTERS = ["etc", "usw"]  # at the end of a sentence, too
BEFORE_FIGURES = ["No", "Nr", "Nos", "Art", "Fig", "Abb"]  # "No. 3"; but "No. We make pumps" is two sentences
ORDINALS = (  # "am 3. März", "im 2. Quartal": a full stop behind one or two digits ends nothing there
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Quartal|Halbjahr|Generation|Stock|Etage|Platz|Phase|Runde|Stufe|Jahrhundert|Person|Version|Klasse)\b"
)
NO_END = (
    *(rf"(?<!\b{short})" for short in ABBREVIATIONS),
    *(rf"(?<!\b{short}(?!\.\s+[A-ZÄÖÜ]))" for short in BEFORE_SMALL_LETTERS),
    *(rf"(?<!\b{short}(?=\.\s?\d))" for short in BEFORE_FIGURES),
    r"(?<!\b[^\W\d_](?=\.\s?[A-Za-z]\.))",  # the first letter of "z. B.", "e.g."
    *(rf"(?<!\b[^\W\d_]\.{gap}[A-Za-z])" for gap in ("", r"\s")),  # and the second one
)
FULL_STOP = (
    r"(?=\.)" + "".join(NO_END) + r"(?:(?<=[^\W\d])\.(?=\s|$|[\u4e00-\u9fff])"
    rf"|(?<=\d)\.(?=\s+[^\W\d]|\s*$)(?!(?<=\b\d\.)\s+{ORDINALS})(?!(?<=\b\d\d\.)\s+{ORDINALS})"
    r"|(?<=[^\w\s])\.(?=\s|$))"
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
