"""How well the sub-field of a text is read from its vector alone, and by the reader's whole head."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from matcher.understanding.signals import SIGNALS
from matcher.understanding.terms import TermIndex
from matcher.understanding.tokens import fold
from models.centring import FloatMatrix
from models.encoder_tries.passages import BoolVector, Kind, Names, Passages
from models.linear_head import LinearHead
from models.read_text import MOST_NAMED
from models.token_vocabulary import TokenVocabulary
from models.train_readers import (
    FIELD_RECIPES,
    NO_FIELD,
    SEEN_IN,
    TEMPERATURES,
    Examples,
    ambiguous_words,
    fit_head,
)

FloatVector = NDArray[np.float64]
FIRST = (1, 3)
PROBE_STRENGTH, TERM_WEIGHT = 10.0, 0.1


class FieldReading:
    """Counts pieces and terms once; then fits on what is known and reads what is not, for any vectors."""

    def __init__(self, passages: Passages) -> None:
        self._texts = np.flatnonzero(passages.are(Kind.TEXT))
        self._rows = np.flatnonzero(passages.are(Kind.TEXT, Kind.TERM) & (passages.names != NO_FIELD))
        self._names = passages.names
        field_texts = [view.field_text for view in passages.views]
        words = {number: passages.rows[number].text for number in self._rows.tolist()}
        words |= dict(zip(self._texts.tolist(), field_texts, strict=True))
        seen = [view.clean for view in passages.views] + [row.text for row in passages.rows if row.kind is Kind.TERM]
        vocabulary = TokenVocabulary.learn(seen, seen_in=SEEN_IN)
        self._n_pieces = len(vocabulary.pieces)
        self._counts = dict(zip(words, vocabulary.count_all(words.values()), strict=True))
        self._is_term = passages.are(Kind.TERM)
        self._named = self._names_of(passages, field_texts)

    def by_vector(self, vectors: FloatMatrix, known: BoolVector) -> list[FloatVector]:
        """Whether the sub-field comes first, and among the first three, shape (n,); NaN for all but unknown texts."""
        rows, weights = self._known(known, TERM_WEIGHT)
        probe = LogisticRegression(C=PROBE_STRENGTH, max_iter=200, tol=2e-3)
        probe.fit(vectors[rows], self._names[rows], sample_weight=weights)
        asked = self._asked(known)
        return self._hits(probe.decision_function(vectors[asked]), probe.classes_, asked, len(vectors))

    def by_reader(self, vectors: FloatMatrix, known: BoolVector) -> list[FloatVector]:
        """The same by the reader's head for fields: pieces of words and the vector, and terms as plain words."""
        recipe = FIELD_RECIPES[
            0
        ]  # of two whose weights are averaged; the other gives much the same for half as much time
        rows, weights = self._known(known, recipe.term_weight)
        classes = sorted(set(self._names[rows].tolist()))
        matrix, sizes = self._matrix(rows, vectors), {"n_pieces": self._n_pieces, "dims": vectors.shape[1]}
        head = fit_head(classes, matrix, self._names[rows], weights, recipe, **sizes)
        asked = self._asked(known)
        scores = self._scores(head, asked, vectors) / TEMPERATURES["field"]
        named = np.array([[self._named[number].get(name, 0.0) for name in classes] for number in asked.tolist()])
        return self._hits(scores + np.minimum(named, MOST_NAMED), np.array(classes), asked, len(vectors))

    def _known(self, known: BoolVector, term_weight: float) -> tuple[NDArray[np.int64], FloatVector]:
        rows = self._rows[known[self._rows]]
        return rows, np.where(self._is_term[rows], term_weight, 1.0)

    def _asked(self, known: BoolVector) -> NDArray[np.int64]:
        return self._texts[~known[self._texts]]

    def _matrix(self, rows: NDArray[np.int64], vectors: FloatMatrix) -> sparse.csr_matrix:
        silent = np.zeros((len(rows), len(SIGNALS)), np.float32)
        return Examples([self._counts[row] for row in rows.tolist()], vectors[rows], silent).matrix(self._n_pieces, 0.0)

    def _scores(self, head: LinearHead, asked: NDArray[np.int64], vectors: FloatMatrix) -> FloatMatrix:
        silent = np.zeros(len(SIGNALS), np.float32)
        return np.array([head.scores(self._counts[number], vectors[number], silent) for number in asked.tolist()])

    def _names_of(self, passages: Passages, field_texts: Sequence[str]) -> dict[int, dict[str, float]]:
        """For each text, how plainly its terms name each sub-field."""
        lists: dict[str, list[str]] = {}
        for row in passages.rows:
            if row.kind is Kind.TERM:
                lists.setdefault(row.name, []).append(row.text)
        index = TermIndex(lists, ambiguous_words())
        named: dict[int, dict[str, float]] = {}
        for number, text in zip(self._texts.tolist(), field_texts, strict=True):
            seen = {(hit.name, fold(text[hit.start : hit.end])): hit.weight for hit in index.hits(text)}
            of_text: dict[str, float] = {}
            for (name, _), weight in seen.items():
                of_text[name] = of_text.get(name, 0.0) + weight
            named[number] = of_text
        return named

    def _hits(
        self, scores: NDArray[np.floating], classes: Names, asked: NDArray[np.int64], n_passages: int
    ) -> list[FloatVector]:
        best = classes[np.argsort(-scores, axis=1, kind="stable")]
        figures = []
        for first in FIRST:
            hits = np.full(n_passages, np.nan)
            hits[asked] = (best[:, :first] == self._names[asked][:, None]).any(axis=1)
            figures.append(hits)
        return figures
