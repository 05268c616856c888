"""The exact k nearest against a plain reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from api.bench.references import plain_top_k
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId
from matcher.retrieval.dense import DenseIndex, top_k

few_values = arrays(np.float32, array_shapes(min_dims=2, max_dims=2, max_side=24), elements=st.integers(-2, 2))


@given(similarities=few_values, k=st.integers(0, 30))
def test_the_largest_values_come_first_and_equal_ones_by_column(similarities, k) -> None:
    assert top_k(similarities, k).tolist() == plain_top_k(similarities.tolist(), k)


def test_many_columns_without_equals_give_what_a_full_sort_gives() -> None:
    similarities = np.random.default_rng(5).normal(size=(9, 3000)).astype(np.float32)

    assert top_k(similarities, 50).tolist() == plain_top_k(similarities.tolist(), 50)


def unit_rows(n_rows, n_dims=16, seed=0):
    rows = np.random.default_rng(seed).normal(size=(n_rows, n_dims)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_equal_items_are_ordered_by_id_whatever_order_they_came_in() -> None:
    same = np.repeat(unit_rows(1), 4, axis=0)
    index = DenseIndex.of([CarrierId(name) for name in "dbca"], same)

    nearest = index.nearest(same[:1], k=3)

    assert [index.ids[row] for row in nearest.rows[0]] == ["a", "b", "c"]
    assert nearest.similarities[0] == pytest.approx(1.0)


def test_blocks_of_queries_give_what_one_block_gives() -> None:
    index = DenseIndex.of([CarrierId(f"c{row:03}") for row in range(40)], unit_rows(40))
    queries = unit_rows(10, seed=1)
    whole = index.nearest(queries, k=5)

    blocks = index.nearest(queries, k=5, n_at_once=3 * 40)

    assert blocks.rows.tolist() == whole.rows.tolist()
    assert blocks.similarities == pytest.approx(whole.similarities)


def test_asking_for_more_than_there_are_gives_all() -> None:
    index = DenseIndex.of([CarrierId("a"), CarrierId("b")], unit_rows(2))

    assert index.nearest(unit_rows(3, seed=1), k=10).rows.shape == (3, 2)


def test_no_queries_and_no_items_give_empty_answers() -> None:
    index = DenseIndex.of([CarrierId("a")], unit_rows(1))

    assert index.nearest(np.zeros((0, 16), np.float32), k=3).rows.shape == (0, 1)
    assert DenseIndex.of([], np.zeros((0, 16), np.float32)).nearest(unit_rows(2), k=3).rows.shape == (2, 0)


def test_ids_and_rows_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(InvalidField, match="1 ids cannot name 2 embeddings"):
        DenseIndex.of([CarrierId("a")], unit_rows(2))
