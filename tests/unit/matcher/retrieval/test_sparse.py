"""BM25 against a plain reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.bench.references import PlainBm25
from matcher.retrieval.sparse import Bm25Index, tokens

words = st.sampled_from(["motor", "Motor", "灯塔", "激光雷达", "Straße", "x1", "of", "，", "。"])
texts = st.lists(st.lists(words, max_size=8).map(" ".join), max_size=6)


def test_words_are_read_without_regard_to_case_and_width() -> None:
    assert list(tokens("Die STRASSE, ＡＢ-12 foo_bar")) == ["die", "strasse", "ab", "12", "foo", "bar"]
    assert list(tokens("Straße")) == ["strasse"]


def test_chinese_is_read_as_characters_and_pairs() -> None:
    assert list(tokens("激光雷达LiDAR")) == ["激", "光", "雷", "达", "激光", "光雷", "雷达", "lidar"]


def test_chinese_pairs_do_not_reach_over_a_comma() -> None:
    assert "光雷" not in list(tokens("激光，雷达"))


@given(documents=texts, query=st.lists(words, max_size=8).map(" ".join))
def test_scores_equal_the_plain_reference(documents, query) -> None:
    assert Bm25Index.of(documents).scores(query) == pytest.approx(PlainBm25(documents).scores(query))


def test_a_word_that_every_document_contains_still_does_not_count_against_one() -> None:
    assert (Bm25Index.of(["pump", "pump valve"]).scores("pump") > 0).all()


def test_a_query_without_known_words_scores_nothing() -> None:
    assert Bm25Index.of(["pump"]).scores("灯塔").tolist() == [0.0]
    assert Bm25Index.of([]).scores("pump").shape == (0,)


def test_the_rarer_word_finds_its_document_first() -> None:
    index = Bm25Index.of(["wafer pump", "pump", "pump", "wafer pump cryogenic"])

    assert np.argmax(index.scores("cryogenic pump")) == 3
