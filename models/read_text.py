"""One text prepared for the reader's heads: its views, counted pieces, and vectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.domain.ids import TermId
from matcher.domain.startups import Span
from matcher.understanding.asides import asides, without
from matcher.understanding.clauses import Offsets
from matcher.understanding.evidence import strongest_spans
from matcher.understanding.terms import TermHit
from matcher.understanding.tokens import fold, is_word
from models.linear_head import sigmoid
from models.reader_store import ReaderModel
from models.text_views import TextView
from models.token_vocabulary import TokenCounts

FloatMatrix = NDArray[np.float32]
ALL, FIELD, ASKED = "clean", "field_text", "need_text"  # the views
FIELD_HEAD, NEEDS_HEAD = "field", "needs"
MOST_NAMED = 2.0  # one term is a hint, two are plain words; more say no more
AMOUNTS_AMONG_CUES = np.float32(0.1)  # signals count less than cues where needs are read


@dataclass(frozen=True)
class ReadText:
    """What all heads look at; each view is counted once, when it is first asked for."""

    model: ReaderModel
    view: TextView
    whole: FloatMatrix  # shape (dims,)
    parts: FloatMatrix  # one row per clause

    @cached_property
    def signals(self) -> NDArray[np.float32]:
        return self.view.signals.columns()

    @cached_property
    def cues(self) -> NDArray[np.float32]:
        """Cue words of needs, then the signals, shape (n_cues + n_signals,)."""
        return np.concatenate([self.model.cues.columns(self.view.need_text), self.signals * AMOUNTS_AMONG_CUES])

    @cached_property
    def refused_needs(self) -> frozenset[str]:
        """Ids of the needs whose words stand in refusals and nowhere else."""
        if self.view.clean == self.view.need_text:
            return frozenset()
        named = self.model.cues.columns(self.view.clean) > self.cues[: len(self.model.cues.ids)]
        return frozenset(name for name, refused in zip(self.model.cues.ids, named.tolist(), strict=True) if refused)

    @cached_property
    def need_probabilities(self) -> Mapping[TermId, float]:
        """How probably each need is asked for; 0 where its words stand in refusals only."""
        learned = sigmoid(self.logits(NEEDS_HEAD, ASKED, self.cues)).tolist()
        classes = self.model.heads[NEEDS_HEAD].classes
        return {
            TermId(name): 0.0 if name in self.refused_needs else probability
            for name, probability in zip(classes, learned, strict=True)
        }

    @cached_property
    def clauses(self) -> list[tuple[Offsets, FloatMatrix]]:
        return list(zip(self.view.clauses, self.parts, strict=True))

    @cached_property
    def _counts(self) -> dict[str, TokenCounts]:
        return {}

    @cached_property
    def says_something(self) -> bool:
        """Whether a known Latin word or a known pair of Chinese characters is in it; letters in a row say nothing."""
        pieces = self.model.vocabulary.pieces
        return any(is_word(pieces[column]) for column in self.counts(ALL).columns.tolist())

    @cached_property
    def terms(self) -> list[TermHit]:
        """Terms of the word lists that the field text names, each word once."""
        seen: dict[tuple[str, str], TermHit] = {}
        for hit in self.model.terms.hits(self.view.field_text):
            seen.setdefault((hit.name, fold(self.view.field_text[hit.start : hit.end])), hit)
        return list(seen.values())

    def named(self, class_of: Mapping[str, int]) -> FloatMatrix:
        """How plainly each class is named by its terms, from 0 to MOST_NAMED, shape (n_classes,)."""
        named = np.zeros(len(class_of), np.float32)
        for hit in self.terms:
            if hit.name in class_of:
                named[class_of[hit.name]] += hit.weight
        return np.minimum(named, np.float32(MOST_NAMED))

    def counts(self, view: str) -> TokenCounts:
        """The pieces of one view; views that are the same text share them."""
        text = getattr(self.view, view)
        if text not in self._counts:
            self._counts[text] = self.model.vocabulary.count(text)
        return self._counts[text]

    def logits(self, head: str, view: str, columns: NDArray[np.float32]) -> FloatMatrix:
        """One per class of the head, divided by its temperature."""
        scores = self.model.heads[head].scores(self.counts(view), self.whole, columns)
        tempered = scores / np.float32(self.model.temperatures.get(head, 1.0))
        return tempered + self.named(
            self.model.heads[head].class_of
        )  # a term counts one in log-odds; most heads have none

    def evidence(self, head: str, class_number: int, view: str, n_spans: int = 2) -> tuple[Span, ...]:
        """The words that speak most for a class, in the original text."""
        return strongest_spans(self.view.text, self.added(head, class_number, view), self._places(head), n_spans)

    def _places(self, head: str) -> list[Offsets]:
        """Where words may speak for a class of this head: age and head count tell the stage, money a need, no field."""
        if head not in (FIELD_HEAD, NEEDS_HEAD):
            return self.view.clauses
        return self._beside_figures if head == FIELD_HEAD else self._beside_asides

    @cached_property
    def _beside_asides(self) -> list[Offsets]:
        age = self.view.signals.age
        found = asides(self.view.clean, self.view.clauses, age.span if age else None)
        return without(self.view.clauses, list(found))

    @cached_property
    def _beside_figures(self) -> list[Offsets]:
        amounts = [(amount.span.start, amount.span.end) for amount in self.view.signals.amounts.values()]
        return without(self._beside_asides, amounts)

    def added(self, head: str, class_number: int, view: str) -> NDArray[np.float64]:
        """What each character of a view adds to a class, shape (n_characters,)."""
        text = getattr(self.view, view)
        added = self.model.heads[head].added_by_character(class_number, text, self.counts(view), self.clauses)
        for hit in self.terms:
            if hit.name == self.model.heads[head].classes[class_number]:
                added[hit.start : hit.end] += hit.weight / (hit.end - hit.start)
        return added

    def clause_sum(self, added: NDArray[np.float64], start: int, end: int) -> float:
        """What the clause around these offsets adds; only they themselves where no clause is around them."""
        for first, last in self.view.clauses:
            if first <= start < last:
                return float(added[first:last].sum())
        return float(added[start:end].sum())
