import numpy as np
import pytest
from hypothesis import given

from matcher.understanding.tokens import tokens
from models.token_vocabulary import TokenVocabulary
from tests.unit.matcher.understanding.strategies import any_text

TEXTS = ["激光焊接机", "激光切割机", "laser welding", "Laserschweißen"]
LEARNED = TokenVocabulary.learn(TEXTS, seen_in=2)


def test_only_pieces_seen_in_enough_texts_are_kept_in_order() -> None:
    assert {"激光", "机", "lase"} <= set(LEARNED.pieces)
    assert not {"焊接", "<laser>"} & set(LEARNED.pieces)
    assert list(LEARNED.pieces) == sorted(LEARNED.pieces)


def test_a_rare_piece_weighs_more() -> None:
    vocabulary = TokenVocabulary.learn(["激光", "激光", "激光焊"], seen_in=1)
    idf = dict(zip(vocabulary.pieces, vocabulary.idf.tolist(), strict=True))

    assert idf["激光"] == pytest.approx(1.0)  # ln(4 / 4) + 1
    assert idf["焊"] == pytest.approx(np.log(4 / 2) + 1)


def test_a_repeated_piece_counts_with_its_logarithm() -> None:
    vocabulary = TokenVocabulary(("光", "激"), np.ones(2, np.float32))

    weights = vocabulary.count("激光光光").weights

    assert weights[0] / weights[1] == pytest.approx(1 + np.log(3))


def test_a_text_without_known_pieces_weighs_nothing() -> None:
    counts = LEARNED.count("🚀 1234")

    assert counts.columns.size == counts.weights.size == counts.starts.size == 0


def test_a_word_is_found_wherever_it_stands_again() -> None:
    vocabulary = TokenVocabulary.learn(["laser", "laser"], seen_in=2)
    whole = vocabulary.column_of["<laser>"]

    once, twice = vocabulary.count("laser"), vocabulary.count("a Laser, a laser")

    assert once.starts[once.columns.tolist().index(whole)] == 0
    assert twice.counts.tolist() == [2] * len(once.columns)
    assert set(twice.starts.tolist()) == {start + begin for start in once.starts.tolist() for begin in (2, 11)}


@given(any_text)
def test_counts_have_unit_length_and_point_to_their_pieces(text) -> None:
    counts = LEARNED.count(text)

    assert counts.columns.tolist() == sorted(set(counts.columns.tolist()))
    if counts.columns.size:
        assert np.linalg.norm(counts.weights) == pytest.approx(1, abs=1e-5)
    found = zip(
        np.repeat(counts.columns, counts.counts).tolist(), counts.starts.tolist(), counts.ends.tolist(), strict=True
    )
    plain = [(LEARNED.column_of[piece], start, end) for piece, start, end in tokens(text) if piece in LEARNED.column_of]
    assert list(found) == sorted(plain)
