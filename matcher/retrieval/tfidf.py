"""TF-IDF vectors over the same words as BM25, compared by cosine."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.retrieval.sparse import tokens

FloatMatrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TfidfIndex:
    """Documents as unit vectors: (1 + ln tf) * idf, with idf = ln((1 + n) / (1 + df)) + 1.

    Source: Salton & Buckley, Information Processing & Management 24(5), 1988; this idf as in scikit-learn.
    """

    numbers: dict[str, int]  # word -> its column
    idf: NDArray[np.float64]  # (n_words,)
    documents: FloatMatrix  # (n_documents, n_words)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        counts = [Counter(tokens(text)) for text in texts]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(chain.from_iterable(counts)))}
        n_with_word = Counter(chain.from_iterable(counts))
        idf = np.array([np.log((1 + len(texts)) / (1 + n_with_word[word])) + 1 for word in numbers])
        return cls(numbers, idf, _vectors(counts, numbers, idf))

    def scores(self, queries: Sequence[str]) -> FloatMatrix:
        """Cosines, shape (n_queries, n_documents); 0 where no word is shared."""
        return _vectors([Counter(tokens(query)) for query in queries], self.numbers, self.idf) @ self.documents.T


def _vectors(counts: Sequence[Counter[str]], numbers: dict[str, int], idf: NDArray[np.float64]) -> FloatMatrix:
    vectors = np.zeros((len(counts), len(numbers)))
    for row, count in enumerate(counts):
        for word, times in count.items():
            if word in numbers:
                vectors[row, numbers[word]] = (1 + np.log(times)) * idf[numbers[word]]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors
