"""Reciprocal rank fusion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.ids import CarrierId
from matcher.retrieval.fusion import fuse

A, B, C = CARRIERS = [CarrierId(name) for name in "abc"]


def test_scores_are_those_worked_out_by_hand() -> None:
    fused = fuse([[A, B], [B, C]])

    assert [carrier for carrier, _ in fused] == [B, A, C]
    assert dict(fused)[B] == pytest.approx(1 / 62 + 1 / 61)


def test_equal_scores_are_ordered_by_id() -> None:
    assert [carrier for carrier, _ in fuse([[B, A], [A, B]])] == [A, B]


def test_nothing_to_join_gives_nothing() -> None:
    assert fuse([]) == []


@given(ranking=st.permutations(CARRIERS), times=st.integers(1, 4))
def test_rankings_that_agree_are_joined_to_the_same_ranking(ranking, times) -> None:
    assert [carrier for carrier, _ in fuse([ranking] * times)] == ranking
