"""A text with marks: whole where it shows something, shortened where it does not."""

from api.pages.marked import GAP, KEPT, LONGEST_GAP, Piece, marked

TEXT = "We make heart catheters in Shaxi."


def span(words: str, text: str = TEXT) -> dict:
    return {"start": text.index(words), "end": text.index(words) + len(words), "text": words}


def test_words_carry_what_they_show_and_the_text_stays_whole() -> None:
    pieces = marked(TEXT, [("Devices", [span("catheters")]), ("Place", [span("Shaxi")])])

    assert [piece for piece in pieces if piece.shows] == [
        Piece("catheters", ("Devices",)),
        Piece("Shaxi", ("Place",)),
    ]
    assert "".join(piece.text for piece in pieces) == TEXT


def test_words_that_show_two_things_say_both_and_none_is_repeated() -> None:
    pieces = marked(TEXT, [("Field", [span("heart catheters")]), ("Devices", [span("catheters")])])

    assert [(piece.text, piece.shows) for piece in pieces if piece.shows] == [
        ("heart ", ("Field",)),
        ("catheters", ("Field", "Devices")),
    ]


def test_what_shows_the_same_side_by_side_is_one_piece() -> None:
    pieces = marked(TEXT, [("Field", [span("heart"), span(" catheters")])])

    assert [piece.text for piece in pieces if piece.shows] == ["heart catheters"]


def test_a_long_stretch_that_shows_nothing_is_shortened_and_one_that_shows_something_is_not() -> None:
    text = "a" * (LONGEST_GAP + 1) + "b" * (LONGEST_GAP + 1)

    silent, telling = marked(text, [("Field", [span("b" * (LONGEST_GAP + 1), text)])])

    assert silent.text == "a" * KEPT + GAP + "a" * KEPT
    assert telling.text == "b" * (LONGEST_GAP + 1)


def test_a_span_that_reaches_beyond_the_text_ends_with_it() -> None:
    assert marked("abc", [("Field", [{"start": 1, "end": 9, "text": "bc"}])])[-1] == Piece("bc", ("Field",))


def test_no_text_gives_no_piece() -> None:
    assert marked("", [("Field", [{"start": 0, "end": 0, "text": ""}])]) == []
