"""Takes the marks out of a text that only set it: bold, headings, bullets, backticks; what is left is what was said.

Blanking them by spaces would not do: a mark inside a word or at the start of a line would still cut it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Self

from matcher.domain.startups import Span

TAGS = "abbr|b|big|code|del|em|font|i|ins|kbd|mark|s|small|span|strike|strong|sub|sup|tt|u"
AT_LINE_START = r"^[^\S\n]*+(?:(?:>|#{1,6}(?=[^\S\n])|[-*+\u2022\u00b7\u25aa\u25cf\u25e6](?=[^\S\n]))[^\S\n]*+)+"
SETS = re.compile(
    rf"{AT_LINE_START}"
    rf"|</?(?:{TAGS})(?:\s[^<>]{{0,200}})?>"
    r"|\*{2,3}|_{2,3}(?=[^_])|~~|`+"
    r"|(?<![A-Za-z0-9*])\*(?=[^\s*](?:[^*\n]{0,300}[^\s*])?\*(?![A-Za-z0-9*]))"  # of *a word*, the first
    r"|(?<=[^\s*])\*(?![A-Za-z0-9*\s]|$)|(?<=[^\s*0-9])\*(?=\s|$)"  # and the second
    r"|(?<![A-Za-z0-9_])_(?=[^\s_](?:[^_\n]{0,300}[^\s_])?_(?![A-Za-z0-9_]))"
    r"|(?<=[^\s_])_(?![A-Za-z0-9_])",
    re.MULTILINE | re.IGNORECASE,
)
MAY_SET = re.compile(r"[*_~`<>#\u2022\u00b7\u25aa\u25cf\u25e6]|^[^\S\n]*+[-+][^\S\n]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Unset:
    """A text without the marks that set it, and where each stretch of it stands in the original."""

    original: str
    text: str
    starts: Sequence[int] = field(default=(0,))  # of the stretches, in the text
    places: Sequence[int] = field(default=(0,))  # of the same stretches, in the original

    @classmethod
    def of(cls, original: str) -> Self:
        if not MAY_SET.search(original):
            return cls(original, original)
        kept, done = [], 0
        for match in SETS.finditer(original):
            if done < match.start():
                kept.append((done, match.start()))
            done = match.end()
        kept.append((done, len(original)))
        pieces = [original[start:end] for start, end in kept]
        text = "".join(pieces)
        if not text.strip():
            return cls(original, original)
        starts = [0, *accumulate(map(len, pieces))][:-1]
        return cls(original, text, starts, [start for start, _ in kept])

    def span(self, found: Span) -> Span:
        """The same words in the original, with the marks that stand between them."""
        if self.text is self.original or found.start >= found.end:
            return found
        start, end = self._place(found.start), self._place(found.end - 1) + 1
        return Span(start, end, self.original[start:end])

    def _place(self, offset: int) -> int:
        number = bisect_right(self.starts, offset) - 1
        return self.places[number] + offset - self.starts[number]
