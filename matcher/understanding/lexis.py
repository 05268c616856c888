"""Which words are known, and which of them tell a field: what a name or mere praise is told apart by."""

from collections.abc import Container
from dataclasses import dataclass

from matcher.understanding.terms import ENDINGS, TermIndex
from matcher.understanding.tokens import fold, is_han

SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Lexis:
    """The words that a reader counts, and the terms of its word lists."""

    known: Container[str]  # Latin words between < and >, and pairs of Chinese characters, as `tokens` cuts them
    terms: TermIndex
    seen: Container[str] = frozenset()  # pairs of Chinese characters that some texts hold, be it by chance

    def knows(self, word: str) -> bool:
        """Whether it is a known Latin word, or one of known parts, or holds two Chinese characters known together."""
        folded = fold(word)
        if is_han(folded[0]):
            pairs = [folded[place : place + 2] for place in range(len(folded) - 1)]
            return any(pair in self.known or self.terms.holds(pair) for pair in pairs)
        return all(self._knows_latin(part) for part in folded.split("-") if part)

    def has_seen(self, han: str) -> bool:
        """Whether two of these Chinese characters have been seen together."""
        return self.knows(han) or any(han[place : place + 2] in self.seen for place in range(len(han) - 1))

    def tells_a_field(self, text: str) -> bool:
        """Whether a term of the word lists stands in it."""
        return next(self.terms.hits(text), None) is not None

    def is_a_term(self, words: str) -> bool:
        """Whether one term of the word lists is all of it."""
        return any(hit.start == 0 and hit.end == len(words) for hit in self.terms.hits(words))

    def _knows_latin(self, word: str) -> bool:
        return f"<{word}>" in self.known or any(
            f"<{word.removesuffix(ending)}>" in self.known
            for ending in ENDINGS
            if word.endswith(ending) and len(word) >= SHORTEST_STEM + len(ending)
        )
