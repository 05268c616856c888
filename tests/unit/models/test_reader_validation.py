"""Texts of one theme are read by heads that have seen none of them."""

import numpy as np
import pytest

from models.linear_head import LinearHead
from models.reader_validation import N_FOLDS, HeldOut, folds_of_themes, held_out
from models.token_vocabulary import TokenVocabulary

NOTHING = TokenVocabulary(("光",), np.ones(1, np.float32)).count_all([""])[0]
SILENT = np.zeros(0, np.float32)


def test_a_theme_is_never_cut_and_themes_are_spread() -> None:
    rng = np.random.default_rng(1)
    themes = np.repeat(np.arange(60), 3)
    vectors = np.eye(60, dtype=np.float32)[themes] + rng.normal(scale=0.01, size=(180, 60)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    folds = folds_of_themes([("file", "field")] * 180, vectors)

    assert all(len(set(folds[themes == theme].tolist())) == 1 for theme in range(60))
    assert set(folds.tolist()) == set(range(N_FOLDS))
    assert folds.tolist() == folds_of_themes([("file", "field")] * 180, vectors).tolist()


def test_texts_of_two_fields_tell_two_themes_however_alike() -> None:
    vectors = np.ones((40, 1), np.float32)

    folds = folds_of_themes([("file", f"field {number}") for number in range(40)], vectors)

    assert len(set(folds.tolist())) == N_FOLDS


def by_vector(*classes: str) -> LinearHead:
    """The class whose own dimension is the largest."""
    n = len(classes)
    empty = np.zeros((1, n), np.float32)
    return LinearHead(
        classes, empty, np.eye(n, dtype=np.float32), np.zeros((0, n), np.float32), np.zeros(n, np.float32)
    )


def test_each_text_is_read_by_a_head_fitted_on_the_other_folds() -> None:
    vectors = np.array([[1, 0, 0], [0, 1, 0], [0.1, 1, 0], [0, 0.1, 1]], np.float32)
    asked: list[list[int]] = []

    def fit(numbers: np.ndarray) -> LinearHead:
        asked.append(numbers.tolist())
        return by_vector("a", "b", "c")

    said = held_out(
        fit, [(NOTHING, vector, SILENT) for vector in vectors], ["a", "b", "a", "c"], np.array([0, 0, 1, 1])
    )

    assert asked == [[2, 3], [0, 1]]
    assert said.found(1) == pytest.approx(0.75)
    assert said.found(2) == 1.0


def test_a_class_that_a_head_has_never_seen_is_not_found_first() -> None:
    vectors = np.eye(2, dtype=np.float32)

    said = held_out(
        lambda _: by_vector("b", "c"), [(NOTHING, one, SILENT) for one in vectors], ["a", "c"], np.array([0, 1])
    )

    assert said.found(1) == 0.5


def test_macro_f1_weighs_all_classes_alike() -> None:
    said = HeldOut(["a", "a", "a", "b"], [["a", "b"]] * 4)

    assert said.macro_f1() == pytest.approx(3 / 7, abs=1e-4)
