"""Finds dates and durations in a text, each as months up to a given day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from matcher.understanding.literals import holds_one, required, searchable, those_in
from matcher.understanding.numerals import GERMAN, HAN_NUMBER, NUMBER, number

MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan januar jän", "february feb februar", "march mar märz mrz", "april apr", "may mai",
            "june jun juni", "july jul juli", "august aug", "september sep sept", "october oct oktober okt",
            "november nov", "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
SEASONS = {
    "spring": 4, "frühjahr": 4, "frühling": 4, "春": 4, "summer": 7, "sommer": 7, "夏": 7, "autumn": 10, "fall": 10,
    "herbst": 10, "秋": 10, "winter": 12, "冬": 12, "年初": 2, "年底": 12, "年末": 12, "初": 2, "底": 12, "末": 12,
    "late": 11, "early": 2, "mid": 6, "anfang": 2, "mitte": 6, "ende": 11, "上半年": 3, "下半年": 9,
    "end of": 11, "beginning of": 2, "start of": 2, "q1": 2, "q2": 5, "q3": 8, "q4": 11,
    "一季度": 2, "二季度": 5, "三季度": 8, "四季度": 11, "第一季度": 2, "第二季度": 5, "第三季度": 8, "第四季度": 11,
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
SEASON = "|".join(SEASONS).replace("初", "初(?!创)")  # 年初 is a time, 初创 is not
FOUNDING = "成立|注册|创立|登记|开业"
YEAR_MONTH = re.compile(
    r"(?P<year>(?:19|20)\d\d|二[〇零][一二][〇零一二三四五六七八九])\s*(?:"
    rf"年\s*(?:(?P<han_month>\d{{1,2}}|{HAN_NUMBER})\s*月(?:份)?|(?P<han_season>{SEASON}))?"
    rf"|[.\-/](?P<number_month>0?[1-9]|1[0-2])(?!\d))"
    rf"|\b(?P<before>(?:{MONTH})\.?|{SEASON})(?:\s+|(?<=\d)/)(?:of\s+|the\s+|im\s+|des\s+)*'?(?P<after_year>(?:19|20)?\d\d)\b"
    r"|\b(?P<month_first>0?[1-9]|1[0-2])[./](?P<its_year>(?:19|20)\d\d)\b"
    rf"|(?<!\d)(?P<short_year>[12]\d)\s*年\s*(?:(?P<short_month>\d{{1,2}})\s*月|(?={FOUNDING}))"
    rf"|\b(?P<bare_year>(?:19|20)\d\d)\b(?!\s*(?:m²|kg|V\b|rpm|mm))",
    re.IGNORECASE,
)
OF_A_YEAR = r"\s+(?:of\s+)?(?P<of>last|this|letzten|vergangenen|vorigen|dieses)\s+(?:year|jahres)\b"
RELATIVE = re.compile(
    rf"(?P<which>去年|大前年|前年|今年|本年)\s*(?:(?P<han_month>\d{{1,2}}|{HAN_NUMBER})\s*月|(?P<han_season>{SEASON}))?"
    rf"|\b(?P<its_month>(?:{MONTH})\.?|{SEASON}){OF_A_YEAR}"
    r"|\b(?P<word>last|this|letzte[nrs]?|diese[nrsm]?|vergangene[nr]?)\s+"
    rf"(?P<month>(?:{MONTH})\b|{SEASON}|year|jahr(?:es)?)"
    rf"|\b(?:in|im|since|seit)\s+(?P<alone>(?:{MONTH})\b)(?!\s*'?\d|{OF_A_YEAR.replace('?P<of>', '?:')})",
    re.IGNORECASE,
)
FIXED = {
    "(?<![上下每个一二两三四五六七八九十\\d])半年": 6, r"\bhalf a year": 6, r"\b(?:ein|einem) halbe[ns] jahr": 6,
    r"\bdreivierteljahr": 9, "满周岁": 12, "满一周岁": 12, r"\ba couple of years": 24,
}  # fmt: skip
DURATION = re.compile(
    rf"(?P<n>{NUMBER})(?:\s*(?P<half_before>个半|年半|and\s+a\s+half))?(?:\s*|-(?=\w{{4,6}}-old))"
    rf"(?P<unit>个月|周?年(?!\s*(?:\d{{1,2}}\s*月|{FOUNDING}))|岁|months?|years?|monat(?:en?)?\b|jahr(?:en?)?\b)"
    r"(?P<half_after>半|\s+and\s+a\s+half)?"
    rf"(?:零(?P<han_more>[一二两三四五六七八九十]{{1,2}}|\d{{1,2}})个月|\s+(?:and|und)\s+(?P<more>{NUMBER})\s+mon(?:th|at)\w*)?"
    r"(?P<old>[\s-]+(?:old|alt)\b)?"
    rf"|\b(?P<compound>{'|'.join(reversed(GERMAN))}|\d{{1,2}}-?)jährig\w*(?=\s+(?:firma|gmbh|gesellschaft|unternehmen|start-?up))"
    rf"|(?P<fixed>{'|'.join(FIXED)})(?P<fixed_old>\s+(?:old|alt)\b)?",
    re.IGNORECASE,
)
NEEDED = {pattern: required(pattern.pattern) for pattern in (YEAR_MONTH, RELATIVE, DURATION)}
MONTHS_A_YEAR = 12
OLDEST_YEAR = 1800
LONGEST_MONTHS = 2_400  # a company older than two hundred years is a misreading


@dataclass(frozen=True, slots=True)
class Time:
    """Months up to the day asked for, 0 for a day to come, and the offsets of the words."""

    months: int
    start: int
    end: int
    is_vague: bool  # a bare year, a relative date, "a year": only a clear word beside it tells what it dates


class Times:
    """Dates and durations of one text, up to one day."""

    def __init__(self, text: str, on: date) -> None:
        self._text, self._on, self._low = text, on, searchable(text)
        # The few words of these that the text holds at all are looked for in each part of it.
        self._words = {pattern: those_in(self._low, words) for pattern, words in NEEDED.items()}

    def between(self, start: int, end: int) -> Iterator[Time]:
        """All that stand between two offsets."""
        low = self._low[start:end]
        years, relatives, durations = (
            pattern.finditer(self._text, start, end) if holds_one(low, words) else ()
            for pattern, words in self._words.items()
        )
        return _times(years, relatives, durations, self._on)


def _times(
    years: Iterable[re.Match[str]], relatives: Iterable[re.Match[str]], durations: Iterable[re.Match[str]], on: date
) -> Iterator[Time]:
    for match in years:
        year, month = _year_month(match)
        if OLDEST_YEAR <= year <= on.year + 3:
            yield Time(
                max(0, (on.year - year) * MONTHS_A_YEAR + on.month - month), *match.span(), bool(match["bare_year"])
            )
    for match in relatives:
        yield Time(_relative_months(match, on), *match.span(), True)
    for match in durations:
        months = _duration_months(match)
        if months is not None and months <= LONGEST_MONTHS:
            yield Time(months, *match.span(), _may_be_any(match))


def _year_month(match: re.Match[str]) -> tuple[int, int]:
    if match["bare_year"]:
        return int(match["bare_year"]), 6
    if match["before"]:
        name = match["before"].lower().rstrip(".")
        year = int(match["after_year"])
        return (year if year > 99 else 2000 + year), MONTHS.get(name) or SEASONS[name]
    if match["short_year"]:
        return 2000 + int(match["short_year"]), min(12, max(1, int(match["short_month"] or 6)))
    if match["month_first"]:
        return int(match["its_year"]), int(match["month_first"])
    if match["number_month"]:
        return int(match["year"]), int(match["number_month"])
    return int(number(match["year"]) or 0), _han_month(match)


def _han_month(match: re.Match[str]) -> int:
    if match["han_month"]:
        return min(12, max(1, int(number(match["han_month"]) or 6)))
    return SEASONS.get(match["han_season"] or "", 6)


def _relative_months(match: re.Match[str], on: date) -> int:
    if match["which"]:
        years_back = {"去年": 1, "前年": 2, "大前年": 3}.get(match["which"], 0)
        if not years_back and not match["han_month"] and not match["han_season"]:
            return on.month // 2
        return max(0, years_back * MONTHS_A_YEAR + on.month - _han_month(match))
    if match["its_month"]:
        name = match["its_month"].lower().rstrip(".")
        years_back = 0 if match["of"].lower() in ("this", "dieses") else 1
        return max(0, years_back * MONTHS_A_YEAR + on.month - (MONTHS.get(name) or SEASONS[name]))
    name = (match["month"] or match["alone"]).lower()
    if name in ("year", "jahr", "jahres"):
        return MONTHS_A_YEAR if match["word"].lower().startswith(("last", "letzt", "vergang")) else on.month // 2
    month = MONTHS.get(name) or SEASONS.get(name, 6)
    months = on.month - month
    if (
        match["word"]
        and match["word"].lower().startswith(("last", "letzt", "vergang"))
        and name in MONTHS
        and months > 0
    ):
        return months  # "last March", said in November, is this year's
    return months if months >= 0 else months + MONTHS_A_YEAR


def _duration_months(match: re.Match[str]) -> int | None:
    if match["fixed"]:
        return next(months for words, months in FIXED.items() if re.search(words, match["fixed"], re.IGNORECASE))
    if match["compound"]:
        years = number(match["compound"].rstrip("-"))
        return None if years is None else round(years * MONTHS_A_YEAR)
    value = number(match["n"])
    if value is None:
        return None
    unit = match["unit"].lower()
    in_years = unit in ("年", "周年", "岁") or unit.startswith(("year", "jahr"))
    months = value * (MONTHS_A_YEAR if in_years else 1)
    if match["half_before"] == "年半" or (in_years and (match["half_before"] or match["half_after"])):
        months = value * MONTHS_A_YEAR + MONTHS_A_YEAR / 2
    more = match["han_more"] or match["more"]
    return round(months + ((number(more) or 0) if more and in_years else 0))


def _may_be_any(match: re.Match[str]) -> bool:
    """Whether "a year" or half of one, which need not tell an age; "a year old" does."""
    if match["fixed"]:
        return "岁" not in match["fixed"] and not match["fixed_old"]
    return bool(match["n"] and match["n"][0] in "aeAE" and number(match["n"]) == 1 and not match["old"])
