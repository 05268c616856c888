"""Opaque cursors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cursors import cursor_after, id_before
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_a_cursor_gives_back_the_id_it_was_made_of(carrier_id: str) -> None:
    assert id_before(cursor_after(CarrierId(carrier_id))) == carrier_id


@pytest.mark.parametrize("cursor", ["", "?", "abc", "YWZ0ZXI6Y24wMDE=", "cn001", "ä", "\ud800", "YWZ0ZXI6_w"])
def test_what_is_no_cursor_is_refused_by_name(cursor: str) -> None:
    with pytest.raises(InvalidField, match="next_cursor") as caught:
        id_before(cursor)

    assert caught.value.field == "cursor"
