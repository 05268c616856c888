"""A table of places, and every row of it that cannot be used."""

import pytest

from data.places_file import read_places
from matcher.domain.errors import ImportRefused, InvalidFile
from matcher.domain.imports import FileForm


def read(text: str | bytes):
    return read_places(text.encode() if isinstance(text, str) else text, FileForm.CSV)


def faults(text: str) -> list[tuple[int, str | None]]:
    with pytest.raises(ImportRefused) as refused:
        read(text)
    return [(one.line, one.column) for one in refused.value.faults]


def test_places_are_whole_numbers_and_an_empty_cell_is_unknown() -> None:
    assert read("carrier_id,places\na,3\nb,\nc,0\n").places == {"a": 3, "b": None, "c": 0}


@pytest.mark.parametrize("number", ["-1", "2.5", "many", "nan", "1000001", "true", "1e400"])
def test_what_is_no_number_of_places_is_told_by_line(number) -> None:
    assert faults(f"carrier_id,places\na,3\nb,{number}\n") == [(3, "places")]


def test_all_faults_are_told_in_the_order_of_the_lines() -> None:
    assert faults("carrier_id,places\na,x\n,3\nb,1\nb,2\n") == [(2, "places"), (3, "carrier_id"), (5, "carrier_id")]


def test_one_long_cell_is_told_and_not_repeated() -> None:
    assert faults(f"carrier_id,places\n{'a' * 1_000_000},3\n") == [(2, "carrier_id")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"carrier_id,places\n", "empty"),
        (b"carrier_id,room\na,3\n", "column room"),
        (b"carrier_id\na\n", "no column"),
        ("carrier_id,places\n太仓,1\n德国,2\n".encode() + "园区,3\n".encode("gb18030"), "Line 4"),
    ],
)
def test_a_file_of_another_kind_is_refused(content, said) -> None:
    with pytest.raises(InvalidFile, match=said):
        read(content)


def test_an_encoding_that_was_assumed_is_told() -> None:
    assert len(read("carrier_id,places\n太仓园区,1\n".encode("gb18030")).notes) == 1


def test_a_carrier_that_there_is_not_is_told_by_line() -> None:
    with pytest.raises(ImportRefused) as refused:
        read_places(b"carrier_id,places\na,1\nb,2\n", FileForm.CSV, carriers={"a"})

    assert [(one.line, one.column) for one in refused.value.faults] == [(3, "carrier_id")]
