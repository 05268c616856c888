"""Tells praise from content by a sentence's vector, where its words alone leave both open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.understanding.clauses import Offsets, sentences
from matcher.understanding.lexis import Lexis
from matcher.understanding.praise import is_plain, may_praise
from models.text_views import TextView

FloatMatrix = NDArray[np.float32]
VECTOR, BIAS = "praise.vector", "praise.bias"
CONTEXT_VECTOR, CONTEXT_BIAS = "praise.context_vector", "praise.context_bias"
# From so many log-odds on, read in its text, a sentence is read once more, alone: in 100 texts of the corpus 5 hold one
# such, and of 100 sentences of praise 90 are such. Where most of its words are plain, less is asked for.
PLAIN, OTHER = -0.5, 1.0


@dataclass(frozen=True)
class PraiseHead:
    """Two linear classifiers of vectors; above zero is praise."""

    vector: FloatMatrix  # of a sentence read alone, shape (dims,)
    bias: float
    context_vector: FloatMatrix  # of a clause read in its text
    context_bias: float

    def scores(self, vectors: FloatMatrix) -> FloatMatrix:
        """Log-odds, shape (n,), of vectors of shape (n, dims)."""
        return vectors @ self.vector + np.float32(self.bias)

    def suspects(self, view: TextView, parts: FloatMatrix, lexis: Lexis) -> list[Offsets]:
        """Sentences that may be praise: by the mean of their clauses, one row of `parts` each, and by their words."""
        if not len(parts):
            return []
        scores = parts @ self.context_vector + np.float32(self.context_bias)
        if scores.max() <= PLAIN:
            return []
        found = []
        for start, end in sentences(view.clean):
            inside = [
                score for place, score in zip(view.clauses, scores.tolist(), strict=True) if start <= place[0] < end
            ]
            score = sum(inside) / len(inside) if inside else PLAIN
            sentence = view.clean[start:end]
            if score > PLAIN and (score > OTHER or is_plain(sentence)) and may_praise(sentence, lexis):
                found.append((start, end))
        return found

    def tensors(self) -> dict[str, NDArray[np.generic]]:
        return {
            VECTOR: self.vector.astype(np.float16),
            BIAS: np.array([self.bias], np.float16),
            CONTEXT_VECTOR: self.context_vector.astype(np.float16),
            CONTEXT_BIAS: np.array([self.context_bias], np.float16),
        }

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, NDArray[np.generic]]) -> Self | None:
        """None from a reader that never learned it."""
        if CONTEXT_VECTOR not in tensors:
            return None
        return cls(
            tensors[VECTOR].astype(np.float32),
            float(tensors[BIAS][0]),
            tensors[CONTEXT_VECTOR].astype(np.float32),
            float(tensors[CONTEXT_BIAS][0]),
        )


def praised(head: PraiseHead, suspects: Sequence[Offsets], vectors: FloatMatrix) -> list[Offsets]:
    """Those of the suspects whose vector, read alone, is praise."""
    return [place for place, score in zip(suspects, head.scores(vectors).tolist(), strict=True) if score > 0]
