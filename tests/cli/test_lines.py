"""JSON lines come in one by one and go out as a whole."""

from typing import IO

import pytest

from api.commands.lines import count_lines, read_lines, written_whole
from matcher.domain.errors import InvalidFile


def lines_of(tmp_path, content: bytes) -> list:
    path = tmp_path / "in.jsonl"
    path.write_bytes(content)
    return list(read_lines(path))


def test_lines_keep_their_numbers_and_blank_ones_are_passed_over(tmp_path) -> None:
    lines = lines_of(tmp_path, b'{"id": "a"}\n\n  \n{"id": 2}\n{}')

    assert [(line.number, line.id) for line in lines] == [(1, "a"), (4, 2), (5, None)]
    assert count_lines(tmp_path / "in.jsonl") == 3


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path) -> None:
    assert [line.id for line in lines_of(tmp_path, b'\xef\xbb\xbf{"id": "a"}\r\n{"id": "b"}\r\n')] == ["a", "b"]


@pytest.mark.parametrize(
    "raw",
    [
        b"not json",
        b'{"id": "a"',
        b'"text"',
        b"[1]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_line_that_is_no_object_has_an_error_that_names_it(tmp_path, raw) -> None:
    (line,) = lines_of(tmp_path, raw)

    assert isinstance(line.error, InvalidFile)
    assert line.error.message.params["line"] == 1
    assert line.id is None


@pytest.mark.parametrize("own_id", ["true", "1.5", "[1]", '{"a": 1}', '"\\ud800"', "99999999999999999999"])
def test_an_id_that_could_not_be_written_again_is_refused(tmp_path, own_id) -> None:
    (line,) = lines_of(tmp_path, f'{{"id": {own_id}}}'.encode())

    assert line.error is not None
    assert line.error.field == "id"


def test_a_file_that_cannot_be_read_is_named(tmp_path) -> None:
    with pytest.raises(InvalidFile, match=r"nowhere\.jsonl cannot be read"):
        count_lines(tmp_path / "nowhere.jsonl")


def test_a_file_appears_only_when_it_is_whole(tmp_path) -> None:
    target = tmp_path / "out.jsonl"

    with written_whole(target) as file:
        file.write(b"one\n")
        assert not target.exists()

    assert target.read_bytes() == b"one\n"
    assert list(tmp_path.iterdir()) == [target]


def test_a_run_that_fails_leaves_the_old_file_and_nothing_else(tmp_path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"old\n")

    with pytest.raises(KeyboardInterrupt), written_whole(target) as file:
        _stop_after(file)

    assert target.read_bytes() == b"old\n"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_cannot_be_written_is_named(tmp_path) -> None:
    with pytest.raises(InvalidFile, match="cannot be written"), written_whole(tmp_path / "no" / "folder.jsonl"):
        pass


def _stop_after(file: IO[bytes]) -> None:
    file.write(b"new\n")
    raise KeyboardInterrupt
