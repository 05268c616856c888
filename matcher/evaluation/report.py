"""The figures of one evaluation, as objects, as plain rows and as JSON."""

from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

from matcher.domain.ids import CarrierId
from matcher.domain.matches import ModelIds
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.registry import RegistryVersion
from matcher.evaluation.calibration import Bin
from matcher.evaluation.intervals import Estimate
from matcher.evaluation.wording import Label

N_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure; NaN in `low` and `high` where no interval is given."""

    group: str  # "reading", "ranking", "outcomes", "calibration", "languages", "chains", …
    name: str  # unique
    label: Message
    estimate: Estimate
    n: int  # how many texts, pairs or carriers it is taken over
    n_without: int = 0  # graded texts that are left out because no carrier is relevant


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The released ranker against a baseline, text by text."""

    baseline: str
    label: Message
    difference: Estimate  # released less baseline, nDCG@5
    p: float  # two-sided, of a paired randomisation test


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What was promised against what came true."""

    name: str  # that of the figure it belongs to
    label: Message
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Values by two things; NaN where there is none."""

    name: str
    label: Message
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    values: tuple[tuple[float, ...], ...]  # by row
    counts: tuple[tuple[int, ...], ...]  # how many texts each value is taken over


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How often a carrier is among the first ten."""

    carrier: CarrierId
    name: Texts
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """All figures, and what must be known to read them."""

    models: ModelIds
    registry: RegistryVersion
    on: date  # the day on which ages were counted
    n_texts: int
    n_graded: int
    n_carriers: int
    figures: tuple[Figure, ...]
    comparisons: tuple[Comparison, ...]
    notes: tuple[Message, ...]
    curves: tuple[Curve, ...] = ()
    grids: tuple[Grid, ...] = ()
    exposure: tuple[Seen, ...] = ()  # of all carriers ranked, most often seen first

    def value(self, name: str) -> float:
        """Raises KeyError where there is no such figure."""
        return {figure.name: figure.estimate.value for figure in self.figures}[name]

    def report_rows(self) -> list[dict[str, Any]]:
        """One row a figure, then one row a comparison; `label` is still a message, None is unknown."""
        figures = [
            {"group": one.group, "name": one.name, "label": one.label}
            | _rounded(one.estimate)
            | {"n": one.n, "n_without": one.n_without, "p": None}
            for one in self.figures
        ]
        comparisons = [
            {"group": "comparison", "name": f"released_less_{one.baseline}", "label": one.label}
            | _rounded(one.difference)
            | {"n": self.n_graded, "n_without": 0, "p": _number(one.p)}
            for one in self.comparisons
        ]
        return figures + comparisons

    def as_json(self) -> dict[str, Any]:
        """Only values that JSON has; labels and notes in English."""
        return {
            "models": {"encoder": self.models.encoder, "reader": self.models.reader, "ranker": self.models.ranker},
            "registry": {"version": self.registry.version, "as_of": self.registry.as_of},
            "on": self.on.isoformat(),
            "n_texts": self.n_texts,
            "n_graded": self.n_graded,
            "n_carriers": self.n_carriers,
            "figures": [row | {"label": str(row["label"])} for row in self.report_rows()],
            "curves": [
                {"name": curve.name, "label": str(curve.label), "bins": [_bin(one) for one in curve.bins]}
                for curve in self.curves
            ],
            "grids": [_grid(one) for one in self.grids],
            "exposure": [
                {"carrier": one.carrier, "name": one.name.say(Language.EN), "n": one.n} for one in self.exposure
            ],
            "notes": [str(note) for note in self.notes],
        }


def _bin(one: Bin) -> dict[str, Any]:
    return {"probability": _number(one.probability), "share": _number(one.share), "n": one.n}


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "name": grid.name,
        "label": str(grid.label),
        "rows": [_english(label) for label in grid.rows],
        "columns": [_english(label) for label in grid.columns],
        "values": [[_number(value) for value in row] for row in grid.values],
        "counts": [list(row) for row in grid.counts],
    }


def _english(label: Label) -> str:
    return label.say(Language.EN) if isinstance(label, Texts) else str(label)


def _rounded(estimate: Estimate) -> dict[str, float | None]:
    return {"value": _number(estimate.value), "low": _number(estimate.low), "high": _number(estimate.high)}


def _number(value: float) -> float | None:
    return None if isnan(value) else round(value, N_DIGITS)
