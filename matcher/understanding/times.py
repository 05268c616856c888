"""Finds dates and durations in a text, each as months up to a given day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matcher.understanding.numerals import HAN_NUMBER, NUMBER, number

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
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
SEASON = "|".join(SEASONS).replace("初", "初(?!创)")  # 年初 is a time, 初创 is not
YEAR_MONTH = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*(?:"
    rf"年\s*(?:(?P<han_month>\d{{1,2}}|{HAN_NUMBER})\s*月(?:份)?|(?P<han_season>{SEASON}))?"
    rf"|[.\-/](?P<number_month>0?[1-9]|1[0-2])(?!\d))"
    rf"|\b(?P<before>(?:{MONTH})\.?|{SEASON})\s+(?:of\s+|the\s+|im\s+|des\s+)*'?(?P<after_year>(?:19|20)?\d\d)\b"
    r"|\b(?P<month_first>0?[1-9]|1[0-2])[./](?P<its_year>(?:19|20)\d\d)\b"
    rf"|\b(?P<bare_year>(?:19|20)\d\d)\b(?!\s*(?:m²|kg|V\b|rpm|mm))",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    rf"(?P<which>去年|前年|今年|本年)\s*(?:(?P<han_month>\d{{1,2}}|{HAN_NUMBER})\s*月|(?P<han_season>{SEASON}))?"
    r"|\b(?P<word>last|this|letzte[nrs]?|diese[nrsm]?|vergangene[nr]?)\s+"
    rf"(?P<month>(?:{MONTH})\b|{SEASON}|year|jahr(?:es)?)"
    rf"|\b(?:in|im|since|seit)\s+(?P<alone>(?:{MONTH})\b)(?!\s*'?\d)",
    re.IGNORECASE,
)
DURATION = re.compile(
    rf"(?P<n>{NUMBER})(?:\s*(?P<half_before>个半|年半))?\s*"
    r"(?P<unit>个月|周?年|岁|months?|years?|monaten?|jahren?|jahre)(?P<half_after>半)?"
    rf"|(?P<full>满周岁|满一周岁|刚满周岁)",
    re.IGNORECASE,
)
MONTHS_A_YEAR = 12
OLDEST_YEAR = 1800
LONGEST_MONTHS = 2_400  # a company older than two hundred years is a misreading


@dataclass(frozen=True, slots=True)
class Time:
    """Months up to the day asked for, 0 for a day to come, and the offsets of the words."""

    months: int
    start: int
    end: int
    is_vague: bool  # a bare year or a relative date: only a clear word beside it tells what it dates


def times(text: str, start: int, end: int, on: date) -> Iterator[Time]:
    """All dates and durations between two offsets."""
    for match in YEAR_MONTH.finditer(text, start, end):
        year, month = _year_month(match)
        if OLDEST_YEAR <= year <= on.year + 3:
            yield Time(
                max(0, (on.year - year) * MONTHS_A_YEAR + on.month - month), *match.span(), bool(match["bare_year"])
            )
    for match in RELATIVE.finditer(text, start, end):
        yield Time(_relative_months(match, on), *match.span(), True)
    for match in DURATION.finditer(text, start, end):
        months = _duration_months(match)
        if months is not None and months <= LONGEST_MONTHS:
            yield Time(months, *match.span(), False)


def _year_month(match: re.Match[str]) -> tuple[int, int]:
    if match["bare_year"]:
        return int(match["bare_year"]), 6
    if match["before"]:
        name = match["before"].lower().rstrip(".")
        year = int(match["after_year"])
        return (year if year > 99 else 2000 + year), MONTHS.get(name) or SEASONS[name]
    if match["month_first"]:
        return int(match["its_year"]), int(match["month_first"])
    if match["number_month"]:
        return int(match["year"]), int(match["number_month"])
    return int(match["year"]), _han_month(match)


def _han_month(match: re.Match[str]) -> int:
    if match["han_month"]:
        return min(12, max(1, int(number(match["han_month"]) or 6)))
    return SEASONS.get(match["han_season"] or "", 6)


def _relative_months(match: re.Match[str], on: date) -> int:
    if match["which"]:
        years_back = {"去年": 1, "前年": 2}.get(match["which"], 0)
        if not years_back and not match["han_month"] and not match["han_season"]:
            return on.month // 2
        return max(0, years_back * MONTHS_A_YEAR + on.month - _han_month(match))
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
    if match["full"]:
        return MONTHS_A_YEAR
    value = number(match["n"])
    if value is None:
        return None
    unit = match["unit"].lower()
    in_years = unit in ("年", "周年", "岁") or unit.startswith(("year", "jahr"))
    months = value * (MONTHS_A_YEAR if in_years else 1)
    if match["half_before"] == "年半" or (in_years and match["half_after"]):
        months = value * MONTHS_A_YEAR + MONTHS_A_YEAR / 2
    return round(months)
