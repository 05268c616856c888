"""Trees that look at one or two columns, as a table: between two neighbouring thresholds their sum does not change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from models.forest import Forest
from models.tree_tables import LEAF, Floats, TreeTable

MOST_CELLS = 2**12  # of one criterion's table; trees that would need more are walked


@dataclass(frozen=True)
class StepTable:
    """What the trees of one criterion add, by the steps in which the columns that they look at lie."""

    criterion: int
    columns: tuple[int, ...]
    thresholds: tuple[Floats, ...]  # of each column, in rising order
    sums: Floats  # shape (n_steps of the first column, ...); the last step of a column is that of a missing value

    @classmethod
    def of(cls, forest: Forest, criterion: int, trees: Sequence[TreeTable]) -> Self:
        """Ask the forest once for each cell, so that a table gives what it gives to the last bit."""
        tests = _tests(trees)
        thresholds = tuple(np.array(sorted(tests[column])) for column in sorted(tests))
        inside = [np.array([*of_column, np.inf, np.nan]) for of_column in thresholds]  # a value in each step
        shape = tuple(map(len, inside))
        rows = np.zeros((int(np.prod(shape)), forest.n_features))
        for column, values in zip(sorted(tests), np.meshgrid(*inside, indexing="ij"), strict=True):
            rows[:, column] = values.ravel()
        return cls(criterion, tuple(sorted(tests)), thresholds, forest.parts(rows)[:, criterion].reshape(shape))

    def values(self, rows: Floats) -> Floats:
        """Shape (n_rows,)."""
        found: Floats = self.sums[
            tuple(_steps(rows[:, column], of) for column, of in zip(self.columns, self.thresholds, strict=True))
        ]
        return found


def _steps(values: Floats, thresholds: Floats) -> NDArray[np.int64]:
    """How many thresholds each value exceeds; one more than there are where it is missing."""
    return np.searchsorted(thresholds, values) + np.isnan(values)


def _tests(trees: Sequence[TreeTable]) -> dict[int, set[float]]:
    """The thresholds at which the trees test each column."""
    tests: dict[int, set[float]] = {}
    for tree in trees:
        for column, threshold in zip(tree.feature.tolist(), tree.threshold.tolist(), strict=True):
            if column != LEAF:
                tests.setdefault(column, set()).add(threshold)
    return tests


def _n_cells(trees: Sequence[TreeTable]) -> float:
    return float(np.prod([len(thresholds) + 2.0 for thresholds in _tests(trees).values()]))


@dataclass(frozen=True)
class SteppedForest:
    """A forest whose criteria are looked up where a table of theirs is small, and walked where it is not."""

    tables: tuple[StepTable, ...]
    walked: Forest | None
    n_criteria: int

    @classmethod
    def of(cls, trees: Sequence[TreeTable], criteria: NDArray[np.int64], n_criteria: int, n_features: int) -> Self:
        """From trees and the criterion of each, shape (n_trees,)."""
        own = {number: [tree for tree, of in zip(trees, criteria.tolist(), strict=True) if of == number]
               for number in sorted(set(criteria.tolist()))}  # fmt: skip
        small = {number for number, of_number in own.items() if _n_cells(of_number) <= MOST_CELLS}
        rest = [n for n, criterion in enumerate(criteria.tolist()) if criterion not in small]
        forest = Forest.of(trees, criteria, n_criteria, n_features)
        return cls(
            tables=tuple(StepTable.of(forest, number, own[number]) for number in sorted(small)),
            walked=Forest.of([trees[n] for n in rest], criteria[rest], n_criteria, n_features) if rest else None,
            n_criteria=n_criteria,
        )

    def parts(self, rows: Floats) -> Floats:
        """Shape (n_rows, n_criteria), as by `Forest.parts`."""
        parts = np.zeros((len(rows), self.n_criteria)) if self.walked is None else self.walked.parts(rows)
        for table in self.tables:
            parts[:, table.criterion] = table.values(rows)
        return parts
