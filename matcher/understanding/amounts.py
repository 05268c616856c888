"""Reads amounts of money, areas and heads, each with the words that show it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matcher.domain.startups import Span
from matcher.understanding.clauses import clauses
from matcher.understanding.literals import holds_one, required, searchable
from matcher.understanding.numerals import NUMBER, number
from matcher.understanding.patterns import any_of

YUAN_PER = {"eur": 7.8, "usd": 7.2, "gbp": 9.1, "cny": 1.0}  # rounded rates of 2025: good for orders of magnitude only
CURRENCY = {
    "cny": r"元|人民币|\bCNY\b|\bRMB\b|\byuan\b|¥|\bRen?minbi\b",
    "eur": r"欧元|\bEUR\b|€|\beuros?\b",
    "usd": r"美元|美金|\bUSD\b|\$|\bdollars?\b",
    "gbp": r"英镑|\bGBP\b|£|\bpounds?\b",
}
SCALE = {
    "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "billion": 1e9, "bn": 1e9, "mrd": 1e9, "milliarden": 1e9,
    "milliarde": 1e9, "million": 1e6, "millions": 1e6, "mio": 1e6, "millionen": 1e6, "mill": 1e6, "m": 1e6, "k": 1e3,
    "thousand": 1e3, "tausend": 1e3,
}  # fmt: skip
WEAK_SCALES = ("m", "k")  # these count beside a currency only
_SCALES = "|".join(sorted(SCALE, key=len, reverse=True))
_CURRENCIES = "|".join(CURRENCY.values())
MONEY = re.compile(
    rf"(?:(?P<before>{_CURRENCIES})\s*)?(?P<n>{NUMBER})(?:\s*(?:多|余|几))?(?:\s*(?P<scale>{_SCALES}))?(?![\w²])"
    rf"(?:\.?\s*(?P<after>{_CURRENCIES}))?"
    rf"|(?P<han_n>{NUMBER})\s*(?:多|余|几)?(?P<han_scale>千万|百万|万|亿)(?P<han_after>{_CURRENCIES})?",
    re.IGNORECASE,
)
NOT_MONEY = re.compile(
    r"\s*[零一二两三四五六七八九十百千]{0,7}(?:平|㎡|m²|m2|吨|台|套|支|次|片|件|只|头|千伏安|kVA|转|人|公里|米|粒|剂|亩|颗|瓶|张|级|组|辆|盒|株|升|t\b|块(?!钱))",
    re.IGNORECASE,
)
COUNTED = re.compile(  # "four million parts": a word that is none of money follows a bare figure
    r"\s+(?!(?:in|of|for|from|by|on|at|with|and|or|to|a|per|each|this|last|next|over|since|so|was|were|is|annual(?:ly)?"
    r"|yearly|seed|angel|equity|capital|investment|funding|revenues?|sales|turnover|ebitda|von|aus|im|am|für|und|oder|pro"
    r"|bei|mit|seit|bis|an|jahres\w+|frisches|neues|eigenkapital|wagniskapital|startkapital|kapital|umsatz|erlös|sind"
    r"|fehlen|gesucht|eingeworben|raised|wanted|needed)\b)[^\W\d_]{2,}",
    re.IGNORECASE,
)
REVENUE = any_of(
    "营收|收入|销售|营业额|年销|卖了|产值|合同额|合计",
    r"revenue|sales|turnover|turned over|billed|sold for|umsatz|umsätze|erlös|\bp\. ?a\.",
)
EQUITY = any_of(
    "融资|轮|投资|天使|股权|到账|已融|募",
    "raised|round|seed|angel|equity|invest|series|funding",
    "eigenkapital|runde|beteiligung|kapital|finanzierung|wagnis",
)
WANTED = any_of(
    "想|要|拟|计划|需要|希望|寻|缺|求|在谈|目标|找|再|下一轮|洽",
    "want|need|look|seek|plan|hope|target|next|open|would like|in progress|talks",
    "suchen|brauch|benötig|wünsch|geplant|nächste|gesucht|wollen|fehlt|hätten",
)
AREA = re.compile(
    rf"(?P<n>{NUMBER})(?:\s*(?P<wan>万))?\s*(?P<unit>平方米|平米|平方|平(?![均衡])|㎡|m²|m2\b|sqm\b|sq\.? ?m\b"
    r"|square met(?:re|er)s?|quadratmetern?|qm\b|亩|mu\b)",
    re.IGNORECASE,
)
SENTENCE_MARK = re.compile("[。！？!?；;\n]")
MONEY_WORDS = required(f"{'|'.join(scale for scale in SCALE if scale not in WEAK_SCALES)}|{_CURRENCIES}")
AREA_WORDS = required(AREA.pattern)
SQUARE_METRES_PER_MU = 666.7


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with the words that show it."""

    value: float
    span: Span


