"""What the bench measured, as rows for a table and for JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from rich.table import Table

MISSED, MET, OPEN = "NO", "yes", "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure; `ratio` is how many times better than the reference, where there is one."""

    figure: str
    value: float | None  # None: not measured
    unit: str
    reference: float | None = None  # in the same unit
    ratio: float | None = None
    limit: float | None = None  # what was promised; of the ratio if there is one, else of the value
    at_most: bool = False  # the limit is an upper one
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
            "note": self.note,
        }


def skipped(figure: str, reason: str) -> Row:
    return Row(figure=figure, value=None, unit="", note=f"SKIPPED: {reason}")


def against_plain(
    figure: str, ours: Callable[[], object], plain: Callable[[], object], n_units: int, limit: float | None = None
) -> Row:
    """Microseconds per unit of work of the vectorised code, beside the plain reference that gives the same."""
    ours_us, plain_us = (1e6 * _median_seconds(work) / n_units for work in (ours, plain))
    return Row(figure=figure, value=ours_us, unit="us", reference=plain_us, ratio=plain_us / ours_us, limit=limit)


def table_of(rows: list[Row]) -> Table:
    table = Table(title="Bench: ratios hold between machines, times do not")
    table.add_column("figure", min_width=24)
    for name in ("value", "reference", "ratio", "limit"):
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
            said["limit"] or "",
            {True: MET, False: MISSED, None: OPEN}[row.met],
            row.note,
        )
    return table


def _median_seconds(work: Callable[[], object], n_rounds: int = 5) -> float:
    work()  # warms caches
    seconds = []
    for _ in range(n_rounds):
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    return median(seconds)


def _shown(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,.3g} {unit}" if abs(value) < 100 else f"{value:,.0f} {unit}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
