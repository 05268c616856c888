"""Which pieces of text readers count, and how rare each is."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.understanding.tokens import PIECE, fold, is_han, is_word, known_pieces, tokens

PAIR = 2
PLACE_BITS = 21  # a piece's column, start and end are one whole number, so that sorting is one step
LONGEST_TEXT = 1 << PLACE_BITS  # characters; what stands behind them is not counted
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

    @cached_property
    def han_pairs(self) -> frozenset[str]:
        """Pairs of Chinese characters."""
        return frozenset(piece for piece in self.pieces if len(piece) == PAIR and is_han(piece[0]))

    def count(self, text: str) -> TokenCounts:
        runs, starts = [], []
        for match in PIECE.finditer(fold(text[: LONGEST_TEXT - 1])):
            run = match.group()
            runs.append(self._packed_words.get(run) or self._packed(run))
            starts.append(match.start())
        packed = np.frombuffer(b"".join(runs), np.int64)
        n_pieces = [len(run) // packed.itemsize for run in runs]
        moved = np.array(starts, np.int64) * ((1 << PLACE_BITS) + 1)  # start and end alike
        packed = np.sort(packed + np.repeat(moved, n_pieces))
        of_pieces = packed >> 2 * PLACE_BITS
        firsts = np.flatnonzero(np.concatenate([[True], of_pieces[1:] != of_pieces[:-1]])[: len(packed)])
        columns, counts = of_pieces[firsts], np.diff(firsts, append=len(packed))
        weights = (1 + np.log(counts.astype(np.float32))) * self.idf[columns]
        length = float(np.linalg.norm(weights))
        weights = (weights / length if length else weights).astype(np.float32)
        starts_of, ends_of = packed >> PLACE_BITS & LONGEST_TEXT - 1, packed & LONGEST_TEXT - 1
        return TokenCounts(columns, weights, counts, starts_of, ends_of)

    @cached_property
    def _packed_words(self) -> dict[str, bytes]:
        """Known words that were cut already; others are not kept, since a text is its sender's own."""
        return {}

    def _packed(self, run: str) -> bytes:
        """The known pieces of one word or run of Chinese characters, from its own start, as whole numbers."""
        pieces = known_pieces(run, self.column_of)
        packed = array("q", [(column << PLACE_BITS | start) << PLACE_BITS | end for column, start, end in pieces])
        if f"<{run}>" in self.column_of:
            self._packed_words[run] = packed.tobytes()
        return packed.tobytes()

    def count_all(self, texts: Iterable[str]) -> list[TokenCounts]:
        return [self.count(text) for text in texts]