def amounts(text: str) -> Mapping[str, Amount]:
    """The largest of each kind that the text states.

    Keys: `annual_revenue_cny`, `two_year_revenue_cny` (sum of the two largest of a text), `equity_cny` (received),
    `equity_wanted_cny`, `area_m2`. Foreign money is turned into yuan at a rounded rate.
    """
    found: dict[str, Amount] = {}
    revenues: list[Amount] = []
    told_in = _Sentences(text)
    low = searchable(text)
    for start, end in clauses(_commas_kept(text)):
        clause_words = low[start:end]
        stated = list(_money(text, start, end)) if holds_one(clause_words, MONEY_WORDS) else ()
        if stated:
            clause, sentence = _Told.by(text, start, end), told_in.around(start)
        for amount in stated:
            if clause.revenue or (sentence.revenue and not clause.equity):
                revenues.append(amount)
            elif sentence.equity:
                _keep_largest(found, "equity_wanted_cny" if sentence.wanted else "equity_cny", amount)
        for match in AREA.finditer(text, start, end) if holds_one(clause_words, AREA_WORDS) else ():
            value = number(match["n"])
            if value is not None:
                unit = SQUARE_METRES_PER_MU if match["unit"].lower() in ("亩", "mu") else 1.0
                span = Span(match.start(), match.end(), match.group())
                _keep_largest(found, "area_m2", Amount(value * unit * (1e4 if match["wan"] else 1.0), span))
    if revenues:
        ranked = sorted(revenues, key=lambda amount: -amount.value)
        found["annual_revenue_cny"] = ranked[0]
        if len(ranked) > 1:
            found["two_year_revenue_cny"] = Amount(ranked[0].value + ranked[1].value, ranked[0].span)
    return found


def _commas_kept(text: str) -> str:
    """Commas between figures belong to a number, in thousands or as the German decimal mark, and end no clause."""
    return re.sub(r"(?<=\d),(?=\d)", "\u2009", text)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a stretch of text speaks of."""

    revenue: bool
    equity: bool
    wanted: bool

    @classmethod
    def by(cls, text: str, start: int, end: int) -> "_Told":
        return cls(*(bool(pattern.search(text, start, end)) for pattern in (REVENUE, EQUITY, WANTED)))


class _Sentences:
    """What each sentence speaks of, looked up at most once; a full stop ends none here, since figures hold them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in SENTENCE_MARK.finditer(text)]
        self._told: dict[int, _Told] = {}

    def around(self, position: int) -> _Told:
        number = bisect_left(self._ends, position)
        if number not in self._told:
            start = self._ends[number - 1] + 1 if number else 0
            end = self._ends[number] if number < len(self._ends) else len(self._text)
            self._told[number] = _Told.by(self._text, start, end)
        return self._told[number]


def _keep_largest(found: dict[str, Amount], key: str, amount: Amount) -> None:
    if key not in found or amount.value > found[key].value:
        found[key] = amount


def _money(text: str, start: int, end: int) -> Iterator[Amount]:
    for match in MONEY.finditer(text, start, end):
        scale = (match["scale"] or match["han_scale"] or "").lower()
        currency = match["before"] or match["after"] or match["han_after"]
        value = number(match["n"] or match["han_n"] or "")
        if value is None or not (scale or currency) or (scale in WEAK_SCALES and not currency):
            continue
        if not currency and (NOT_MONEY.match(text, match.end()) or COUNTED.match(text, match.end(), end)):
            continue
        factor = SCALE.get(scale, 1.0) * YUAN_PER[_currency(currency)]
        yield Amount(value * factor, Span(match.start(), match.end(), match.group().strip()))


def _currency(written: str | None) -> str:
    for name, pattern in CURRENCY.items():
        if written and re.fullmatch(pattern, written, re.IGNORECASE):
            return name
    return "cny"
