"""The released sentence encoder on ONNX Runtime: one thread, no padding, no torch."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from matcher.domain.errors import ModelNotFound
from models.centring import FloatMatrix, Means, unit
from models.encoder_session import GRAPH, WEIGHTS, EncoderSession
from models.windows import TokenisedText, Window, WindowCutter, equal_batches

RELEASED = Path(__file__).parent / "released" / "encoder"
TOKENIZER, MEANS, MANIFEST = "tokenizer.json", "means.json", "manifest.json"
FILES = (GRAPH, WEIGHTS, TOKENIZER, MEANS, MANIFEST)
MAX_TOKENS_AT_ONCE = 1024  # more than that no longer fits the processor's cache, and is slower

Spans = Sequence[tuple[int, int]]


class OnnxEncoder:
    """Reads texts into unit-length, centred embeddings.

    A text's vector does not depend on the texts beside it. A text over the model's limit is read in windows, pooled
    by their tokens. A text, or a span, without any content gets the zero vector: it resembles nothing.
    """

    def __init__(self, folder: Path = RELEASED) -> None:
        """Open the encoder in this folder.

        Raises:
            ModelNotFound: one of the files is missing.
        """
        for name in FILES:
            if not (folder / name).is_file():
                raise ModelNotFound("The encoder in {folder} has no file {name}.", folder=folder.name, name=name)
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        self._id = str(manifest["id"])
        self._dims = int(manifest["dims"])
        self._means = Means.load(folder / MEANS)
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._cutter = WindowCutter(tokenizer, manifest["prefix"], manifest["max_tokens"])
        self._session = EncoderSession(folder)

    @property
    def id(self) -> str:
        return self._id

    @property
    def dims(self) -> int:
        return self._dims

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> FloatMatrix:
        """Unit-length, centred embeddings, shape (n_texts, dims)."""
        return self.encode_parts(texts, languages, [()] * len(texts))[0]

    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """The whole texts as by `encode`, and for each text one vector per span of characters, (n_spans, dims)."""
        if not len(texts) == len(languages) == len(spans):
            raise ValueError(f"{len(texts)} texts, {len(languages)} languages, {len(spans)} lists of spans")
        wholes, parts = self._pool(texts, spans)
        return (
            self._means.centre(unit(wholes), languages),
            [
                self._means.centre(unit(part), [language] * len(part))
                for part, language in zip(parts, languages, strict=True)
            ],
        )

    def encode_raw(self, texts: Sequence[str]) -> FloatMatrix:
        """Unit-length embeddings before centring, shape (n_texts, dims)."""
        return unit(self._pool(texts, [()] * len(texts))[0])

    def n_tokens(self, text: str) -> int:
        """How many tokens a text has, prefix and special tokens not counted."""
        return len(self._cutter.tokenise(text).ids)

    def _pool(self, texts: Sequence[str], spans: Sequence[Spans]) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """Sums over the tokens of each text and each span: at unit length, these are the means."""
        tokenised = [self._cutter.tokenise(text) for text in texts]
        wholes = np.zeros((len(texts), self._dims), np.float32)
        parts = [np.zeros((len(of_text), self._dims), np.float32) for of_text in spans]
        windows = list(self._cutter.cut(tokenised))
        pieces: list[tuple[Window, FloatMatrix]] = []
        for batch in equal_batches(windows, MAX_TOKENS_AT_ONCE):
            ids = np.array([window.ids for window in batch], np.int64)
            (states,) = self._session.run(ids)
            for window, of_window in zip(batch, states, strict=True):
                pieces.append((window, of_window.sum(axis=0)))
                if spans[window.text]:
                    inner = of_window[len(self._cutter.before) : -len(self._cutter.after)]
                    parts[window.text] += _span_sums(inner, window.first, tokenised[window.text], spans[window.text])
        for window, summed in sorted(pieces, key=lambda piece: (piece[0].text, piece[0].first)):
            wholes[window.text] += summed
        return wholes, parts


def _span_sums(states: FloatMatrix, first: int, text: TokenisedText, spans: Spans) -> FloatMatrix:
    """For each span the sum over the tokens that overlap it, shape (n_spans, dims)."""
    starts, ends = text.offsets[first : first + len(states)].T
    bounds: NDArray[np.int64] = np.array(spans, np.int64)
    overlaps = (starts < bounds[:, 1:]) & (ends > bounds[:, :1])  # shape (n_spans, n_tokens)
    return overlaps.astype(np.float32) @ states
