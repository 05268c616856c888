"""Entity tags."""

import pytest

from api.responses import entity_tag, matches

TAG = entity_tag("carriers", "1", "en")


def test_other_parts_give_another_tag() -> None:
    assert entity_tag("carriers", "1", "en") == TAG
    assert entity_tag("carriers", "1", "de") != TAG


@pytest.mark.parametrize("header", [TAG, TAG.removeprefix("W/"), f'"other", {TAG}', "*"])
def test_a_header_that_names_the_tag_matches(header: str) -> None:
    assert matches(header, TAG)


@pytest.mark.parametrize("header", [None, "", '"other"', TAG[:-2]])
def test_a_header_that_does_not_name_it_does_not_match(header: str | None) -> None:
    assert not matches(header, TAG)
