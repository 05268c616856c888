"""Tells praise from content by a sentence's vector, where its words alone leave both open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.understanding.clauses import Offsets, sentences
from matcher.understanding.lexis import Lexis
from matcher.understanding.praise import may_praise
from models.text_views import TextView

FloatMatrix = NDArray[np.float32]
VECTOR, BIAS = "praise.vector", "praise.bias"
IN_CONTEXT = -10.5  # log-odds of a clause read in its text: of praise 5 of 100 score below, of other clauses 90


@dataclass(frozen=True)
class PraiseHead:
    """A linear classifier of vectors; above zero is praise."""

    vector: FloatMatrix  # shape (dims,)
    bias: float

    def scores(self, vectors: FloatMatrix) -> FloatMatrix:
        """Log-odds, shape (n,), of vectors of shape (n, dims)."""
        return vectors @ self.vector + np.float32(self.bias)

    def suspects(self, view: TextView, parts: FloatMatrix, lexis: Lexis) -> list[Offsets]:
        """Sentences that may be praise: by their words, and by their clauses' vectors, one row of `parts` each."""
        if not len(parts):
            return []
        likely = [
            place for place, score in zip(view.clauses, self.scores(parts).tolist(), strict=True) if score > IN_CONTEXT
        ]
        return [
            (start, end)
            for start, end in (sentences(view.clean) if likely else ())
            if any(start <= first < end for first, _ in likely) and may_praise(view.clean[start:end], lexis)
        ]

    def tensors(self) -> dict[str, NDArray[np.generic]]:
        return {VECTOR: self.vector.astype(np.float16), BIAS: np.array([self.bias], np.float16)}

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, NDArray[np.generic]]) -> Self | None:
        """None from a reader that never learned it."""
        if VECTOR not in tensors:
            return None
        return cls(tensors[VECTOR].astype(np.float32), float(tensors[BIAS][0]))


def praised(head: PraiseHead, suspects: Sequence[Offsets], vectors: FloatMatrix) -> list[Offsets]:
    """Those of the suspects whose vector, read alone, is praise."""
    return [place for place, score in zip(suspects, head.scores(vectors).tolist(), strict=True) if score > 0]
