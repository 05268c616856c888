from hypothesis import given
from hypothesis import strategies as st

from matcher.understanding.tokens import LONGEST_WORD, PIECE, fold, is_word, known_pieces, tokens
from tests.unit.matcher.understanding.strategies import any_text


def pieces(text) -> list[str]:
    return [piece for piece, _, _ in tokens(text)]


def test_chinese_is_cut_into_runs_of_one_to_three_characters() -> None:
    assert set(pieces("激光焊接")) == {"激", "光", "焊", "接", "激光", "光焊", "焊接", "激光焊", "光焊接"}


def test_a_latin_word_is_counted_whole_and_in_parts() -> None:
    assert set(pieces("Pumpe")) == {"<pumpe>", "<pum", "pump", "umpe", "mpe>", "<pump", "pumpe", "umpe>"}


def test_german_compounds_share_pieces_with_their_parts() -> None:
    assert {"pump", "umpe"} <= set(pieces("Vakuumpumpen")) & set(pieces("Pumpenprüfstand"))


def test_a_run_never_crosses_from_chinese_to_latin() -> None:
    assert "<ai>" in pieces("做AI芯片")
    assert all(piece.isascii() or piece.strip("做芯片") == "" for piece in pieces("做AI芯片"))


def test_figures_and_marks_are_left_out() -> None:
    assert pieces("2024, 15 %! 🚀") == []


def test_of_an_endless_word_only_the_beginning_is_read() -> None:
    assert max(end for _, _, end in tokens("x" * 5000)) == LONGEST_WORD


def test_words_are_told_from_parts_of_words() -> None:
    assert [is_word(piece) for piece in ("激光", "<ai>", "<laser>")] == [True] * 3
    assert [is_word(piece) for piece in ("激", "<a>", "<las", "ser>", "lase")] == [False] * 5


@given(any_text)
def test_the_offsets_of_a_piece_fold_back_to_it(text) -> None:
    for piece, start, end in tokens(text):
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]) == piece.strip("<>")


@given(st.text())
def test_folding_keeps_the_length(text) -> None:
    assert len(fold(text)) == len(text)


@given(any_text)
def test_folding_twice_changes_nothing_more(text) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("aAßẞİıſΣσςÄé光")))
def test_folding_is_by_character(text) -> None:
    assert fold(text) == "".join(fold(character) for character in text)


@given(any_text)
def test_pieces_that_have_a_number_are_found_where_all_pieces_are(text) -> None:
    all_pieces = list(tokens(text))
    numbers = {piece: number for number, (piece, _, _) in enumerate(all_pieces[::2])}

    expected = [(numbers[piece], start, end) for piece, start, end in all_pieces if piece in numbers]
    found = [
        (number, run.start() + start, run.start() + end)
        for run in PIECE.finditer(fold(text))
        for number, start, end in known_pieces(run.group(), numbers)
    ]
    assert sorted(found) == sorted(expected)
