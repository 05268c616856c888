"""How well a passage finds its like in the other languages."""

import numpy as np
from numpy.typing import NDArray

from models.centring import FloatMatrix
from models.encoder_tries.passages import LANGUAGES, BoolVector, Names

FloatVector = NDArray[np.float64]


def first_places(similarities: FloatMatrix, relevant: NDArray[np.bool_]) -> FloatVector:
    """The place of the best relevant one in each row, counted from 1; NaN where none is relevant.

    Of equals, the relevant one comes last: an encoder that cannot tell texts apart gains nothing.
    """
    best = np.where(relevant, similarities, -np.inf).max(axis=1)
    places = 1.0 + (~relevant & (similarities >= best[:, None])).sum(axis=1)
    return np.where(relevant.any(axis=1), places, np.nan)


def across_languages(
    vectors: FloatMatrix, languages: Names, names: Names, asked: BoolVector, gallery: BoolVector
) -> tuple[FloatVector, FloatVector]:
    """For each passage how often one of its name comes first in another language, and the mean reciprocal place.

    Args:
        vectors: of unit length, shape (n, dims).
        languages: of the passages; those in none of the three are neither asked nor found.
        names: what belongs together.
        asked: which passages ask.
        gallery: which are there to be found.

    Returns:
        Two vectors of shape (n,), in [0, 1]; NaN where nothing is asked or nothing could be found.
    """
    places = np.full((len(LANGUAGES), len(vectors)), np.nan)
    for number, language in enumerate(LANGUAGES):
        askers = np.flatnonzero(asked & np.isin(languages, LANGUAGES) & (languages != language))
        found = np.flatnonzero(gallery & (languages == language))
        if len(askers) and len(found):
            relevant = names[askers][:, None] == names[found][None, :]
            places[number, askers] = first_places(vectors[askers] @ vectors[found].T, relevant)
    known = ~np.isnan(places)
    n_known = np.where(known.any(axis=0), known.sum(axis=0), np.nan)
    return np.where(known, places == 1, 0).sum(axis=0) / n_known, np.where(known, 1 / places, 0).sum(axis=0) / n_known
