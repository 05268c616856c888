"""Which pieces of text readers count, and how rare each is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.understanding.tokens import Cuts, is_han, is_word, known_tokens, tokens

PAIR = 2
ROUNDING = 0.01  # of frequencies kept in half precision


@dataclass(frozen=True)
class TokenCounts:
    """One text's known pieces: columns in rising order, their weights, and where each piece stands."""

    columns: NDArray[np.int64]
    weights: NDArray[np.float32]  # TF-IDF with sublinear counts, at unit length
    counts: NDArray[np.int64]  # how often each piece stands in the text
    starts: NDArray[np.int64]  # of all places, piece after piece, from left to right
    ends: NDArray[np.int64]


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

    @cached_property
    def well_known(self) -> frozenset[str]:
        """Whole Latin words, and pairs of Chinese characters that stand together in twice as many texts as they must.

        The fewer texts, the likelier two characters met by chance.
        """
        rarest = float(self.idf.max(initial=0.0))  # of a piece in as few texts as were asked for
        limit = rarest - np.log(2.0) + ROUNDING
        return frozenset(
            piece
            for piece, idf in zip(self.pieces, self.idf.tolist(), strict=True)
            if (len(piece) == PAIR and idf <= limit if is_han(piece[0]) else is_word(piece))
        )

    def count(self, text: str, known: Cuts | None = None) -> TokenCounts:
        """What is in the text; `known` keeps the words that were cut, for a text of nearly the same words."""
        found = np.array(known_tokens(text, self.column_of, known), np.int64).reshape(-1, 3)
        found = found[np.lexsort((found[:, 1], found[:, 0]))]
        columns, counts = np.unique(found[:, 0], return_counts=True)
        weights = (1 + np.log(counts.astype(np.float32))) * self.idf[columns]
        length = float(np.linalg.norm(weights))
        weights = (weights / length if length else weights).astype(np.float32)
        return TokenCounts(columns, weights, counts, found[:, 1], found[:, 2])

    def count_all(self, texts: Iterable[str]) -> list[TokenCounts]:
        return [self.count(text) for text in texts]
