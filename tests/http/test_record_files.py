"""Files of records over HTTP: in, out, and what is not let in."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from matcher.domain.accounts import Role
from tests.http.callers import a_caller, a_startup_of

IMPORTS = "/v1/startups/imports"
CSV = {"Content-Type": "text/csv"}
SHEET = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
JSONL = {"Content-Type": "application/jsonl"}
GOOD = "name,text,registered\nCatheter Ltd.,We develop catheters.,yes\n北斗,我们研发导航芯片,\n"
BAD = "id,name,text,stage\n,Good,We develop catheters.,\nnot-mine,Theirs,Text,\n,Odd,Text,stage.none\n,Marked,绝密,\n"


@pytest.fixture
def owner(services) -> dict[str, str]:
    return a_caller(services)


@pytest.fixture
def admin(services) -> dict[str, str]:
    return a_caller(services, Role.ADMIN)


def names(client, owner) -> set[str]:
    return {one["name"] for one in client.get("/v1/startups", headers=owner).json()["startups"]}


# In


def test_a_file_is_taken_in(client, owner) -> None:
    response = client.post(IMPORTS, content=GOOD.encode(), headers=owner | CSV)

    assert response.status_code == 200
    assert {name: response.json()[name] for name in ("added", "changed", "unchanged", "rows", "notes")} == {
        "added": 2, "changed": 0, "unchanged": 0, "rows": [], "notes": [],
    }  # fmt: skip
    assert names(client, owner) == {"Catheter Ltd.", "北斗"}


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "There is no startup"), ("de", "Es gibt kein Start-up"), ("zh", "没有创业企业")]
)
def test_every_bad_row_is_told_in_place_and_nothing_is_written(client, owner, lang, said) -> None:
    response = client.post(IMPORTS, content=BAD.encode(), headers=owner | CSV | {"Accept-Language": lang})

    problem = response.json()
    assert (response.status_code, problem["type"]) == (422, "/problems/import-refused")
    assert [(row["line"], row["column"]) for row in problem["rows"]] == [(3, "id"), (4, "stage"), (5, "text")]
    assert said in problem["rows"][0]["reason"]
    assert names(client, owner) == set()


def test_the_good_rows_are_written_where_that_is_asked_for(client, owner) -> None:
    response = client.post(IMPORTS, params={"keep_good": True}, content=BAD.encode(), headers=owner | CSV)

    assert (response.status_code, response.json()["added"], len(response.json()["rows"])) == (200, 1, 3)
    assert names(client, owner) == {"Good"}


def test_what_was_assumed_of_the_file_is_said(client, owner) -> None:
    response = client.post(IMPORTS, content=GOOD.encode("gb18030"), headers=owner | CSV)

    assert response.json()["added"] == 2
    assert "GB18030" in response.json()["notes"][0]
    assert "北斗" in names(client, owner)


def test_a_key_takes_a_file_in_once(client, owner) -> None:
    headers = owner | CSV | {"Idempotency-Key": "file-1"}

    first, again = (client.post(IMPORTS, content=GOOD.encode(), headers=headers) for _ in range(2))

    assert first.json()["ids"] == again.json()["ids"]
    assert client.get("/v1/startups", headers=owner).json()["total"] == 2


def test_a_key_gives_the_rows_at_fault_and_the_notes_again(client, owner) -> None:
    content = f"{GOOD}Bad,\n".encode("gb18030")
    headers = owner | CSV | {"Idempotency-Key": "file-2"}

    first, again = (client.post(f"{IMPORTS}?keep_good=true", content=content, headers=headers) for _ in range(2))

    assert [row["line"] for row in first.json()["rows"]] == [4]
    assert again.json() | {"request_id": ""} == first.json() | {"request_id": ""}
    assert "GB18030" in again.json()["notes"][0]


def test_a_key_takes_carriers_in_once_and_gives_faults_and_conflicts_again(client, services) -> None:
    staff, admin = a_caller(services, Role.STAFF, "cn060") | {"If-Match": "*"}, a_caller(services, Role.ADMIN)
    correction = {"changes": {"founded": 2001}, "source": "carrier itself", "date": "2026-11-01"}
    address = "/v1/carriers/cn060"
    assert client.patch(address, json=correction, headers=staff).status_code == 200
    content = b'{"id": "cn060", "founded": 1999}\n{"id": "cn061", "founded": "soon"}\n'
    headers = admin | JSONL | {"Idempotency-Key": "registry-1"}

    first = client.post("/v1/carriers/imports?keep_good=true", content=content, headers=headers)
    corrected = client.patch(address, json=correction | {"changes": {"founded": 2002}}, headers=staff)
    again = client.post("/v1/carriers/imports?keep_good=true", content=content, headers=headers)
    other = client.post("/v1/carriers/imports?keep_good=true", content=content[:34], headers=headers)

    assert first.status_code == corrected.status_code == 200, first.text
    assert [row["line"] for row in first.json()["rows"]] == [2]
    assert [one["field"] for one in first.json()["conflicts"]] == ["founded"]
    assert again.json() | {"request_id": ""} == first.json() | {"request_id": ""}
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")


@pytest.mark.parametrize(
    ("content", "headers"), [(b"", CSV), (b"no zip", SHEET), (b"id;nmae\n1;2\n", CSV), (b"\xff\xfe\xff", JSONL)]
)
def test_a_file_that_cannot_be_read_is_refused(client, owner, content, headers) -> None:
    response = client.post(IMPORTS, content=content, headers=owner | headers)

    assert (response.status_code, response.json()["status"]) == (422, 422)


def test_a_bomb_is_refused(client, owner) -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b"0" * 50_000_000)

    response = client.post(IMPORTS, content=file.getvalue(), headers=owner | SHEET)

    assert (response.status_code, response.json()["type"]) == (422, "/problems/invalid-file")


def test_a_file_may_be_larger_than_other_bodies_but_not_too_large(services, owner) -> None:
    small = replace(services, settings=Settings(import_bytes=400_000))
    with TestClient(create_app(small)) as client:
        large = f"name,text\nA,{'word ' * 3_900}\n" * 1 + "".join(f"N{n},{'word ' * 3_900}\n" for n in range(15))
        assert len(large) > 256 * 1024
        assert client.post(IMPORTS, content=large.encode(), headers=owner | CSV).json()["added"] == 16
        assert client.post(IMPORTS, content=large.encode() * 2, headers=owner | CSV).status_code == 413
        assert client.post("/v1/startups", content=b"x" * 300_000, headers=owner).status_code in (413, 415)


@pytest.mark.parametrize("media_type", ["application/json", "text/html", "multipart/form-data", ""])
def test_another_form_is_refused_before_it_is_read(client, owner, media_type) -> None:
    response = client.post(IMPORTS, content=GOOD.encode(), headers=owner | {"Content-Type": media_type})

    assert response.status_code == 415


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\x.csv"])
def test_a_files_name_leads_nowhere(client, owner, tmp_path, name) -> None:
    headers = owner | CSV | {"Content-Disposition": f'attachment; filename="{name}"'}

    assert client.post(IMPORTS, content=GOOD.encode(), headers=headers).json()["added"] == 2
    assert client.get("/v1/startups/export.csv/../x", headers=owner).status_code == 404


@pytest.mark.parametrize("address", [IMPORTS, "/v1/carriers/imports"])
def test_who_may_not_bring_files_is_told_so_before_they_are_read(client, services, address) -> None:
    office = a_caller(services, Role.OFFICE)

    assert client.post(address, content=b"x" * 300_000, headers=CSV).status_code == 401
    assert client.post(address, content=b"x" * 300_000, headers=office | CSV).status_code == 403


# Out


@pytest.mark.parametrize(("form", "headers"), [("csv", CSV), ("xlsx", SHEET), ("jsonl", JSONL)])
def test_what_is_handed_out_changes_nothing_when_it_is_taken_in(client, owner, form, headers) -> None:
    a_startup_of(client, owner, name="=1+1", text="-2\n\t@x; 'quoted'", districts=["a; b"], services=[])
    gone = a_startup_of(client, owner)
    client.delete(f"/v1/startups/{gone['id']}", headers=owner)
    before = client.get("/v1/startups", headers=owner).json()["startups"]

    file = client.get(f"/v1/startups/export.{form}", headers=owner)
    taken = client.post(IMPORTS, content=file.content, headers=owner | headers)

    assert file.headers["content-disposition"] == f'attachment; filename="startups.{form}"'
    assert file.headers["content-type"].partition(";")[0] == headers["Content-Type"]
    assert (taken.status_code, taken.json()["unchanged"]) == (200, 2)
    assert client.get("/v1/startups", headers=owner).json()["startups"] == before


def test_no_cell_that_is_handed_out_is_a_formula(client, owner) -> None:
    a_startup_of(client, owner, name="=HYPERLINK(1)", contact="@x", text="+cmd|' /C calc'!A0")

    table = client.get("/v1/startups/export.csv", headers=owner).content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(client.get("/v1/startups/export.xlsx", headers=owner).content)).active

    cells = [cell for row in csv.reader(StringIO(table)) for cell in row] + [
        cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t")] == []


def test_nobody_is_handed_anothers_startups(client, services, owner) -> None:
    a_startup_of(client, owner, name="Mine")
    other = a_caller(services)

    assert client.get("/v1/startups/export.jsonl", headers=other).content == b""
    assert client.get("/v1/startups/export.jsonl").status_code == 401


def test_an_unknown_form_is_not_there(client, owner) -> None:
    assert client.get("/v1/startups/export.pdf", headers=owner).status_code == 422


@pytest.mark.parametrize(("lang", "said"), [("en", "One row"), ("zh", "每行一条记录"), ("de", "Eine Zeile")])
@pytest.mark.parametrize("kind", ["startups", "carriers"])
def test_a_template_explains_itself_and_holds_no_record(client, owner, kind, lang, said) -> None:
    template = client.get(f"/v1/{kind}/template.csv", params={"lang": lang}, headers=owner)

    assert said in template.text
    if kind == "startups":
        assert client.post(IMPORTS, content=template.content, headers=owner | CSV).json()["added"] == 0


# Carriers


def test_the_registry_is_handed_out_and_taken_in_unchanged(client, admin) -> None:
    file = client.get("/v1/carriers/export.jsonl")

    taken = client.post("/v1/carriers/imports", content=file.content, headers=admin | JSONL)

    assert taken.status_code == 200, taken.text
    assert (taken.json()["added"], taken.json()["changed"]) == (0, 0)
    assert taken.json()["unchanged"] == len(file.content.splitlines())


def test_a_bad_carrier_is_told_by_line(client, admin) -> None:
    lines = [{"id": "new-1"}, {"id": "cn001", "level": "none"}]

    response = client.post("/v1/carriers/imports", content=b"\n".join(map(orjson.dumps, lines)), headers=admin | JSONL)

    assert [(row["line"], row["column"]) for row in response.json()["rows"]] == [(1, "sources"), (2, "level")]
