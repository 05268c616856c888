"""What one bench found as files: JSON to compare with, and one page with the table and the plots."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from math import nan
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.bench.growth import Curve
from api.bench.rows import Row
from api.charts.growth import Line, growth
from api.charts.plots import Bar, bars

PACKAGES = (
    "numpy",
    "scipy",
    "lightgbm",
    "onnxruntime",
    "faiss-cpu",
    "bm25s",
    "implicit",
    "sentence-transformers",
    "ray",
)
MOST_SHOWN = 3.0  # times its limit: longer bars are cut


@dataclass(frozen=True)
class Found:
    """Everything that one bench measured."""

    rows: Sequence[Row]
    curves: Sequence[Curve]
    quick: bool

    @property
    def missed(self) -> list[Row]:
        return [row for row in self.rows if row.met is False]

    @property
    def n_limits(self) -> int:
        return sum(row.met is not None for row in self.rows)

    def as_json(self) -> dict[str, object]:
        return {
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "quick": self.quick,
            "machine": {"cores": os.cpu_count(), "processor": platform.machine(), "python": platform.python_version()},
            "versions": {name: found for name in PACKAGES if (found := _version(name)) is not None},
            "rows": [row.as_json() for row in self.rows],
            "growth": [curve.as_json() for curve in self.curves],
        }


def write_report(found: Found, folder: Path) -> tuple[Path, Path]:
    """The JSON, named by the time, and the page of the newest bench."""
    folder.mkdir(parents=True, exist_ok=True)
    content = found.as_json()
    name = f"bench-{str(content['measured_at']).replace(':', '').replace('+0000', 'Z')}.json"
    (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "bench.html").write_text(_page(found, content), encoding="utf-8")
    return folder / name, folder / "bench.html"


def _page(found: Found, content: dict[str, object]) -> str:
    pages = Environment(
        loader=PackageLoader("api", "bench"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return pages.get_template("bench.html").render(
        found=found, content=content, limits=_limits_plot(found.rows), growth=_growth_plot(found.curves)
    )


def _limits_plot(rows: Sequence[Row]) -> str:
    """How much of what was promised each figure uses up: 1 is the limit, less is better."""
    shares = [(row, share) for row in rows if (share := _used(row)) is not None]
    return bars(
        "Use of what was promised",
        "One bar a figure: its share of the limit, 1 at the limit, more than 1 missed.",
        [Bar(row.figure, min(share, MOST_SHOWN), nan, nan, strong=share > 1) for row, share in shares],
        lambda value: f"{value:.2f}" if value < MOST_SHOWN else f"{MOST_SHOWN:g} or more",
        MOST_SHOWN,
    )


def _used(row: Row) -> float | None:
    measured = row.value if row.ratio is None else row.ratio
    if not row.limit or not measured:
        return None
    return measured / row.limit if row.at_most else row.limit / measured


def _growth_plot(curves: Sequence[Curve]) -> str:
    if not curves:
        return ""
    return growth(
        "Cost of a run by size",
        "; ".join(f"{curve.name}: the cost grows with the power {curve.exponent:.2f}" for curve in curves),
        ("startups or carriers", "seconds of processor time"),
        [
            Line(f"{curve.name} ({curve.exponent:.2f})", list(zip(curve.sizes, curve.seconds, strict=True)))
            for curve in curves
        ],
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
