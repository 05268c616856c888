"""Cuts a text into sentences and clauses, by offsets into the original."""

import re

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

WORD = re.compile(r"[^\W_]")
Offsets = tuple[int, int]


def sentences(text: str) -> list[Offsets]:
    """Start and end of each sentence, without the mark that ends it; none for a text of marks only."""
    return _between(SENTENCE_END, text)


def clauses(text: str) -> list[Offsets]:
    """Start and end of each clause: what stands between commas, brackets, dashes and full stops."""
    return _between(CLAUSE_END, text)


def _between(ends: re.Pattern[str], text: str) -> list[Offsets]:
    """What has a letter or a figure between two ends, without the white space around it."""
    found, start, has_word = [], 0, WORD.search
    for stop, following in [*(end.span() for end in ends.finditer(text)), (len(text), len(text))]:
        if has_word(text, start, stop):
            part = text[start:stop]
            found.append((stop - len(part.lstrip()), start + len(part.rstrip())))
        start = following
    return found
