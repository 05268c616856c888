"""Words as vectors: hashed, weighted by how rare they are, at unit length; in any language, without a model."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from matcher.features.past import Floats

N_BUCKETS = 4096
STEM = 6  # letters of a word that count, so that its forms meet
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")


def words(text: str) -> list[str]:
    """Words of Latin and other scripts without regard to case and width; pairs of Chinese characters."""
    found: list[str] = []
    for run in RUN.findall(unicodedata.normalize("NFKC", text).casefold()):
        found.extend(_pairs(run) if IS_HAN.match(run) else [run])
    return found


def _pairs(run: str) -> Iterator[str]:
    yield from (first + second for first, second in pairwise(run)) if len(run) > 1 else [run]


def bucket(word: str) -> int:
    return crc32(word[:STEM].encode("utf-8", "replace")) % N_BUCKETS


def buckets(texts: Sequence[str]) -> NDArray[np.float32]:
    """How often each bucket's words occur, damped: 1 + log(times); shape (n_texts, N_BUCKETS)."""
    counts = np.zeros((len(texts), N_BUCKETS), np.float32)
    for row, text in enumerate(texts):
        np.add.at(counts[row], [bucket(word) for word in words(text)], 1)
    return np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0).astype(np.float32)


def rarity(counts: NDArray[np.float32]) -> Floats:
    """Log of how few texts have each bucket, shape (N_BUCKETS,); what is in none of them weighs most."""
    n_with = (counts > 0).sum(axis=0)
    weights: Floats = np.log((len(counts) + 1) / (n_with + 0.5))
    return np.maximum(weights, 0)


def weighted(counts: NDArray[np.float32], rare: Floats) -> NDArray[np.float32]:
    """Rows of unit length, zero without words."""
    rows = counts * rare.astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.zeros_like(rows)
    np.divide(rows, lengths, out=unit, where=lengths > 0)
    return unit
