"""Cheap tries: maps of the released vectors that are worked out in seconds."""

import numpy as np
from numpy.typing import NDArray

from models.centring import FloatMatrix, unit
from models.encoder_tries.passages import BoolVector, Kind, Names, Passages

Matrix = NDArray[np.float64]
N_REMOVED = 2
SHRINKAGE = 0.3  # towards equal variance in all directions
N_DISCRIMINANTS = 64


def without_common_directions(vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
    """The strongest directions of all known texts and carriers are taken out [Mu & Viswanath, ICLR 2018]."""
    sample = vectors[known & passages.are(Kind.TEXT, Kind.CARRIER)].astype(np.float64)
    directions = np.linalg.svd(sample - sample.mean(axis=0), full_matrices=False).Vh[:N_REMOVED]
    return unit((vectors - vectors @ directions.T @ directions).astype(np.float32))


def whitened_within_fields(vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
    """Directions in which texts of one sub-field differ count less."""
    labelled = known & passages.are(Kind.TEXT)
    return unit((vectors @ whitening(vectors[labelled], passages.names[labelled])).astype(np.float32))


def discriminants_of_fields(vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
    """Whitened, then only the directions in which sub-fields differ most: linear discriminants, shape (n, 64)."""
    labelled = known & passages.are(Kind.TEXT)
    white = vectors @ whitening(vectors[labelled], passages.names[labelled])
    means = class_means(white[labelled], passages.names[labelled])
    directions = np.linalg.svd(means - means.mean(axis=0), full_matrices=False).Vh[:N_DISCRIMINANTS]
    return unit((white @ directions.T).astype(np.float32))


def rotated_to_chinese(vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
    """English and German turned onto Chinese: orthogonal Procrustes on twins and on the means of sub-fields."""
    mapped = vectors.copy()
    target = _anchors(vectors, passages, known, "zh")
    for language in ("en", "de"):
        anchors = _anchors(vectors, passages, known, language)
        shared = sorted(set(anchors) & set(target))
        here, there = np.array([anchors[key] for key in shared]), np.array([target[key] for key in shared])
        parts = np.linalg.svd(here.T @ there + np.eye(vectors.shape[1]), full_matrices=False)
        of_language = passages.languages == language
        mapped[of_language] = unit((vectors[of_language] @ (parts.U @ parts.Vh)).astype(np.float32))
    return mapped


def whitening(vectors: FloatMatrix, names: Names) -> Matrix:
    """Makes the scatter within each name the same in all directions, but for the shrinkage; shape (dims, dims)."""
    unique, of = np.unique(names, return_inverse=True)
    residues = vectors - class_means(vectors, names)[of]
    scatter = residues.T @ residues / max(1, len(vectors) - len(unique))
    dims = len(scatter)
    shrunk = (1 - SHRINKAGE) * scatter + SHRINKAGE * np.trace(scatter) / dims * np.eye(dims)
    values, directions = np.linalg.eigh(shrunk)
    return directions / np.sqrt(values) @ directions.T


def class_means(vectors: FloatMatrix | Matrix, names: Names) -> Matrix:
    """One row per name, in the order of the alphabet."""
    unique, of = np.unique(names, return_inverse=True)
    sums = np.zeros((len(unique), vectors.shape[1]))
    np.add.at(sums, of, vectors)
    return sums / np.bincount(of)[:, None]


def _anchors(
    vectors: FloatMatrix, passages: Passages, known: BoolVector, language: str
) -> dict[tuple[str, str], FloatMatrix]:
    """By kind and name, what is the same in all languages: a mean of all such passages, at unit length."""
    anchors = {}
    for kind in Kind:
        chosen = known & passages.are(kind) & (passages.languages == language)
        names = passages.names[chosen]
        means = unit(class_means(vectors[chosen], names).astype(np.float32))
        anchors.update({(kind.value, str(name)): mean for name, mean in zip(np.unique(names), means, strict=True)})
    return anchors
