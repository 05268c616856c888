"""Files that people fill in, as they really come."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from openpyxl import Workbook

from data.tabular.columns import Column, Holds
from data.tabular.limits import MAX_CELL_CHARACTERS, MAX_ROWS
from data.tabular.reading import read_records
from matcher.domain.errors import InvalidFile
from matcher.domain.imports import FileForm

COLUMNS = (
    Column("id"),
    Column("name"),
    Column("terms", Holds.LIST),
    Column("registered", Holds.FLAG),
    Column("months", Holds.NUMBER),
    Column("version", read_only=True),
)
TEXT = "id,name,registered\n1,Müller & Söhne für Lager,ja\n2,Straßenbahn,nein\n"
CHINESE = "id,name,registered\n1,心脏介入导管研发,是\n2,激光雷达(旋转),否\n"


def read(content: str | bytes, form: FileForm = FileForm.CSV):
    return read_records(content.encode() if isinstance(content, str) else content, form, COLUMNS)


def values(content: str | bytes, form: FileForm = FileForm.CSV) -> list[dict[str, object]]:
    found = read(content, form)
    assert found.faults == ()
    return [dict(row.values) for row in found.rows]


def faults(content: str | bytes, form: FileForm = FileForm.CSV) -> list[tuple[int, str | None]]:
    return [(fault.line, fault.column) for fault in read(content, form).faults]


def a_workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def a_zip(compression: int = ZIP_DEFLATED, **parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", compression) as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


# Cells


def test_an_empty_cell_is_unknown_and_a_column_that_is_not_there_is_not_spoken_of() -> None:
    assert values("id,name\n1,\n2") == [{"id": "1", "name": None}, {"id": "2", "name": None}]


@pytest.mark.parametrize("word", ["true", "Yes", "JA", "是", "1"])
def test_yes_is_understood_in_three_languages(word) -> None:
    assert values(f"registered\n{word}\n") == [{"registered": True}]


def test_a_list_may_be_written_in_several_ways() -> None:
    rows = values('terms\na; b\na；b\n"a\nb"\n"[""a"", ""b""]"\n[]\n')

    assert [row["terms"] for row in rows] == [["a", "b"]] * 4 + [[]]


def test_a_number_stays_a_number_and_a_name_a_name() -> None:
    rows = values(a_workbook(["name", "months"], [360, 14], ["x", 2.5], ["y", "7"]), FileForm.XLSX)

    assert rows == [{"name": "360", "months": 14}, {"name": "x", "months": 2.5}, {"name": "y", "months": 7}]


def test_what_only_an_export_says_is_passed_over() -> None:
    assert values("id,version\n1,7\n") == [{"id": "1"}]
    assert values('{"id": "1", "version": 7}', FileForm.JSONL) == [{"id": "1"}]


# Lines


def test_each_place_that_cannot_be_read_is_told_with_its_line_and_column() -> None:
    content = "id,registered,months\n1,perhaps,many\n\n2,yes,3\n3,no,3,4\n"

    assert faults(content) == [(2, "registered"), (2, "months"), (5, None)]
    assert [row.line for row in read(content).rows] == [4]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert faults('id,name,months\n1,"two\nlines",x\n2,one,y\n') == [(2, "months"), (4, "months")]


def test_a_quote_that_is_never_closed_is_told() -> None:
    with pytest.raises(InvalidFile, match="Line 3 is not CSV"):
        read('id,name\n1,a\n2,"b\n')


def test_a_cell_of_a_million_characters_is_told_and_the_rest_is_read() -> None:
    content = f"id,name\n1,{'x' * 10**6}\n2,b\n"

    assert faults(content) == [(2, "name")]
    assert [row.values["id"] for row in read(content).rows] == ["2"]


def test_a_cell_at_the_limit_is_read() -> None:
    assert faults(f"name\n{'x' * MAX_CELL_CHARACTERS}\n") == []
    assert faults(f"name\n{'x' * (MAX_CELL_CHARACTERS + 1)}\n") == [(2, "name")]


def test_more_rows_than_a_file_may_hold_are_told() -> None:
    found = read("id\n" + "1\n" * (MAX_ROWS + 5))

    assert len(found.rows) == MAX_ROWS
    assert [fault.line for fault in found.faults] == [MAX_ROWS + 2]


def test_json_lines_are_told_one_by_one() -> None:
    content = b'{"id": "1"}\n{"id": \n\xff\n[]\n{"nam": "x"}\n{"id": "2"}\n'

    assert faults(content, FileForm.JSONL) == [(2, None), (3, None), (4, None), (5, "nam")]
    assert [row.line for row in read(content, FileForm.JSONL).rows] == [1, 6]


def test_comments_and_examples_are_not_read() -> None:
    assert values("# how to fill this in\nid,name\n# example,x\n1,a\n") == [{"id": "1", "name": "a"}]


# Headings


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id,nmae\n1,a\n", "nmae"),
        ("id,id\n1,a\n", "twice"),
        ("", "empty"),
        ("\ufeff\n \n", "empty"),
        ("# only this\n", "empty"),
    ],
)
def test_a_heading_that_cannot_be_used_is_told(content, said) -> None:
    with pytest.raises(InvalidFile, match=said):
        read(content)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_delimiter_is_seen(delimiter) -> None:
    assert values(f"id{delimiter}name\n1{delimiter}a\n") == [{"id": "1", "name": "a"}]


# Encodings


@pytest.mark.parametrize(
    ("text", "encoding", "assumed"),
    [
        (TEXT, "utf-8", None),
        (TEXT, "utf-8-sig", None),
        (CHINESE, "utf-16", None),
        (TEXT, "utf-16-le", "utf-16-le"),
        (TEXT, "utf-16-be", "utf-16-be"),
        (TEXT, "latin-1", "Latin-1"),
        (CHINESE, "gb18030", "GB18030"),
    ],
)
def test_the_usual_encodings_are_read_and_what_is_assumed_is_said(text, encoding, assumed) -> None:
    found = read(text.encode(encoding))

    assert [row.values for row in found.rows] == [row.values for row in read(text).rows]
    assert [note.params["encoding"] for note in found.notes] == ([assumed] if assumed else [])


def test_two_encodings_in_one_file_are_told_by_line() -> None:
    mixed = b"id,name\n" + "1,für\n2,auch für\n".encode() + "3,dafür\n".encode("latin-1")

    with pytest.raises(InvalidFile, match="Line 4 is not UTF-8"):
        read(mixed)


@pytest.mark.parametrize("content", [b"id,name\n1,\x81\x82\xff\x90\n", b"\xff\xfeabc", bytes(range(128, 256)) * 4])
def test_an_encoding_that_cannot_be_told_is_refused(content) -> None:
    with pytest.raises(InvalidFile, match="UTF-8"):
        read(content)


def test_a_binary_file_is_no_table() -> None:
    with pytest.raises(InvalidFile):
        read(b"id,name\n" * 30 + b"\0")


# Workbooks


def test_a_workbook_is_read_with_its_own_types() -> None:
    rows = values(
        a_workbook(
            ["id", "name", "registered", "months"], ["1", "a", True, 3], [None, None, None, None], [2, None, "no", None]
        ),
        FileForm.XLSX,
    )

    assert rows == [
        {"id": "1", "name": "a", "registered": True, "months": 3},
        {"id": "2", "name": None, "registered": False, "months": None},
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"no zip",
        a_zip(xl__workbook=b"<workbook/>"),
        a_zip(anything=b"x"),
        a_workbook(["id"], ["1"])[:-40],
    ],
    ids=["no zip", "half a workbook", "another zip", "cut off"],
)
def test_what_is_no_workbook_is_refused_in_our_words(content) -> None:
    with pytest.raises(InvalidFile, match="no Excel workbook"):
        read(content, FileForm.XLSX)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(InvalidFile, match="200 times"):
        read(a_zip(xl__workbook=b"0" * 20_000_000), FileForm.XLSX)


def test_many_parts_that_together_are_too_large_are_refused() -> None:
    part = json.dumps(list(range(3_000_000))).encode()

    with pytest.raises(InvalidFile, match="unpack to more than 64 MB"):
        read(a_zip(a=part, b=part, c=part), FileForm.XLSX)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_defines_entities_is_refused(encoding) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'.encode(encoding)

    with pytest.raises(InvalidFile, match="entities"):
        read(a_zip(ZIP_STORED, xl__sharedStrings=laughs), FileForm.XLSX)


def test_a_declaration_on_the_edge_of_a_block_is_found() -> None:
    part = b" " * (64 * 1024 - 4) + b"<!DOCTYPE x>"

    with pytest.raises(InvalidFile, match="entities"):
        read(a_zip(ZIP_STORED, xl__workbook=part), FileForm.XLSX)


def test_a_cell_far_to_the_right_or_a_false_size_costs_nothing() -> None:
    book = Workbook()
    book.active.append(["id"])
    book.active.append(["1"])
    book.active["XFD3"] = "far"
    file = BytesIO()
    book.save(file)

    assert values(file.getvalue(), FileForm.XLSX) == [{"id": "1"}]
