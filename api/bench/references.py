"""The plain Python that vectorised code must equal and is timed against: as the formula reads, one value at a time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from matcher.retrieval.sparse import K1, B, tokens


def plain_top_k(similarities: Iterable[Sequence[float]], k: int) -> list[list[int]]:
    """One full sort per row, by value and then by column."""
    return [sorted(range(len(row)), key=lambda column: (-row[column], column))[:k] for row in similarities]


class PlainBm25:
    """Word by word, document by document."""

    def __init__(self, documents: Sequence[str]) -> None:
        self.counts = [Counter(tokens(document)) for document in documents]
        self.lengths = [count.total() for count in self.counts]
        self.n_with_word = Counter(word for count in self.counts for word in count)

    def scores(self, query: str) -> list[float]:
        words = list(tokens(query))
        mean_length = sum(self.lengths) / len(self.lengths) if self.lengths else 0.0
        scores = []
        for count, length in zip(self.counts, self.lengths, strict=True):
            score = 0.0
            for word in words:
                if word in count:
                    n_with_word = self.n_with_word[word]
                    idf = log(1 + (len(self.counts) - n_with_word + 0.5) / (n_with_word + 0.5))
                    held_back = K1 * (1 - B + B * length / mean_length)
                    score += idf * count[word] * (K1 + 1) / (count[word] + held_back)
            scores.append(score)
        return scores
