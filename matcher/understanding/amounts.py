"""Reads amounts of money, areas and heads, each with the words that show it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matcher.domain.startups import Span
from matcher.understanding.clauses import clauses
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
_SCALES = "|".join(sorted(SCALE, key=len, reverse=True))
_CURRENCIES = "|".join(CURRENCY.values())
MONEY = re.compile(
    rf"(?P<before>{_CURRENCIES})?\s*(?P<n>{NUMBER})\s*(?:多|余|几)?\s*(?P<scale>{_SCALES})?(?![\w²])\.?\s*"
    rf"(?P<after>{_CURRENCIES})?"
    rf"|(?P<han_n>{NUMBER})\s*(?:多|余|几)?(?P<han_scale>千万|百万|万|亿)(?P<han_after>{_CURRENCIES})?",
    re.IGNORECASE,
)
NOT_MONEY = re.compile(
    r"\s*(?:平|㎡|m²|m2|吨|台|套|支|次|片|件|只|头|千伏安|kVA|转|人|公里|米|粒|剂|亩|颗|瓶|张|级|组|辆|盒|株|升|t\b|块(?!钱))",
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
    rf"(?P<n>{NUMBER})\s*(?P<wan>万)?\s*(?P<unit>平方米|平米|平方|平(?![均衡])|㎡|m²|m2\b|sqm\b|sq\.? ?m\b"
    r"|square met(?:re|er)s?|quadratmetern?|qm\b|亩|mu\b)",
    re.IGNORECASE,
)
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
    for start, end in clauses(_commas_kept(text)):
        sentence = _sentence_around(text, start, end)
        for amount in _money(text, start, end):
            clause = text[start:end]
            if REVENUE.search(clause) or (REVENUE.search(sentence) and not EQUITY.search(clause)):
                revenues.append(amount)
            elif EQUITY.search(clause) or EQUITY.search(sentence):
                key = "equity_wanted_cny" if WANTED.search(clause) or WANTED.search(sentence) else "equity_cny"
                _keep_largest(found, key, amount)
        for match in AREA.finditer(text, start, end):
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
    """Commas between figures belong to a number and end no clause."""
    return re.sub(r"(?<=\d),(?=\d{3})", "\u2009", text)


def _sentence_around(text: str, start: int, end: int) -> str:
    left = max(text.rfind(mark, 0, start) for mark in "。！？!?；;\n") + 1
    rights = [position for mark in "。！？!?；;\n" if (position := text.find(mark, end)) >= 0]
    return text[left : min(rights, default=len(text))]


def _keep_largest(found: dict[str, Amount], key: str, amount: Amount) -> None:
    if key not in found or amount.value > found[key].value:
        found[key] = amount


def _money(text: str, start: int, end: int) -> Iterator[Amount]:
    for match in MONEY.finditer(text, start, end):
        scale = (match["scale"] or match["han_scale"] or "").lower()
        currency = match["before"] or match["after"] or match["han_after"]
        value = number(match["n"] or match["han_n"] or "")
        if value is None or not (scale or currency) or (scale in ("m", "k") and not currency):
            continue
        if not currency and NOT_MONEY.match(text, match.end()):
            continue
        factor = SCALE.get(scale, 1.0) * YUAN_PER[_currency(currency)]
        yield Amount(value * factor, Span(match.start(), match.end(), match.group().strip()))


def _currency(written: str | None) -> str:
    for name, pattern in CURRENCY.items():
        if written and re.fullmatch(pattern, written, re.IGNORECASE):
            return name
    return "cny"
