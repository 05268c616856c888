"""Measures one try on what it has not seen, fold by fold, and says how sure the difference to the released one is."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.intervals import Estimate, bootstrap, weighted_mean
from models.centring import FloatMatrix
from models.encoder_tries.passages import N_FOLDS, BoolVector, IntVector, Kind, Passages
from models.encoder_tries.reading import FieldReading
from models.encoder_tries.retrieval import across_languages

FloatVector = NDArray[np.float64]
Try = Callable[[FloatMatrix, Passages, BoolVector], FloatMatrix]  # released vectors and what is known, to new vectors
Values = Mapping[str, FloatVector]  # by figure, one value a passage; NaN where it is not asked

RETRIEVAL = ("twin first", "twin MRR", "like first", "like MRR")
READING = ("vector first", "vector three", "reader first", "reader three")
SEED = 11


def measure(
    one: Try, vectors: FloatMatrix, passages: Passages, folds: IntVector, reading: FieldReading, n_folds: int = N_FOLDS
) -> Values:
    """Every figure of every passage of the first folds, each worked out where the passage was unknown."""
    values = {name: np.full(len(vectors), np.nan) for name in (*RETRIEVAL, *READING)}
    carriers, texts = passages.are(Kind.CARRIER), passages.are(Kind.TEXT)
    for fold in range(n_folds):
        unknown = folds == fold
        new = one(vectors, passages, ~unknown)
        by_name = (new, passages.languages, passages.names)
        found = [
            *across_languages(*by_name, asked=carriers & unknown, gallery=carriers),
            *across_languages(*by_name, asked=texts & unknown, gallery=texts & unknown),
            *reading.by_vector(new, ~unknown),
            *reading.by_reader(new, ~unknown),
        ]
        for name, of_fold in zip((*RETRIEVAL, *READING), found, strict=True):
            values[name][unknown] = of_fold[unknown]
    return values


def difference(values: FloatVector, released: FloatVector, groups: IntVector) -> Estimate:
    """How much higher the mean is, with its interval over groups; the same passages count on both sides."""
    asked = ~np.isnan(values) & ~np.isnan(released)
    _, numbers = np.unique(groups[asked], return_inverse=True)
    gained = values[asked] - released[asked]
    return bootstrap(weighted_mean(gained), numbers.astype(np.int64), np.random.default_rng(SEED))


def table(measured: Mapping[str, Values], figures: Sequence[str], groups: IntVector) -> list[str]:
    """Lines of Markdown; the first try is what the others are compared with."""
    base = next(iter(measured.values()))
    counts = [f"{name} (n {int((~np.isnan(base[name])).sum())})" for name in figures]
    lines = ["| try | " + " | ".join(counts) + " |", "|---|" + "---|" * len(figures)]
    for number, (title, values) in enumerate(measured.items()):
        cells = [decimals(float(np.nanmean(values[name]))) for name in figures]
        if number:
            for place, name in enumerate(figures):
                gain = difference(values[name], base[name], groups)
                cells[place] += f" ({signed(gain.value)}: {signed(gain.low)} to {signed(gain.high)})"
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return lines


def decimals(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def signed(share: float) -> str:
    return f"{share:+.3f}".replace("0.", ".")
