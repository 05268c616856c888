from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.understanding.tokens import tokens
from models.linear_head import LinearHead, sigmoid, softmax
from models.token_vocabulary import TokenVocabulary
from tests.unit.matcher.understanding.strategies import any_text

VOCABULARY = TokenVocabulary(("光", "激"), np.ones(2, np.float32))
HEAD = LinearHead(
    classes=("laser", "pump"),
    tokens=np.array([[1.0, 0.0], [3.0, 1.0]], np.float32),
    vector=np.array([[0.5, -0.5]], np.float32),
    signals=np.array([[0.0, 2.0]], np.float32),
    bias=np.array([0.1, 0.2], np.float32),
)
ONE = np.ones(1, np.float32)


def test_scores_add_up_words_vector_signals_and_bias() -> None:
    share = 1 / np.sqrt(2)

    scores = HEAD.scores(VOCABULARY.count("激光"), ONE, ONE)

    assert scores == pytest.approx([4 * share + 0.5 + 0 + 0.1, 1 * share - 0.5 + 2 + 0.2], abs=1e-5)


def test_characters_add_what_their_pieces_and_clauses_add_beyond_the_average() -> None:
    text = "激光 x"
    counts = VOCABULARY.count(text)

    added = HEAD.added_by_character(0, text, counts, [((0, 2), ONE), ((3, 4), -ONE)])

    share = 1 / np.sqrt(2)
    of_a_clause = 0.5 / 3  # three characters stand in clauses
    assert added == pytest.approx([share + of_a_clause, share / 2 + of_a_clause, 0, -of_a_clause], abs=1e-6)


def test_what_the_characters_add_is_what_the_score_is_above_average() -> None:
    text = "激光激"
    counts = VOCABULARY.count(text)
    scores = HEAD.scores(counts, ONE, np.zeros(1, np.float32)) - HEAD.bias

    added = HEAD.added_by_character(0, text, counts, [((0, 3), ONE)])

    assert added.sum() == pytest.approx(scores[0] - scores.mean(), abs=1e-5)


@given(any_text.filter(bool), st.integers(0, 2**32 - 1))
def test_characters_add_up_place_by_place(text, seed) -> None:
    rng = np.random.default_rng(seed)
    vocabulary = TokenVocabulary.learn([text, "laser 激光"], seen_in=1)
    n_pieces = len(vocabulary.pieces)
    head = replace(HEAD, tokens=rng.normal(size=(n_pieces, 2)).astype(np.float32))
    counts = vocabulary.count(text)
    parts = [((0, len(text)), rng.normal(size=1).astype(np.float32))]

    added = head.added_by_character(1, text, counts, parts)

    assert added.tolist() == plainly_added(head, text, vocabulary, parts).tolist()


def plainly_added(head, text, vocabulary, parts) -> NDArray[np.float64]:
    """The share of one piece after the other."""
    counts = vocabulary.count(text)
    rises = np.zeros(len(text) + 1)
    for column, weight in zip(counts.columns.tolist(), counts.weights, strict=True):
        worth = float((head.tokens[column, 1] - head.tokens[column].mean()) * weight)
        places = [place for piece, *place in tokens(text) if piece == vocabulary.pieces[column]]
        for start, end in places:
            rises[start] += worth / len(places) / (end - start)
            rises[end] -= worth / len(places) / (end - start)
    for (start, end), part in parts:
        share = float(part @ (head.vector[:, 1] - head.vector.mean(axis=1))) / (end - start)
        rises[start] += share
        rises[end] -= share
    return np.cumsum(rises)[:-1]


def test_a_head_comes_back_as_it_was_kept_up_to_half_precision() -> None:
    again = LinearHead.from_tensors("field", HEAD.classes, HEAD.tensors("field"))

    assert again.classes == HEAD.classes
    for part in ("tokens", "vector", "signals", "bias"):
        np.testing.assert_allclose(getattr(again, part), getattr(HEAD, part), rtol=1e-3)


@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=9))
def test_probabilities_lie_between_zero_and_one_for_any_scores(scores) -> None:
    values = np.array(scores, np.float32)

    assert softmax(values).sum() == pytest.approx(1)
    assert ((sigmoid(values) >= 0) & (sigmoid(values) <= 1)).all()


def test_an_extreme_score_gives_no_warning() -> None:
    assert sigmoid(np.array([-1e4, 0, 1e4], np.float32)).tolist() == [0.0, 0.5, 1.0]
