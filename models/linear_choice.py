"""A linear model of choice beside the trees: which of all open carriers would this startup choose?

Conditional logit with an L2 penalty on columns standardised within each startup's candidates, each straight and bent
(tanh). Where trees have cut all they can, a line goes on; it is additive by nature.

Source: McFadden, in Frontiers in Econometrics, 1974.
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from matcher.features.network_pairs import standardised

Floats = NDArray[np.float64]
MOST_STEPS = 80


class LinearChoice(BaseEstimator):
    """Fitted on blocks of queries that all have the same candidates.

    Args:
        criterion_of_feature: the criterion of each column, in order.
        used: the columns that are looked at; those standardised already would be looked at twice.
        penalty: of squared weights, against the sum of log-likelihoods over queries.
    """

    def __init__(
        self, criterion_of_feature: Sequence[str] = (), used: Sequence[int] = (), penalty: float = 30.0
    ) -> None:
        self.criterion_of_feature = criterion_of_feature
        self.used = used
        self.penalty = penalty

    @property
    def criteria(self) -> tuple[str, ...]:
        """In the order of the parts."""
        return tuple(dict.fromkeys(self.criterion_of_feature))

    def fit(self, blocks: Sequence[NDArray[np.floating]], grades: Sequence[NDArray[np.integer]]) -> Self:
        """Learn from blocks of queries.

        Args:
            blocks: each of shape (n_queries, n_candidates, n_features); NaN is unknown.
            grades: each of shape (n_queries, n_candidates), with something above 0 in every row.
        """
        inputs = [self._inputs(block, np.ones(block.shape[1], np.bool_)).astype(np.float32) for block in blocks]
        wanted = [own / own.sum(axis=1, keepdims=True) for own in grades]
        start = np.zeros(inputs[0].shape[-1])
        found = minimize(
            _loss, start, (inputs, wanted, self.penalty), "L-BFGS-B", jac=True, options={"maxiter": MOST_STEPS}
        )
        self.weights_ = found.x
        return self

    def parts(self, X: NDArray[np.floating], is_open: NDArray[np.bool_]) -> Floats:
        """What each criterion adds, shape (n_queries, n_candidates, n_criteria).

        Args:
            X: shape (n_queries, n_candidates, n_features); NaN is unknown.
            is_open: candidates that columns are standardised over, shape (n_candidates,).
        """
        check_is_fitted(self)
        numbers = {name: number for number, name in enumerate(self.criteria)}
        of_input = np.array([numbers[self.criterion_of_feature[column]] for column in self.used] * 2, np.int64)
        by_criterion = np.zeros((len(of_input), len(numbers)))
        by_criterion[np.arange(len(of_input)), of_input] = self.weights_
        return self._inputs(X, is_open) @ by_criterion

    @classmethod
    def from_weights(cls, weights: Sequence[float], **parameters: Any) -> Self:  # noqa: ANN401 - those of __init__
        """What `get_params` and `weights_` gave; ValueError where they do not go together."""
        choice = cls(**parameters)
        if len(weights) != 2 * len(choice.used):
            raise ValueError("there are not as many weights as columns")
        choice.weights_ = np.array(weights, np.float64)
        return choice

    def _inputs(self, X: NDArray[np.floating], is_open: NDArray[np.bool_]) -> Floats:
        """An unknown value is taken for the average of its query."""
        columns = [standardised(X[..., column].astype(np.float64), is_open) for column in self.used]
        straight = np.nan_to_num(np.stack(columns, axis=-1), nan=0.0)
        return np.concatenate([straight, np.tanh(straight)], axis=-1)


def _loss(
    weights: Floats, inputs: Sequence[NDArray[np.float32]], wanted: Sequence[Floats], penalty: float
) -> tuple[float, Floats]:
    """Negative log-likelihood with the penalty, and its gradient."""
    loss = 0.5 * penalty * float(weights @ weights)
    gradient = penalty * weights
    for block, own in zip(inputs, wanted, strict=True):
        scores = (block @ weights.astype(np.float32)).astype(np.float64)
        scores -= scores.max(axis=1, keepdims=True)
        total = np.exp(scores).sum(axis=1, keepdims=True)
        loss -= float((own * (scores - np.log(total))).sum())
        missed = np.exp(scores) / total - own
        gradient += np.tensordot(missed.astype(np.float32), block, axes=([0, 1], [0, 1])).astype(np.float64)
    return loss, gradient
