"""Vectors of texts in a file that only grows: whatever ended the process, what was written before can be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.held_folder import sync
from matcher.ports import Embeddings, Encoder

HASH_BYTES = 16


@dataclass(frozen=True)
class KeptVectors:
    """An encoder that looks into the file first; texts are told apart by a hash, their words are not kept."""

    real: Encoder
    path: Path

    @property
    def id(self) -> str:
        return self.real.id

    @property
    def dims(self) -> int:
        return self.real.dims

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Embeddings:
        """Shape (n_texts, dims)."""
        keys = [_hash(language, text) for language, text in zip(languages, texts, strict=True)]
        new = {key: row for row, key in enumerate(keys) if key not in self._known}
        if new:
            rows = list(new.values())
            read = self.real.encode([texts[row] for row in rows], [languages[row] for row in rows])
            self._append(list(new), np.asarray(read, np.float32))
        return np.stack([self._known[key] for key in keys]) if keys else np.zeros((0, self.dims), np.float32)

    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Embeddings, list[Embeddings]]:
        """Of spans nothing is kept."""
        return self.real.encode_parts(texts, languages, spans)

    @cached_property
    def _known(self) -> dict[bytes, NDArray[np.float32]]:
        """Of the records that are whole."""
        if not self.path.is_file():
            return {}
        raw = self.path.read_bytes()
        n_whole = len(raw) // self._record.itemsize
        records = np.frombuffer(raw, self._record, n_whole)
        known = {}
        for record in records:
            key, vector = record["key"].tobytes(), record["vector"]
            if _check(key, vector) == record["check"].tobytes():
                known[key] = vector
        if len(raw) > n_whole * self._record.itemsize:  # what was being written when somebody pulled the plug
            with self.path.open("r+b") as file:
                file.truncate(n_whole * self._record.itemsize)
        return known

    @property
    def _record(self) -> np.dtype[np.void]:
        return np.dtype(
            [("key", f"({HASH_BYTES},)u1"), ("vector", f"({self.dims},)<f4"), ("check", f"({HASH_BYTES},)u1")]
        )

    def _append(self, keys: Sequence[bytes], vectors: Embeddings) -> None:
        known = self._known  # before anything is written: the file's end is put right first
        records = np.zeros(len(keys), self._record)
        for record, key, vector in zip(records, keys, vectors, strict=True):
            record["key"] = np.frombuffer(key, np.uint8)
            record["vector"] = vector
            record["check"] = np.frombuffer(_check(key, vector), np.uint8)
        with self.path.open("ab") as file:
            file.write(records.tobytes())
        sync(self.path)
        known.update(zip(keys, vectors, strict=True))


def _hash(language: str, text: str) -> bytes:
    said = f"{language}\n{text}".encode("utf-8", "surrogatepass")
    return blake2b(said, digest_size=HASH_BYTES).digest()


def _check(key: bytes, vector: NDArray[np.float32]) -> bytes:
    return blake2b(key + np.ascontiguousarray(vector, "<f4").tobytes(), digest_size=HASH_BYTES).digest()
