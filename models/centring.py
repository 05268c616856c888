"""Takes out what all texts of a language have in common, so that cosines tell texts apart."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

FloatMatrix = NDArray[np.float32]
ALL = "all"  # the mean for texts in a language that has none of its own
DECIMALS = 7


def unit(vectors: FloatMatrix) -> FloatMatrix:
    """Each row at length one; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)


@dataclass(frozen=True)
class Means:
    """A mean embedding per language, and one over all of them."""

    by_language: Mapping[str, FloatMatrix]  # each of shape (dims,)

    @classmethod
    def none(cls, dims: int) -> Self:
        """Leaves vectors where they are."""
        return cls({ALL: np.zeros(dims, np.float32)})

    @classmethod
    def of(cls, vectors_by_language: Mapping[str, FloatMatrix], *, in_all: Sequence[str] | None = None) -> Self:
        """The means of unit vectors, shape (n_texts, dims), by language.

        Args:
            vectors_by_language: at least one language, each with at least one vector.
            in_all: the languages that make up the common mean, with equal weight; all of them by default.
        """
        means = {language: vectors.mean(axis=0) for language, vectors in vectors_by_language.items()}
        common = np.mean([means[language] for language in in_all or sorted(means)], axis=0)
        return cls({**means, ALL: common.astype(np.float32)})

    @classmethod
    def load(cls, path: Path) -> Self:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls({language: np.array(mean, np.float32) for language, mean in stored.items()})

    def save(self, path: Path) -> None:
        rounded = {
            language: [round(float(value), DECIMALS) for value in mean] for language, mean in self.by_language.items()
        }
        path.write_text(json.dumps(rounded, separators=(",", ":")) + "\n", encoding="utf-8")

    def centre(self, vectors: FloatMatrix, languages: Sequence[str]) -> FloatMatrix:
        """Unit vectors less the mean of their language, at unit length again; zero rows stay zero."""
        if not languages:
            return vectors
        means = np.stack([self.by_language.get(language, self.by_language[ALL]) for language in languages])
        is_text = vectors.any(axis=-1, keepdims=True)
        return unit(np.where(is_text, vectors - means, np.float32(0)))
