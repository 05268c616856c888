"""Finds what a text tells of the firm itself, when it was founded and how many work there: no evidence of its field."""

from collections.abc import Iterator

from matcher.domain.startups import Span
from matcher.understanding.ages import FOUNDED
from matcher.understanding.clauses import Offsets
from matcher.understanding.literals import holds_one, searchable
from matcher.understanding.numerals import NUMBER
from matcher.understanding.patterns import AnyOf
from matcher.understanding.times import NEEDED, YEAR_MONTH

HEADS = AnyOf(
    rf"(?:团队|员工|全职|共|一共)?\s*{NUMBER}\s*(?:来|多|余)?(?:个|名|位|号)?(?:人(?!民|工|机|体|形|才)|员工|合伙人|工程师)",
    rf"\b(?:an? )?(?:team of|staff of|crew of|group of) {NUMBER}",
    rf"{NUMBER}\s+(?:people|persons|engineers|employees|staff|colleagues|founders|of us)\b",
    rf"{NUMBER}\s+(?:leute|mitarbeite\w+|beschäftigte\w*|köpfe\w*|personen|ingenieur\w*|angestellte\w*)\b",
    rf"\b(?:ein(?:em)? )?team (?:von|aus|mit) {NUMBER}",
    r"\bzu (?:zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt)\b",
)


def asides(text: str, places: list[Offsets], age: Span | None) -> Iterator[Offsets]:
    """Dates, the age with the words of the founding beside it, and head counts.

    Args:
        text: in which they are looked for.
        places: its clauses.
        age: what was read as the firm's age.
    """
    yield from (match.span() for match in HEADS.finditer(text))
    if holds_one(searchable(text), NEEDED[YEAR_MONTH]):
        yield from (match.span() for match in YEAR_MONTH.finditer(text) if not match["bare_year"])  # 2024: an alloy too
    for start, end in places if age else ():
        if age and start <= age.start < end:
            told = [match.span() for match in FOUNDED.finditer(text, start, end)]
            yield min([age.start, *(first for first, _ in told)]), max([age.end, *(last for _, last in told)])


def without(places: list[Offsets], taken: list[Offsets]) -> list[Offsets]:
    """What is left of the places beside those taken."""
    left = []
    for start, end in places:
        for first, last in sorted(taken):
            if start < last and first < end:
                if start < first:
                    left.append((start, first))
                start = max(start, last)
        if start < end:
            left.append((start, end))
    return left
