"""What the bench measured, as rows for a table and for JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from api.bench.turns import Spread, Work, in_turns

MISSED, MET, OPEN = "NO", "yes", "-"
N_ROUNDS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure; `ratio` compares it with the reference, where there is one."""

    figure: str
    value: float | None  # None: not measured
    unit: str
    reference: float | None = None  # in the same unit
    ratio: float | None = None
    limit: float | None = None  # what was promised; of the ratio if there is one, else of the value
    at_most: bool = False  # the limit is an upper one
    spread: tuple[float, float] | None = None  # quartiles of the ratio if there is one, else of the value
    note: str = ""

    @property
    def met(self) -> bool | None:
        """None where there is no limit, or nothing was measured."""
        measured = self.value if self.ratio is None else self.ratio
        if self.limit is None or measured is None:
            return None
        return measured <= self.limit if self.at_most else measured >= self.limit

    def as_json(self) -> dict[str, Any]:
        return {
            "figure": self.figure,
            "value": _rounded(self.value),
            "unit": self.unit,
            "reference": _rounded(self.reference),
            "ratio": _rounded(self.ratio),
            "limit": None if self.limit is None else f"{'<=' if self.at_most else '>='} {self.limit:g}",
            "met": self.met,
            "spread": None if self.spread is None else [_rounded(end) for end in self.spread],
            "note": self.note,
        }


def skipped(figure: str, reason: str) -> Row:
    return Row(figure=figure, value=None, unit="", note=f"SKIPPED: {reason}")


def against_plain(
    figure: str, ours: Callable[[], object], plain: Callable[[], object], n_units: int, limit: float | None = None
) -> Row:
    """Microseconds per unit of work of the vectorised code, beside the plain reference that gives the same."""
    turns = in_turns((lambda _: ours(), lambda _: plain()), N_ROUNDS)
    ratio = turns.ratio(1, to=0)
    return Row(
        figure=figure,
        value=turns.of(0).times(1e6 / n_units).median,
        unit="us",
        reference=turns.of(1).times(1e6 / n_units).median,
        ratio=ratio.median,
        limit=limit,
        spread=(ratio.low, ratio.high),
    )


def beside(
    figure: str,
    ours: Work,
    peer: Work,
    n_rounds: int,
    *,
    n_calls: int = 1,
    limit: float | None = None,
    note: str = "",
) -> Row:
    """Milliseconds of ours and of a peer; the ratio says how many times its time ours takes.

    Args:
        figure: what is compared.
        ours: called with numbers that rise.
        peer: likewise.
        n_rounds: turns.
        n_calls: in each turn, one after the other: a single short call would find the cache filled by the other.
        limit: of the ratio, an upper one.
        note: stands beside it.
    """

    def often(work: Work) -> Work:
        return lambda number: [work(number * n_calls + call) for call in range(n_calls)]

    turns = in_turns((often(ours), often(peer)), n_rounds)
    ratio = turns.ratio(0, to=1)
    return Row(
        figure=figure,
        value=turns.of(0).times(1e3 / n_calls).median,
        unit="ms",
        reference=turns.of(1).times(1e3 / n_calls).median,
        ratio=ratio.median,
        limit=limit,
        at_most=True,
        spread=(ratio.low, ratio.high),
        note=note,
    )


def measured(figure: str, value: Spread, unit: str, **more: Any) -> Row:  # noqa: ANN401 - as Row takes them
    """One value with its quartiles."""
    return Row(figure=figure, value=value.median, unit=unit, spread=(value.low, value.high), **more)


def table_of(rows: list[Row]) -> Table:
    table = Table(title="Bench: ratios hold between machines, times do not")
    table.add_column("figure", min_width=24)
    for name in ("value", "reference", "ratio", "quartiles", "limit"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("met", no_wrap=True)
    table.add_column("note")
    for row in rows:
        said = row.as_json()
        table.add_row(
            row.figure,
            _shown(row.value, row.unit),
            _shown(row.reference, row.unit),
            _shown(row.ratio, "x"),
            "" if row.spread is None else "…".join(_shown(end, "").strip() for end in row.spread),
            said["limit"] or "",
            {True: MET, False: MISSED, None: OPEN}[row.met],
            row.note,
        )
    return table


def _shown(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,.3g} {unit}" if abs(value) < 100 else f"{value:,.0f} {unit}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
