"""All trees of a ranker walked at once: for the few rows of a request, a tree at a time costs more than the trees."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.tree_tables import Floats, TreeTable

Places = NDArray[np.int64]
Value = TypeVar("Value", np.int64, np.float64, np.bool_)
N_STEPS_AT_ONCE = 2**18  # rows times trees: what fits the cache


@dataclass(frozen=True)
class Forest:
    """The nodes of all trees side by side, trees of a criterion together."""

    roots: Places  # shape (n_trees,)
    seen: Places  # of each node, the column that it looks at, among all columns once for each way that missing may go
    threshold: Floats
    child: Places  # of node n: 2n where its test fails, 2n + 1 where it holds
    value: Floats  # of leaves
    depth: int
    criteria: Places  # those that have trees
    starts: Places  # where the trees of each begin
    n_criteria: int
    n_features: int

    @classmethod
    def of(cls, trees: Sequence[TreeTable], criteria: Places, n_criteria: int, n_features: int) -> Self:
        """From trees and the criterion of each, shape (n_trees,)."""
        order = np.argsort(criteria, kind="stable").tolist()
        ordered = [trees[number] for number in order]
        first = np.cumsum([0, *(len(tree.feature) for tree in ordered)])
        found, starts = np.unique(np.asarray(criteria)[order], return_index=True)

        def joined(column: Callable[[TreeTable], NDArray[Value]]) -> NDArray[Value]:
            return np.concatenate([column(tree) for tree in ordered])

        shift = np.repeat(first[:-1], np.diff(first))
        feature = np.maximum(joined(lambda tree: tree.feature), 0)
        return cls(
            roots=first[:-1],
            seen=feature + n_features * joined(lambda tree: tree.missing_left).astype(np.int64),
            threshold=joined(lambda tree: tree.threshold),
            child=np.column_stack(
                [joined(lambda tree: tree.right) + shift, joined(lambda tree: tree.left) + shift]
            ).ravel(),
            value=joined(lambda tree: tree.value),
            depth=max(tree.depth for tree in ordered),
            criteria=found,
            starts=starts,
            n_criteria=n_criteria,
            n_features=n_features,
        )

    def parts(self, rows: Floats) -> Floats:
        """Shape (n_rows, n_criteria); a row's parts do not depend on the rows beside it."""
        parts = np.zeros((len(rows), self.n_criteria))
        n_at_once = max(1, N_STEPS_AT_ONCE // len(self.roots))
        for start in range(0, len(rows), n_at_once):
            block = slice(start, start + n_at_once)
            parts[block, self.criteria] = np.add.reduceat(self._leaves(rows[block]), self.starts, axis=1)
        return parts

    def _leaves(self, rows: Floats) -> Floats:
        """What each row finds in each tree, shape (n_rows, n_trees)."""
        missing = np.isnan(rows)
        both = np.hstack([np.where(missing, np.inf, rows), np.where(missing, -np.inf, rows)])
        begins = (np.arange(len(rows)) * both.shape[1])[:, None]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            holds = both.ravel().take(self.seen.take(at) + begins) <= self.threshold.take(at)
            at = self.child.take(2 * at + holds)
        return self.value.take(at)
