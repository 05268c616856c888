"""Which pieces of text readers count, and how rare each is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.understanding.tokens import tokens


@dataclass(frozen=True)
class TokenCounts:
    """One text's known pieces: columns in rising order, their weights, and where each piece stands."""

    columns: NDArray[np.int64]
    weights: NDArray[np.float32]  # TF-IDF with sublinear counts, at unit length
    places: dict[int, list[tuple[int, int]]]


@dataclass(frozen=True)
class TokenVocabulary:
    """Pieces in the order of their columns, with inverse document frequencies.

    Source of the formula: scikit-learn's smoothed idf, ln((1 + n) / (1 + df)) + 1, and 1 + ln(count).
    """

    pieces: tuple[str, ...]
    idf: NDArray[np.float32]  # shape (n_pieces,)

    @classmethod
    def learn(cls, texts: Sequence[str], *, seen_in: int) -> "TokenVocabulary":
        """Pieces that occur in at least `seen_in` of the texts, in the order of the alphabet."""
        document_counts: Counter[str] = Counter()
        for text in texts:
            document_counts.update({piece for piece, _, _ in tokens(text)})
        pieces = tuple(sorted(piece for piece, count in document_counts.items() if count >= seen_in))
        df = np.array([document_counts[piece] for piece in pieces], np.float64)
        return cls(pieces, (np.log((1 + len(texts)) / (1 + df)) + 1).astype(np.float32))

    @cached_property
    def column_of(self) -> dict[str, int]:
        return {piece: column for column, piece in enumerate(self.pieces)}

    def count(self, text: str) -> TokenCounts:
        places: dict[int, list[tuple[int, int]]] = {}
        column_of = self.column_of
        for piece, start, end in tokens(text):
            column = column_of.get(piece)
            if column is not None:
                places.setdefault(column, []).append((start, end))
        columns = np.array(sorted(places), np.int64)
        counts = np.array([len(places[column]) for column in columns.tolist()], np.float32)
        weights = (1 + np.log(counts, where=counts > 0, out=np.zeros_like(counts))) * self.idf[columns]
        length = float(np.linalg.norm(weights))
        return TokenCounts(columns, (weights / length if length else weights).astype(np.float32), places)

    def count_all(self, texts: Iterable[str]) -> list[TokenCounts]:
        return [self.count(text) for text in texts]
