"""Bodies and files that are small on the wire and meant to cost a lot: each is refused, and soon."""

import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from matcher.domain.accounts import Role

IMPORTS = "/v1/startups/imports"
SHEET = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
CSV, JSONL = {"Content-Type": "text/csv"}, {"Content-Type": "application/jsonl"}
JSON = {"Content-Type": "application/json"}
MOST_SECONDS = 10.0  # of processor time

ROWS = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
CELL = '<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c></row>'
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
LAUGHS = f'<!DOCTYPE a [<!ENTITY l0 "lol">{ENTITIES}]>' + ROWS.format(CELL.format(row=1, cell="A1", text="&l8;"))
FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + ROWS.format(
    CELL.format(row=1, cell="A1", text="&x;")
)
FAR_AWAY = ROWS.format(CELL.format(row=1048576, cell="XFD1048576", text="name"))
ONE_HUGE_CELL = ROWS.format(CELL.format(row=1, cell="A1", text="a" * 30_000_000))


def a_workbook(sheet: str, **parts: bytes) -> bytes:
    """One whose sheet is this text."""
    plain, made = BytesIO(), BytesIO()
    Workbook().save(plain)
    with ZipFile(BytesIO(plain.getvalue())) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


@pytest.fixture
def owner(estate) -> dict[str, str]:
    return estate.key(estate.account(Role.STARTUP))


def is_refused_soon(estate, headers, content: bytes, address: str = IMPORTS) -> bool:
    start = time.process_time()
    answer = estate.ask("POST", address, headers, content=content)
    return answer.status_code in (400, 413, 422) and time.process_time() - start < MOST_SECONDS


@pytest.mark.parametrize("sheet", [FAR_AWAY, ONE_HUGE_CELL], ids=["far away", "one huge cell"])
def test_a_workbook_that_unfolds_is_refused(estate, owner, sheet) -> None:
    assert is_refused_soon(estate, owner | SHEET, a_workbook(sheet))


@pytest.mark.parametrize("sheet", [LAUGHS, FILE], ids=["laughs", "a file"])
def test_a_workbook_that_defines_entities_is_refused_before_it_is_parsed(estate, owner, sheet) -> None:
    answer = estate.ask("POST", IMPORTS, owner | SHEET, content=a_workbook(sheet))

    assert answer.status_code == 422
    assert "XML entities" in answer.json()["detail"]


def test_a_workbook_with_a_huge_part_beside_the_sheet_is_refused(estate, owner) -> None:
    assert is_refused_soon(estate, owner | SHEET, a_workbook(ROWS.format(""), other=b"0" * 60_000_000))


@pytest.mark.parametrize(
    "content",
    [b"name,text\n" + b"\n" * 9_000_000, b'name,text\n"' + b"a" * 9_000_000, b"name," * 1_000_000],
    ids=["blank lines", "an open quote", "a wide heading"],
)
def test_a_table_without_end_is_refused(estate, owner, content) -> None:
    assert is_refused_soon(estate, owner | CSV, content)


@pytest.mark.parametrize("depth", [1_000, 100_000])
@pytest.mark.parametrize(("address", "kind"), [("/v1/recommendations", JSON), (IMPORTS, JSONL)])
def test_json_that_is_nested_without_end_is_refused(estate, owner, depth, address, kind) -> None:
    assert is_refused_soon(estate, owner | kind, b"[" * depth + b"]" * depth, address)
    assert is_refused_soon(estate, owner | kind, b'{"name": ' + b"[" * depth + b"]" * depth + b"}", address)


def test_a_number_of_many_digits_is_refused(estate) -> None:
    body = b'{"text": "We make valves.", "k": ' + b"9" * 100_000 + b"}"

    assert is_refused_soon(estate, JSON, body, "/v1/recommendations")
