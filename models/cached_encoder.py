"""An encoder that remembers: only texts not seen before are read."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

import numpy as np

from models.centring import FloatMatrix


class VectorCache(Protocol):
    """Vectors by encoder and by hash of what was encoded."""

    def get_many(self, encoder_id: str, hashes: Sequence[str]) -> dict[str, FloatMatrix]:
        """Those that are known, each of shape (dims,)."""

    def put_many(self, encoder_id: str, vectors: dict[str, FloatMatrix]) -> None:
        """Remember these; one that is known already may be kept or replaced."""


class ReadsTexts(Protocol):
    """The part of an encoder that is needed here."""

    @property
    def id(self) -> str: ...
    @property
    def dims(self) -> int: ...
    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> FloatMatrix: ...
    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]: ...


class CachedEncoder:
    """Answers like the encoder behind it, with the same id."""

    def __init__(self, encoder: ReadsTexts, cache: VectorCache) -> None:
        self._encoder = encoder
        self._cache = cache

    @property
    def id(self) -> str:
        return self._encoder.id

    @property
    def dims(self) -> int:
        return self._encoder.dims

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> FloatMatrix:
        """Unit-length, centred embeddings, shape (n_texts, dims)."""
        hashes = [content_hash(text, language) for text, language in zip(texts, languages, strict=True)]
        wanted = dict(zip(hashes, zip(texts, languages, strict=True), strict=True))  # each content once
        vectors = dict(self._cache.get_many(self.id, list(wanted)))
        missing = [key for key in wanted if key not in vectors]
        if missing:
            encoded = self._encoder.encode([wanted[key][0] for key in missing], [wanted[key][1] for key in missing])
            new = dict(zip(missing, encoded, strict=True))
            self._cache.put_many(self.id, new)
            vectors.update(new)
        return np.array([vectors[key] for key in hashes], np.float32).reshape(-1, self.dims)

    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """As the encoder behind it: parts need a pass of their own, so nothing is looked up."""
        wholes, parts = self._encoder.encode_parts(texts, languages, spans)
        hashes = [content_hash(text, language) for text, language in zip(texts, languages, strict=True)]
        self._cache.put_many(self.id, dict(zip(hashes, wholes, strict=True)))
        return wholes, parts


def content_hash(text: str, language: str) -> str:
    """What a vector depends on besides the encoder: the text, and the language that chooses its mean."""
    return sha256(f"{language}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
