"""A tiny encoder for tests: it counts hashed runs of characters."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from models.centring import FloatMatrix, unit

RUN_LENGTHS = (1, 2, 3)


class HashingEncoder:
    """Texts that share characters get similar vectors; fast, without files, the same everywhere."""

    def __init__(self, dims: int = 64) -> None:
        self._dims = dims

    @property
    def id(self) -> str:
        return f"hashing-{self._dims}@1"

    @property
    def dims(self) -> int:
        return self._dims

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> FloatMatrix:
        """Unit-length embeddings, shape (n_texts, dims); zero for a text without content."""
        if len(texts) != len(languages):
            raise ValueError(f"{len(texts)} texts, {len(languages)} languages")
        return unit(np.array([self._counts(text) for text in texts], np.float32).reshape(-1, self._dims))

    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """The whole texts as by `encode`, and for each text one vector per span of characters, (n_spans, dims)."""
        parts = [
            self.encode([text[start:end] for start, end in of_text], [language] * len(of_text))
            for text, language, of_text in zip(texts, languages, spans, strict=True)
        ]
        return self.encode(texts, languages), parts

    def _counts(self, text: str) -> FloatMatrix:
        counts = np.zeros(self._dims, np.float32)
        folded = " ".join(text.casefold().split())
        for length in RUN_LENGTHS:
            for start in range(len(folded) - length + 1):
                code = crc32(folded[start : start + length].encode("utf-8", "replace"))
                counts[code % self._dims] += 1 if code & 1 << 31 else -1
        return counts
