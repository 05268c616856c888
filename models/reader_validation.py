"""How well a head reads texts that it has not learned from: the corpus against itself, texts of one theme together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from matcher.evaluation.intervals import macro_f1
from models.linear_head import FloatMatrix, LinearHead
from models.token_vocabulary import TokenCounts

SEED = 7  # of all that is drawn in the training: folds, and texts around praise
N_FOLDS = 3
ALIKE = 0.35  # cosine from which two texts of one file and sub-field tell one theme, often in two languages
DECIMALS = 4
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class HeldOut:
    """What heads say of texts that they have not seen."""

    target: Sequence[str]  # the right class of each text
    ranked: Sequence[Sequence[str]]  # all classes that its head knows, most probable first

    def found(self, first: int) -> float:
        """Share of texts whose class is among the `first` most probable."""
        hits = [wanted in said[:first] for wanted, said in zip(self.target, self.ranked, strict=True)]
        return round(float(np.mean(hits)), DECIMALS)

    def macro_f1(self) -> float:
        classes = sorted({*self.target, *(said[0] for said in self.ranked)})
        wanted = np.array([classes.index(name) for name in self.target])
        said = np.array([classes.index(names[0]) for names in self.ranked])
        return round(float(macro_f1(wanted, said, len(classes))(np.ones((1, len(wanted))))[0]), DECIMALS)


def folds_of_themes(places: Sequence[tuple[str, str]], vectors: FloatMatrix) -> Numbers:
    """A fold for each text; texts that tell the same theme share theirs, shape (n_texts,).

    Args:
        places: file and main sub-field of each text; only texts of one place can tell one theme.
        vectors: unit-length embeddings.
    """
    place_numbers = np.unique(np.array(["\0".join(place) for place in places]), return_inverse=True)[1]
    themes = np.zeros(len(places), np.int64)
    n_themes = 0
    for number in range(int(place_numbers.max()) + 1):
        rows = np.flatnonzero(place_numbers == number)
        n_found, found = connected_components(vectors[rows] @ vectors[rows].T >= ALIKE, directed=False)
        themes[rows] = n_themes + found
        n_themes += n_found
    folds: Numbers = np.random.default_rng(SEED).integers(N_FOLDS, size=n_themes)[themes]
    return folds


def held_out(
    fit: Callable[[Numbers], LinearHead],
    seen: Sequence[tuple[TokenCounts, FloatMatrix, FloatMatrix]],
    target: Sequence[str],
    folds: Numbers,
) -> HeldOut:
    """Fit on all folds but one, and read that one, in turn.

    Args:
        fit: a head from the texts with these numbers.
        seen: pieces, vector and signals of each text.
        target: its right class.
        folds: its fold; each text is read once.
    """
    ranked: list[list[str]] = [[] for _ in target]
    for fold in np.unique(folds):
        head = fit(np.flatnonzero(folds != fold))
        for row in np.flatnonzero(folds == fold).tolist():
            order = np.argsort(-head.scores(*seen[row]), kind="stable")
            ranked[row] = [head.classes[number] for number in order.tolist()]
    return HeldOut(target, ranked)
