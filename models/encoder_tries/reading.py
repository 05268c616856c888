"""How well the sub-field of a text is read from its vector alone, and by the reader's whole head."""

import warnings
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from matcher.understanding.signals import SIGNALS
from matcher.understanding.terms import TermIndex
from matcher.understanding.tokens import fold
from models.centring import FloatMatrix
from models.encoder_tries.passages import BoolVector, Kind, Names, Passages
from models.read_text import MOST_NAMED
from models.token_vocabulary import TokenVocabulary
from models.train_readers import (
    FIELD_RECIPES,
    NO_FIELD,
    SEEN_IN,
    TEMPERATURES,
    Examples,
    ambiguous_words,
)

FloatVector = NDArray[np.float64]
FIRST = (1, 3)
PROBE_STRENGTH = 10.0
N_STEPS, NEVER_REACHED = 80, 1e-12  # at 30 steps, maps of the vectors seem to help that only hasten the fit


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
        rows, asked = self._known(known), self._asked(known)
        model = self._fitted(vectors[rows], rows, PROBE_STRENGTH)
        return self._hits(model.decision_function(vectors[asked]), model.classes_, asked, len(vectors))

    def by_reader(self, vectors: FloatMatrix, known: BoolVector) -> list[FloatVector]:
        """The same as the reader does it: pieces of words beside the vector, and terms as plain words."""
        rows, asked = self._known(known), self._asked(known)
        model = self._fitted(self._matrix(rows, vectors), rows, FIELD_RECIPES[0].strength)
        scores = model.decision_function(self._matrix(asked, vectors)) / TEMPERATURES["field"]
        named = [[self._named[number].get(name, 0.0) for name in model.classes_] for number in asked.tolist()]
        return self._hits(scores + np.minimum(named, MOST_NAMED), model.classes_, asked, len(vectors))

    def _fitted(
        self, matrix: FloatMatrix | sparse.csr_matrix, rows: NDArray[np.int64], strength: float
    ) -> LogisticRegression:
        """Always as many steps: where a tolerance ends the fit, tries differ by its whims more than by vectors."""
        model = LogisticRegression(C=strength, max_iter=N_STEPS, tol=NEVER_REACHED)
        weights = np.where(self._is_term[rows], FIELD_RECIPES[0].term_weight, 1.0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return model.fit(matrix, self._names[rows], sample_weight=weights)

    def _known(self, known: BoolVector) -> NDArray[np.int64]:
        return self._rows[known[self._rows]]

    def _asked(self, known: BoolVector) -> NDArray[np.int64]:
        return self._texts[~known[self._texts]]

    def _matrix(self, rows: NDArray[np.int64], vectors: FloatMatrix) -> sparse.csr_matrix:
        silent = np.zeros((len(rows), len(SIGNALS)), np.float32)
        return Examples([self._counts[row] for row in rows.tolist()], vectors[rows], silent).matrix(self._n_pieces, 0.0)

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
