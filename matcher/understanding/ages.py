"""Reads a company's age from dates and durations beside the words that tell of its founding."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.startups import Span
from matcher.understanding.clauses import sentences
from matcher.understanding.patterns import any_of
from matcher.understanding.times import Times

FOUNDED = any_of(
    "成立|注册|创立|创办|登记|开办|设立|办下来|挂牌|领的?执照|公司落在|公司满|满周岁|新公司|建厂|开业",
    r"\b(?:founded|incorporated|registered|established|set[ -]up|started|formed|est|founding)\b",
    r"\b(?:incorporation|registration)\b",
    r"\b(?:company dates from|in business|spun (?:out|off)|(?:company|firm|business) is|company since|opened shop)\b",
    r"\b(?:we(?: ha|')ve|(?:company|firm|business|start-?up) has) (?:existed|been (?:around|in business))\b",
    r"gegründet|gründung|eingetragen|handelsregister|ausgegründet|wfoe|\b(?:gmbh|ltd\.?) seit|unternehmen ist von",
    r"(?:gesellschaft|firma) seit|(?:gesellschaft|firma|gmbh|unternehmen|betrieb|start-?up) gibt es seit|die firma ist",
    r"\b(?:gesellschaft|firma|gmbh|unternehmen|betrieb|start-?up) (?:besteht|existiert) seit|\bbestehen seit",
    r"\buns gibt es\b|\bgibt es uns\b",
)
WEAK = any_of(r"\b(?:since|seit)\b", "公司", r"\b(?:company|firm|old|alt)\b", "firma|gesellschaft|unternehmen|monatig")
FAR, WEAKER, OTHER_STORY_NEARER, MOST_DOUBT = 99.0, 6.0, 25.0, 30.0  # in characters
OTHER_STORY = any_of(
    "孵化器|入驻|入孵|搬|母公司|总部|合资|营收|收入|销售|高企|复审|合同|专利|交付|取证|获批|退出|首飞|投产|毕业于",
    r"\b(?:incubator|resident|revenue|sales|turnover|lease|parent|experience|patent|tenants?|moved|delivered)",
    r"umsatz|inkubator|\bmutter\b|zertifi|\bpatent|genehmigung|erfahrung|\bmieter\b|produktion seit|\bhte\b",
)


@dataclass(frozen=True, slots=True)
class CompanyAge:
    """Months up to the day asked for; 0 where the company is still to be founded."""

    months: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Candidate:
    months: int
    start: int
    end: int
    doubt: float  # distance from the word that tells of the founding, in characters; lower is surer


def company_age(text: str, on: date) -> CompanyAge | None:
    """The company's age; None where the text does not tell it."""
    found: list[_Candidate] = []
    times = Times(text, on)
    for start, end in sentences(text):
        found += _in_sentence(text, start, end, times)
    if not found:
        return None
    best = min(found, key=lambda candidate: (candidate.doubt, candidate.start))
    return CompanyAge(best.months, Span(best.start, best.end, text[best.start : best.end]))


def _in_sentence(text: str, start: int, end: int, times: Times) -> Iterator[_Candidate]:
    told = list(times.between(start, end))
    if not told:
        return
    strong, weak, others = (_Cues.of(pattern, text, start, end) for pattern in (FOUNDED, WEAK, OTHER_STORY))
    for time in told:
        first, last = time.start, time.end
        nearest = strong.gap(first, last)
        doubt = nearest if time.is_vague else min(nearest, weak.gap(first, last) + WEAKER)
        if others.gap(first, last) < doubt:
            doubt += OTHER_STORY_NEARER
        if doubt <= MOST_DOUBT:
            yield _Candidate(time.months, first, last, doubt)


@dataclass(frozen=True, slots=True)
class _Cues:
    """Where the words of one kind stand in a sentence, in order and apart from each other."""

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, pattern: re.Pattern[str], text: str, start: int, end: int) -> "_Cues":
        spans = [match.span() for match in pattern.finditer(text, start, end)]
        return cls([first for first, _ in spans], [last for _, last in spans])

    def gap(self, first: int, last: int) -> float:
        """Characters between a time and the nearest of these; only the one before and the one after can be it."""
        after = bisect_right(self.starts, first)
        before = max(0, first - self.ends[after - 1]) if after else FAR
        return min(before, max(0, self.starts[after] - last) if after < len(self.starts) else FAR)
