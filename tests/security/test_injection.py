"""Whatever is written stays words: no statement, no markup, no header, no formula, no path comes of it."""

import csv
from functools import cache
from io import BytesIO, StringIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from sqlalchemy import MetaData, func, select

from api.app import create_app
from matcher.domain.accounts import Role
from tests.security.asks import Scene, names_in, parts_of
from tests.security.estate import CARRIER
from tests.security.hostile import ALWAYS_TRUE, FORMULA, LINES, SQL, TEXTS
from tests.security.test_access_matrix import headers_for, table

GETS = sorted(name for name in table() if name.startswith("GET "))
FORMULA_BEGINS = tuple("=+-@\t\r")


def rows_by_table(estate) -> dict[str, int]:
    engine = estate.services.registry.store.engine
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(one)) or 0 for name, one in tables.tables.items()
        }


@cache
def paths() -> dict:
    return create_app().openapi()["paths"]


def text_parameters(endpoint: str) -> list[str]:
    """Names of the query's parameters."""
    method, template = parts_of(endpoint)
    operation = paths()[template][method.lower()]
    return [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_a_startup_writes_comes_back_as_it_was_written(estate, text) -> None:
    owner = estate.account(Role.STARTUP)
    words = {"name": text, "contact": text, "text": f"{text} We make valves.", "districts": [text]}
    made = estate.startup(owner, **words)

    read = estate.ask("GET", f"/v1/startups/{made['id']}", estate.key(owner))

    assert {name: read.json()[name] for name in words} == words
    assert read.headers["content-type"] == "application/json"
    assert read.headers["x-content-type-options"] == "nosniff"
    found = estate.ask("GET", f"/v1/startups?name={quote(text)}", estate.key(owner)).json()["startups"]
    assert [one["id"] for one in found] == [made["id"]]


@pytest.mark.parametrize("endpoint", GETS)
def test_a_statement_in_an_address_reads_and_changes_nothing(estate, endpoint) -> None:
    row = table()[endpoint]
    account = estate.account(next(role for role, said in row.roles.items() if said not in ("401", "403")))
    headers, scene = headers_for(estate, row, account), Scene(estate, account)
    _, template = parts_of(endpoint)
    before = rows_by_table(estate)

    for word in (SQL, ALWAYS_TRUE):
        hostile = Scene(estate, account, known={name: quote(word, safe="") for name in names_in(endpoint)})
        if hostile.known:
            assert estate.ask("GET", template.format_map(hostile), headers).status_code in (404, 422)
        for name in text_parameters(endpoint):
            answer = estate.ask("GET", template.format_map(scene), headers, params={name: word})
            assert answer.status_code in (200, 404, 422)
            assert answer.status_code != 200 or not answer.json().get("total")
    assert rows_by_table(estate).keys() == before.keys()
    assert rows_by_table(estate)["startups"] >= before["startups"]


@pytest.mark.parametrize("endpoint", GETS)
def test_no_header_can_be_smuggled_in(estate, endpoint) -> None:
    row = table()[endpoint]
    account = estate.account(next(role for role, said in row.roles.items() if said not in ("401", "403")))
    _, template = parts_of(endpoint)
    headers = {**headers_for(estate, row, account), "X-Request-Id": "a%0d%0aSet-Cookie: injected=1"}

    for parameters in ({}, dict.fromkeys(text_parameters(endpoint), LINES)):
        answer = estate.ask("GET", template.format_map(Scene(estate, account)), headers, params=parameters)
        assert not any("\r" in value or "\n" in value for value in answer.headers.values())
        assert "injected" not in answer.headers.get("set-cookie", "")
        assert "injected" not in answer.headers["x-request-id"]


def cells_of(estate, name: str, headers) -> list[str]:
    """All texts of a table that is handed out, as CSV and as a workbook."""
    sheet = load_workbook(BytesIO(estate.ask("GET", f"/v1/{name}/export.xlsx", headers).content)).active
    in_csv = csv.reader(StringIO(estate.ask("GET", f"/v1/{name}/export.csv", headers).content.decode("utf-8-sig")))
    in_sheet = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [cell for row in in_csv for cell in row] + in_sheet


def test_no_text_of_a_startup_becomes_a_formula(estate) -> None:
    owner = estate.account(Role.STARTUP)
    for text in (FORMULA, TEXTS["command"], "-1+1", "+1", "\t=1", "\n=1", " =1"):
        estate.startup(owner, name=text, contact=text, text=text, districts=[text])

    cells = cells_of(estate, "startups", estate.key(owner))

    assert [cell for cell in cells if cell.startswith(FORMULA_BEGINS)] == []
    assert any(FORMULA in cell for cell in cells)


def test_no_text_of_a_carrier_becomes_a_formula(estate) -> None:
    staff = {**estate.key(estate.account(Role.STAFF)), "If-Match": "*"}
    words = {"operator": FORMULA, "district": TEXTS["command"], "tenants": ["=1+1", "-1"]}
    correction = {"changes": words, "source": {"title": FORMULA}, "date": "2026-11-01"}
    corrected = estate.ask("PATCH", f"/v1/carriers/{CARRIER}", staff, json=correction)
    assert corrected.status_code == 200, corrected.text

    cells = cells_of(estate, "carriers", {})

    assert [cell for cell in cells if cell.startswith(FORMULA_BEGINS)] == []
    assert any(FORMULA in cell for cell in cells)
