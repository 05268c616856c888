"""BM25 over words of Latin script and over single and paired Chinese characters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")

K1 = 1.2  # how soon a repeated word stops to count
B = 0.75  # how much a long document is held back


def tokens(text: str) -> Iterator[str]:
    """Words without regard to case and width; of Chinese, where words are not marked, each character and each pair."""
    for run in RUN.findall(unicodedata.normalize("NFKC", text)):
        if re.match(f"[{HAN}]", run):
            yield from run
            yield from (first + second for first, second in pairwise(run))
        else:
            yield run.casefold()


@dataclass(frozen=True, slots=True)
class Bm25Index:
    """For each word the documents that contain it, and what it adds to their score.

    score(query, document) = sum over the words of the query, repeated ones repeatedly, of
    idf(word) * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / mean length)) with
    idf(word) = ln(1 + (n - df + 0.5) / (df + 0.5)), which is never negative.

    Source: Robertson & Zaragoza, Foundations and Trends in Information Retrieval 3(4), 2009, §3; this idf as in
    Apache Lucene.
    """

    n_documents: int
    numbers: dict[str, int]  # word -> its number
    starts: NDArray[np.int64]  # (n_words + 1,): the postings of word i are starts[i]:starts[i + 1]
    documents: NDArray[np.int64]  # (n_postings,)
    impacts: NDArray[np.float64]  # (n_postings,)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        counts = [Counter(tokens(text)) for text in texts]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(chain.from_iterable(counts)))}
        sizes = np.array([len(count) for count in counts], dtype=np.int64)
        documents = np.repeat(np.arange(len(texts)), sizes)
        words = np.fromiter((numbers[word] for count in counts for word in count), np.int64, int(sizes.sum()))
        times = np.fromiter((times for count in counts for times in count.values()), np.float64, int(sizes.sum()))
        lengths = np.array([count.total() for count in counts], dtype=np.float64)

        by_word = np.argsort(words, kind="stable")
        words, documents, times = words[by_word], documents[by_word], times[by_word]
        n_with_word = np.bincount(words, minlength=len(numbers))
        idf = np.log1p((len(texts) - n_with_word + 0.5) / (n_with_word + 0.5))
        relative_length = lengths[documents] / lengths.mean() if len(words) else lengths[documents]
        impacts = idf[words] * times * (K1 + 1) / (times + K1 * (1 - B + B * relative_length))
        return cls(len(texts), numbers, np.concatenate([[0], np.cumsum(n_with_word)]), documents, impacts)

    def scores(self, query: str) -> NDArray[np.float64]:
        """Shape (n_documents,); 0 where no word of the query occurs."""
        counts = Counter(self.numbers[word] for word in tokens(query) if word in self.numbers)
        postings = [(slice(self.starts[word], self.starts[word + 1]), times) for word, times in counts.items()]
        if not postings:
            return np.zeros(self.n_documents)
        documents = np.concatenate([self.documents[rows] for rows, _ in postings])
        impacts = np.concatenate([self.impacts[rows] * times for rows, times in postings])
        return np.bincount(documents, weights=impacts, minlength=self.n_documents).astype(np.float64, copy=False)
