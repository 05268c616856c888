"""Boosted trees as arrays: the score of a row, and exactly how much of it each criterion adds.

With interaction constraints a tree looks at the features of one criterion only, so a criterion's part is the sum over
its trees: no sampling, no approximation, and the parts sum to what LightGBM predicts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAF = -1
N_ROWS_AT_ONCE = 4096


@dataclass(frozen=True)
class TreeTable:
    """One tree; node 0 is its root, and a leaf leads to itself."""

    feature: NDArray[np.int64]  # LEAF for a leaf, shape (n_nodes,)
    threshold: Floats
    missing_left: NDArray[np.bool_]  # where NaN goes
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Floats  # of leaves
    depth: int

    @classmethod
    def of(cls, tree: Mapping[str, Any]) -> Self:
        """From LightGBM's JSON."""
        nodes: list[tuple[int, float, bool, int, int, float]] = []
        depth = _grow(tree["tree_structure"], nodes)
        feature, threshold, missing_left, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
        return cls(feature, threshold.astype(np.float64), missing_left, left, right, value.astype(np.float64), depth)

    def values(self, rows: Floats) -> Floats:
        """The leaf that each row falls into, shape (n_rows,)."""
        if not self.depth:
            return np.full(len(rows), self.value[0])
        at = np.zeros(len(rows), np.int64)
        every = np.arange(len(rows))
        for _ in range(self.depth):
            seen = rows[every, np.maximum(self.feature[at], 0)]
            goes_left = np.where(np.isnan(seen), self.missing_left[at], seen <= self.threshold[at])
            at = np.where(goes_left, self.left[at], self.right[at])
        return self.value[at]


def _grow(node: Mapping[str, Any], nodes: list[tuple[int, float, bool, int, int, float]]) -> int:
    """Append a node and all below it; how deep they go."""
    own = len(nodes)
    if "split_index" not in node:
        nodes.append((LEAF, np.inf, True, own, own, float(node["leaf_value"])))
        return 0
    nodes.append((LEAF, np.inf, True, own, own, 0.0))  # its place; what lies below must be numbered first
    left = len(nodes)
    depth_left = _grow(node["left_child"], nodes)
    right = len(nodes)
    depth_right = _grow(node["right_child"], nodes)
    threshold = float(node["threshold"])
    # Where training saw nothing missing, LightGBM reads a missing value as 0.
    missing_left = bool(node["default_left"]) if node["missing_type"] == "NaN" else threshold >= 0
    nodes[own] = (int(node["split_feature"]), threshold, missing_left, left, right, 0.0)
    return 1 + max(depth_left, depth_right)


def tree_tables(dump: Mapping[str, Any]) -> list[TreeTable]:
    """All trees of `Booster.dump_model()`."""
    return [TreeTable.of(tree) for tree in dump["tree_info"]]


def criteria_of(trees: Sequence[TreeTable], criterion_of_feature: NDArray[np.int64]) -> NDArray[np.int64]:
    """The criterion of each tree, shape (n_trees,); a tree without a split counts as the first's.

    Raises:
        ValueError: a tree looks at features of two criteria.
    """
    found = [np.unique(criterion_of_feature[tree.feature[tree.feature != LEAF]]) for tree in trees]
    if any(len(criteria) > 1 for criteria in found):
        raise ValueError("a tree looks at features of two criteria")
    return np.array([criteria[0] if len(criteria) else 0 for criteria in found], np.int64)


def parts_of(rows: Floats, trees: Sequence[TreeTable], criteria: NDArray[np.int64], n_criteria: int) -> Floats:
    """Shape (n_rows, n_criteria)."""
    parts = np.zeros((len(rows), n_criteria))
    for block in _blocks(len(rows)):
        of_block = np.ascontiguousarray(rows[block], np.float64)
        for tree, criterion in zip(trees, criteria, strict=True):
            parts[block, criterion] += tree.values(of_block)
    return parts


def _blocks(n_rows: int) -> Iterator[slice]:
    for start in range(0, n_rows, N_ROWS_AT_ONCE):
        yield slice(start, start + N_ROWS_AT_ONCE)
