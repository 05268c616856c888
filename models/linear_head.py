"""A linear classifier over what a text says in words, as a vector, and in figures; its parts can be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from models.token_vocabulary import TokenCounts

FloatMatrix = NDArray[np.float32]
TOKENS, VECTOR, SIGNALS, BIAS = "tokens", "vector", "signals", "bias"


@dataclass(frozen=True)
class LinearHead:
    """One column of weights per class."""

    classes: tuple[str, ...]
    tokens: FloatMatrix  # shape (n_pieces, n_classes)
    vector: FloatMatrix  # shape (dims, n_classes)
    signals: FloatMatrix  # shape (n_signals, n_classes)
    bias: NDArray[np.float32]  # shape (n_classes,)

    def scores(self, counts: TokenCounts, vector: FloatMatrix, signals: FloatMatrix) -> FloatMatrix:
        """One logit per class, shape (n_classes,)."""
        of_tokens = counts.weights @ self.tokens[counts.columns]
        return of_tokens + vector @ self.vector + signals @ self.signals + self.bias

    def added_by_character(
        self,
        class_number: int,
        text: str,
        counts: TokenCounts,
        parts: Sequence[tuple[tuple[int, int], FloatMatrix]],
    ) -> NDArray[np.float64]:
        """What each character adds to one class more than to the others on average, shape (len(text),).

        A character has its share of the pieces that it is in, and of its clause.

        Args:
            class_number: column of the class.
            text: the text that was counted.
            counts: its pieces.
            parts: clauses with their vectors; each clause's share of the whole vector is taken by its length.
        """
        weights = (self.tokens[counts.columns, class_number] - self._mean_of_tokens[counts.columns]) * counts.weights
        shares = np.repeat(weights.astype(np.float64) / counts.counts, counts.counts) / (counts.ends - counts.starts)
        direction = self.vector[:, class_number] - self._mean_of_vector
        n_characters = sum(end - start for (start, end), _ in parts) or 1
        of_parts = [float(part @ direction) / n_characters for _, part in parts]
        begins = np.concatenate([counts.starts, np.array([start for (start, _), _ in parts], np.int64)])
        ends = np.concatenate([counts.ends, np.array([end for (_, end), _ in parts], np.int64)])
        steps = np.concatenate([shares, of_parts])
        # A stretch adds its share from its start on, and no more from its end on.
        places, rises = np.column_stack([begins, ends]).ravel(), np.column_stack([steps, -steps]).ravel()
        by_place = np.bincount(places, rises, minlength=len(text) + 1).astype(np.float64)
        return np.cumsum(by_place)[:-1]

    @cached_property
    def class_of(self) -> dict[str, int]:
        """The column of each class."""
        return {name: number for number, name in enumerate(self.classes)}

    @cached_property
    def _mean_of_tokens(self) -> NDArray[np.float32]:
        return self.tokens.mean(axis=1)

    @cached_property
    def _mean_of_vector(self) -> NDArray[np.float32]:
        return self.vector.mean(axis=1)

    def tensors(self, name: str) -> dict[str, NDArray[np.generic]]:
        """For keeping, in half precision."""
        kept = {TOKENS: self.tokens, VECTOR: self.vector, SIGNALS: self.signals, BIAS: self.bias}
        return {f"{name}.{part}": np.ascontiguousarray(value, np.float16) for part, value in kept.items()}

    @classmethod
    def from_tensors(cls, name: str, classes: Sequence[str], tensors: Mapping[str, NDArray[np.generic]]) -> Self:
        parts = {part: tensors[f"{name}.{part}"].astype(np.float32) for part in (TOKENS, VECTOR, SIGNALS, BIAS)}
        return cls(tuple(classes), **parts)


def softmax(scores: FloatMatrix) -> NDArray[np.float64]:
    """Probabilities over the last axis."""
    exponents = np.exp(scores.astype(np.float64) - scores.max(axis=-1, keepdims=True))
    return exponents / exponents.sum(axis=-1, keepdims=True)


def sigmoid(scores: FloatMatrix) -> NDArray[np.float64]:
    """The probability of each class by itself."""
    # The plain formula overflows where a score is extreme.
    probabilities: NDArray[np.float64] = np.exp(-np.logaddexp(0.0, -scores.astype(np.float64)))
    return probabilities
