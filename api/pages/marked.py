"""A founder's text in pieces: those that show something, with what they show, and those between."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matcher.domain.messages import Message

LONGEST_GAP = 400  # characters between two marks; a longer piece is shown by its beginning and its end
KEPT = 150  # of each
GAP = " … "


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    shows: tuple[str | Message, ...] = ()  # labels; empty for what shows nothing


def marked(text: str, evidence: Iterable[tuple[str | Message, Sequence[Mapping[str, Any]]]]) -> list[Piece]:
    """The text from its beginning to its end; long stretches that show nothing are shortened.

    Args:
        text: as it was read.
        evidence: labels, each with the spans that show it.
    """
    spans = [(max(0, span["start"]), min(len(text), span["end"]), label) for label, some in evidence for span in some]
    bounds = sorted({0, len(text), *(place for start, end, _ in spans for place in (start, end) if start < end)})
    pieces: list[Piece] = []
    for start, end in pairwise(bounds):
        shows = tuple(_each_once(label for first, last, label in spans if first <= start and end <= last))
        if pieces and pieces[-1].shows == shows:
            pieces[-1] = Piece(pieces[-1].text + text[start:end], shows)
        else:
            pieces.append(Piece(text[start:end], shows))
    return [piece if piece.shows else Piece(_shortened(piece.text)) for piece in pieces]


def _each_once(labels: Iterable[str | Message]) -> list[str | Message]:
    found: list[str | Message] = []
    for label in labels:
        if label not in found:
            found.append(label)
    return found


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_GAP else text[:KEPT] + GAP + text[-KEPT:]
