"""Cuts texts into windows that fit the encoder, so that a long text is read to its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

START, END = "<s>", "</s>"


@dataclass(frozen=True, slots=True)
class Window:
    """A run of one text's tokens, as the encoder reads it: start, prefix, the run, end."""

    text: int  # which of the texts
    first: int  # which of the text's tokens comes first
    ids: list[int]


@dataclass(frozen=True, slots=True)
class TokenisedText:
    """A text's tokens and the characters that each covers, shape (n_tokens, 2)."""

    ids: list[int]
    offsets: NDArray[np.int64]


class WindowCutter:
    """Turns texts into windows of at most `max_tokens` tokens, all with the same prefix."""

    def __init__(self, tokenizer: Tokenizer, prefix: str, max_tokens: int) -> None:
        self._tokenizer = tokenizer
        self.before = [_number(tokenizer, START), *tokenizer.encode(prefix, add_special_tokens=False).ids]
        self.after = [_number(tokenizer, END)]
        self._room = max_tokens - len(self.before) - len(self.after)

    def tokenise(self, text: str) -> TokenisedText:
        """Half characters, which no file can hold but a Python string can, are read as question marks."""
        encoding = self._tokenizer.encode(text.encode("utf-8", "replace").decode(), add_special_tokens=False)
        return TokenisedText(encoding.ids, np.array(encoding.offsets, np.int64).reshape(-1, 2))

    def cut(self, texts: Sequence[TokenisedText]) -> Iterator[Window]:
        """As few windows as possible, of nearly equal length; none for a text without tokens."""
        for number, text in enumerate(texts):
            n_tokens = len(text.ids)
            n_windows = ceil(n_tokens / self._room)
            bounds = [n_tokens * window // n_windows for window in range(n_windows + 1)] if n_windows else []
            for first, last in pairwise(bounds):
                yield Window(number, first, [*self.before, *text.ids[first:last], *self.after])


def _number(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the tokenizer has no {token}")
    return number


def equal_batches(windows: Sequence[Window], max_tokens: int) -> Iterator[list[Window]]:
    """Batches of windows of one length, at most `max_tokens` tokens or one window: so nothing is ever padded."""
    by_length = sorted(windows, key=lambda window: len(window.ids))
    for length, alike in groupby(by_length, key=lambda window: len(window.ids)):
        group = list(alike)
        size = max(1, max_tokens // length)
        for start in range(0, len(group), size):
            yield group[start : start + size]
