"""Finds the clauses in which a startup says what it is not, does not make, or does not need."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from matcher.understanding.clauses import Offsets, clauses
from matcher.understanding.patterns import any_of

NOT_OUR_FIELD = any_of(
    "不是|并非|不做|不卖|不造|不碰|不涉及|不属于|不生产|不搞|而非|无关|没有关系|没关系|不沾|一概不|不代工|不养",
    "别把我们|不要把我们|别再",
    r"\b(?:do(?:es)? not|don't|doesn't|never)\s+(?:\w+\s+)?"
    r"(?:make|sell|build|produce|offer|manufacture|develop|touch|do|design|file|put)\b",
    r"\bnothing to do with\b|\bnot (?:an?|the)\b|\bno \w+ (?:business|production|company|maker)\b",
    r"\b(?:is|are) not\b|\b(?:isn|aren)'t\b|\brather than\b|\bneither\b|\bwe make no\b",
    r"\bnichts mit\b|\bweder\b|\bnicht (?:die|der|das|den|von|aus)\b|\bstellen wir keine\b|\bsondern nicht\b",
    r"\bkeine? \w+(?:firma|hersteller|anbieter|unternehmen)\b|\bgehör\w+ (?:nicht|weder)\b",
    r"\b(?:machen|bauen|verkaufen|liefern|füllen|fertigen|produzieren) wir (?:\w+ )?(?:nicht|keine?)",
    r"\bwir \w+ (?:\w+ )?(?:keine|nicht)\b",
)
BUT = any_of("而是", "是(?=[^，。]{0,3}(?:做|造|卖))", r"\bbut\b", r"\bsondern\b")
NOT_NEEDED = any_of(
    "不需要|不缺|无需|不用|暂不|不考虑|不要(?!把)|不想|够用|自己有|我们自己的|自带|已有自己|不急|不借|不必|别再推荐",
    r"\bno (?:further|more|need|office)\b|\bnot? needed\b|\bwithout outside\b",
    r"\b(?:do not|don't|won't) (?:need|want|require|look)\b",
    r"\bwe (?:own|already have|have our own)\b|\bour own\b",
    r"\bbrauchen wir (?:\w+ )?(?:nicht|keine?n?)\b|\bkein(?:e|en)? (?:bedarf|interesse|weitere)\b",
    r"\bnicht (?:nötig|erforderlich|gebraucht|gesucht)\b|\b(?:wir )?benötigen (?:wir )?(?:keine?n?|nicht)\b",
    r"\bhaben wir (?:selbst|selber|schon|bereits)\b|\b(?:ist|sind) vorhanden\b",
)


def disclaimed(text: str) -> list[Offsets]:
    """Clauses that say what the startup is not; what follows a "but rather" in the same clause stays out."""
    return _clauses_with(NOT_OUR_FIELD, text)


def refused(text: str) -> list[Offsets]:
    """Clauses that say what is not needed, or already there."""
    return _clauses_with(NOT_NEEDED, text)


def blanked(text: str, spans: Sequence[Offsets]) -> str:
    """The text with these spans, which must be in order, as spaces, so that all other offsets stay true."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def _clauses_with(pattern: re.Pattern[str], text: str) -> list[Offsets]:
    matches = list(pattern.finditer(text))
    if not matches:
        return []
    places = clauses(text)
    ends = [end for _, end in places]
    found: dict[int, Offsets] = {}
    for match in matches:
        number = bisect_right(ends, match.start())
        if number < len(places) and number not in found and places[number][0] <= match.start():
            start, end = places[number]
            turn = BUT.search(text, match.end(), end)
            found[number] = (start, turn.start() if turn else end)
    return list(found.values())
