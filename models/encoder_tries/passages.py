"""What the tries learn from and are measured on: labelled texts, terms, and passages with twins in other languages."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

import numpy as np
import yaml
from numpy.random import Generator
from numpy.typing import NDArray

from matcher.evaluation.folds import fold_numbers
from matcher.evaluation.intervals import group_numbers
from models.centring import FloatMatrix
from models.own_texts import DATA
from models.text_views import TextView
from models.train_readers import WRITTEN_ON, corpus_rows, term_rows

BoolVector = NDArray[np.bool_]
IntVector = NDArray[np.int64]
Names = NDArray[np.str_]
Encode = Callable[[Sequence[str], Sequence[str]], FloatMatrix]  # texts and languages to unit vectors

LANGUAGES = ("zh", "en", "de")
PIVOT = "zh"  # the language in which each file of the corpus was written first
N_FOLDS = 3
ALWAYS_KNOWN = -1
NO_NAME = ""
TERM_SECTIONS = ("subfields",)  # their labels are terms already


class Kind(StrEnum):
    TEXT = "text"  # of the corpus, with a sub-field
    TERM = "term"  # of the word lists, with a sub-field
    CARRIER = "carrier"  # a description, in three languages
    LABEL = "label"  # of the vocabulary, in three languages


@dataclass(frozen=True)
class Passage:
    kind: Kind
    language: str
    text: str
    name: str  # passages with the same kind and name belong together: the sub-field, or the twins' number
    source: str = NO_NAME  # the file of a text


@dataclass(frozen=True)
class Passages:
    """All of them in one order, which every matrix of vectors shares."""

    rows: Sequence[Passage]
    views: Sequence[TextView]  # of the texts, in their order

    @classmethod
    def load(cls) -> Self:
        rows = [row for row in corpus_rows() if row["subfields"] and row["industry"] != "other"]
        views = [TextView.of(row["text"], WRITTEN_ON) for row in rows]
        texts = [
            Passage(Kind.TEXT, view.language.value, view.encoded_text, row["subfields"][0], row["id"].rsplit("-", 1)[0])
            for row, view in zip(rows, views, strict=True)
        ]
        terms = [Passage(Kind.TERM, language, words, name) for language, words, name in term_rows()]
        return cls((*texts, *terms, *_carriers(), *_labels()), views)

    @cached_property
    def languages(self) -> Names:
        return np.array([row.language for row in self.rows])

    @cached_property
    def names(self) -> Names:
        return np.array([row.name for row in self.rows])

    def are(self, *kinds: Kind) -> BoolVector:
        return np.array([row.kind in kinds for row in self.rows])

    def vectors(self, encode: Encode) -> FloatMatrix:
        return encode([row.text for row in self.rows], self.languages.tolist())

    def groups(self, vectors: FloatMatrix) -> IntVector:
        """Passages that must not straddle folds share a number: twins, and texts that may follow one theme.

        Which theme a text follows is not recorded. So a text goes with that Chinese one of its file and sub-field
        which it resembles most.
        """
        keys: list[Any] = list(range(len(self.rows)))
        together: dict[tuple[str, str], list[int]] = {}
        for number, row in enumerate(self.rows):
            if row.kind is Kind.TEXT:
                together.setdefault((row.source, row.name), []).append(number)
            elif row.kind is Kind.CARRIER:
                keys[number] = row.name
        for members in together.values():
            pivots = [number for number in members if self.rows[number].language == PIVOT]
            for number in members if pivots else ():
                if number not in pivots:
                    keys[number] = pivots[int(np.argmax(vectors[pivots] @ vectors[number]))]
        return group_numbers(keys)

    def folds(self, groups: IntVector, rng: Generator) -> IntVector:
        """The fold of each text and carrier; terms and labels are in none."""
        return np.where(self.are(Kind.TEXT, Kind.CARRIER), fold_numbers(groups, rng, N_FOLDS), ALWAYS_KNOWN)


def _carriers() -> list[Passage]:
    lines = (DATA / "seed" / "carriers.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Passage(Kind.CARRIER, language, row["description"][language], row["id"])
        for row in map(json.loads, lines)
        for language in LANGUAGES
        if set(LANGUAGES) <= set(row["description"])
    ]


def _labels() -> list[Passage]:
    vocabulary: Mapping[str, Any] = yaml.safe_load((DATA / "seed" / "taxonomy.yaml").read_text(encoding="utf-8"))
    entries = [
        entry
        for section, of_section in vocabulary.items()
        if isinstance(of_section, list) and section not in TERM_SECTIONS
        for entry in of_section
        if isinstance(entry, dict) and all(isinstance(entry.get(language), str) for language in LANGUAGES)
    ]
    return [
        Passage(Kind.LABEL, language, entry[language], str(number))
        for number, entry in enumerate(entries)
        for language in LANGUAGES
    ]
