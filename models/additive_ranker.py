"""LambdaMART whose score is a sum over criteria: each tree sees the features of one criterion only."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from models.tree_tables import Floats, criteria_of, parts_of, tree_tables

GAINS = [0, 1, 2, 3]  # of the grades


class AdditiveRanker(BaseEstimator):
    """Fitted on queries that each hold some candidates with grades.

    Args:
        criterion_of_feature: the criterion of each column, in order; trees never mix two.
        directions: 1 where a larger value must not lower the score, -1 where it must not raise it, else 0.
        n_trees: how many.
        learning_rate: what a tree counts.
        n_leaves: of a tree.
        min_rows_in_leaf: pairs in a leaf.
        feature_share: of the features that a tree may choose from.
        truncation: places from the top whose order is learned.
        seed: of the drawing of features.
    """

    def __init__(
        self,
        criterion_of_feature: Sequence[str] = (),
        directions: Sequence[int] | None = None,
        n_trees: int = 300,
        learning_rate: float = 0.05,
        n_leaves: int = 7,
        min_rows_in_leaf: int = 100,
        feature_share: float = 0.5,
        truncation: int = 30,
        seed: int = 1,
    ) -> None:
        self.criterion_of_feature = criterion_of_feature
        self.directions = directions
        self.n_trees = n_trees
        self.learning_rate = learning_rate
        self.n_leaves = n_leaves
        self.min_rows_in_leaf = min_rows_in_leaf
        self.feature_share = feature_share
        self.truncation = truncation
        self.seed = seed

    @property
    def criteria(self) -> tuple[str, ...]:
        """In the order of the parts."""
        return tuple(dict.fromkeys(self.criterion_of_feature))

    def fit(
        self, X: NDArray[np.floating], y: NDArray[np.integer], *, sizes: Sequence[int], weights: Floats | None = None
    ) -> Self:
        """Learn from queries.

        Args:
            X: shape (n_pairs, n_features), the pairs of a query side by side; NaN is unknown.
            y: grades from 0 to 3, shape (n_pairs,).
            sizes: how many pairs each query has, in order.
            weights: of the pairs; all 1 by default.
        """
        data = lgb.Dataset(X, y, group=list(sizes), weight=weights, params={"verbosity": -1})
        return self._hold(lgb.train(self._parameters(), data, self.n_trees))

    def predict(self, X: NDArray[np.floating]) -> Floats:
        """Scores; only their order and differences within a query mean anything."""
        return self.parts(X).sum(axis=1)

    def parts(self, X: NDArray[np.floating]) -> Floats:
        """What each criterion adds, shape (n_pairs, n_criteria), in the order of `criteria`."""
        check_is_fitted(self)
        return parts_of(np.asarray(X, np.float64), self.trees_, self.tree_criteria_, len(self.criteria))

    def to_text(self) -> str:
        """The trees in LightGBM's own format; the same bytes for the same data, seed and versions."""
        check_is_fitted(self)
        text: str = self.booster_.model_to_string()
        return text

    @classmethod
    def from_text(cls, text: str, parameters: Mapping[str, Any]) -> Self:
        """What `to_text` and `get_params` gave; ValueError where it is not."""
        if not text.startswith("tree\n"):
            raise ValueError("these are no trees of LightGBM")
        try:
            return cls(**parameters)._hold(lgb.Booster(model_str=text))
        except lgb.basic.LightGBMError as error:
            raise ValueError(str(error)) from error

    def _hold(self, booster: lgb.Booster) -> Self:
        numbers = {name: number for number, name in enumerate(self.criteria)}
        self.booster_ = booster
        self.trees_ = tree_tables(booster.dump_model())
        of_feature = np.array([numbers[name] for name in self.criterion_of_feature], np.int64)
        self.tree_criteria_ = criteria_of(self.trees_, of_feature)
        return self

    def _parameters(self) -> dict[str, Any]:
        columns = {
            name: [n for n, own in enumerate(self.criterion_of_feature) if own == name] for name in self.criteria
        }
        return {
            "objective": "lambdarank",
            "label_gain": GAINS,
            "lambdarank_truncation_level": self.truncation,
            "learning_rate": self.learning_rate,
            "num_leaves": self.n_leaves,
            "min_data_in_leaf": self.min_rows_in_leaf,
            "lambda_l2": 1.0,
            "feature_fraction": self.feature_share,
            "interaction_constraints": list(columns.values()),
            "monotone_constraints": list(self.directions) if self.directions is not None else None,
            "seed": self.seed,
            "num_threads": 1,
            "deterministic": True,
            "force_row_wise": True,
            "verbosity": -1,
        }
