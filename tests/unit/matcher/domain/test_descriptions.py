"""What can be a description."""

import pytest

from matcher.domain.errors import InvalidText
from matcher.domain.startups import MAX_CHARACTERS, Description


@pytest.mark.parametrize("text", ["", " \n\t\u3000", "x" * (MAX_CHARACTERS + 1), "half \ud83d", "\udc00"])
def test_what_is_no_text_is_refused_by_the_name_of_its_field(text: str) -> None:
    with pytest.raises(InvalidText) as caught:
        Description(text=text)

    assert caught.value.field == "text"


@pytest.mark.parametrize("text", ["a", "😀", "x" * MAX_CHARACTERS, "\x00\x1b[31m", "<script>"])
def test_any_text_that_is_whole_is_taken_as_it_is(text: str) -> None:
    assert Description(text=text).text == text
