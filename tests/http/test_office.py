"""The office's counts over HTTP: for whom they are, what they hide, and the same as a table."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from api.schemas.office import Chart
from data.tabular.formulas import STARTS_FORMULA
from matcher.domain.accounts import Role
from matcher.domain.carriers import Role as CarrierRole
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Texts
from matcher.domain.small_cells import LEAST_SHOWN
from matcher.ranking.board import build_board
from models.hashing_encoder import HashingEncoder
from tests.http.counting import add_startups, with_board
from tests.http.signing import bearer
from tests.steady_reader import DIMS

FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture
def office(house, board):
    return with_board(house, board)


def asked(office, path: str = "/v1/office/board", role: Role = Role.OFFICE, **query):
    with office.client() as client:
        return client.get(path, headers=bearer(office.key_of(office.account(role))), params=query)


def counts_in(value) -> list[int]:
    """Every count of startups in a JSON value."""
    if isinstance(value, dict):
        if set(value) == {"n", "hidden"}:
            return [] if value["n"] is None else [value["n"]]
        return [n for one in value.values() for n in counts_in(one)]
    return [n for one in value for n in counts_in(one)] if isinstance(value, list) else []


def test_the_office_reads_demand_beside_carriers(office) -> None:
    add_startups(office, 30)

    board = asked(office, lang="de").json()

    biomed = next(one for one in board["fields"] if one["id"] == "biomed")
    assert board["startups"] == {"n": 30, "hidden": None}
    assert biomed["label"] == "Biomedizin und Medizintechnik"
    assert biomed["carriers_open"] > 0
    assert biomed["places_left"] is None
    assert biomed["carriers_without_places"] == biomed["carriers_open"] + biomed["carriers_planned"]
    assert board["k"] == 10
    assert board["first_places"] == 300
    assert {one["year"] for one in board["targets"]} == {2025}
    assert board["residents"] is None


@pytest.mark.parametrize("n", [0, 3, 7, 30])
def test_no_count_of_startups_is_below_five(office, n) -> None:
    add_startups(office, n)

    board = asked(office).json()

    assert [count for count in counts_in(board) if count < LEAST_SHOWN] == []
    if n < LEAST_SHOWN:
        assert board["startups"]["hidden"] in ("few", "withheld")
        assert (board["k"], board["first_places"], board["gini_at_least"]) == (None, None, None)
        assert board["carriers_seen"] == board["groups"] == []


@pytest.mark.parametrize("chart", list(Chart))
def test_each_chart_is_a_table_of_the_same_rows(office, chart) -> None:
    add_startups(office, 12)
    of_chart = {Chart.CARRIERS: "carriers_seen", Chart.RESIDENTS: "residents_by_year"}
    board = asked(office).json()

    answer = asked(office, f"/v1/office/{chart.value}.csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert f'filename="office-{chart.value}.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    expected = board[of_chart.get(chart, chart.value)]
    assert len(rows) == len(expected)
    for row, one in zip(rows, expected, strict=True):
        assert row.get("id", "") == str(one.get("id", ""))
        assert all(cell == "<5" or cell[:1] not in STARTS_FORMULA for cell in row.values())


def test_a_count_that_is_not_shown_says_so_in_the_table(office) -> None:
    add_startups(office, 12)

    rows = list(csv.DictReader(StringIO(asked(office, "/v1/office/fields.csv").text.removeprefix("\ufeff"))))

    assert {row["startups"] for row in rows} <= {"<5", "withheld", "12"}
    assert "<5" in {row["by_stage_unknown"] for row in rows} | {row["by_stage_stage.seed"] for row in rows}


def test_a_name_that_looks_like_a_formula_stays_a_text(house, board) -> None:
    registry = board.registry
    first, *others = (one for one in registry.carriers if one.city == "太仓" and one.role is CarrierRole.CARRIER)
    hostile = replace(first, name=Texts(zh=FORMULA, en=FORMULA, de=FORMULA))
    registry = replace(registry, carriers=(hostile, *others))
    office = with_board(house, build_board(registry, HashingEncoder(DIMS), "太仓"))
    add_startups(office, 12)

    rows = csv.DictReader(StringIO(asked(office, "/v1/office/carriers.csv").text.removeprefix("\ufeff")))

    assert [row["label"] for row in rows if row["id"] == first.id] == ["'" + FORMULA]


def test_a_chart_that_there_is_not_is_no_file(office) -> None:
    assert asked(office, "/v1/office/secrets.csv").status_code == 422


@pytest.mark.parametrize(("role", "status"), [(Role.STARTUP, 403), (Role.STAFF, 403), (Role.ADMIN, 200)])
def test_nobody_but_office_and_admins_reads_counts(office, role, status) -> None:
    carrier = CarrierId("cn001") if role is Role.STAFF else None
    account = office.account(role, carrier=carrier)
    with office.client() as client:
        for path in ("/v1/office/board", "/v1/office/fields.csv"):
            assert client.get(path, headers=bearer(office.key_of(account))).status_code == status
            assert client.get(path).status_code == 401
