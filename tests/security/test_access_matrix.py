"""Every endpoint asked by everybody: each is answered as the table in docs/access.md says."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from api.app import create_app
from matcher.domain.accounts import Account, Role, actor_of
from tests.security.asks import ABSENT, ASKS, MAKERS, PLAIN, WRITES, Scene, names_in, parts_of, send
from tests.security.estate import OTHER_CARRIER, Estate

PAGE = Path(__file__).parents[2] / "docs" / "access.md"
OPEN, OWN, OWN_CARRIER, ANY = "open", "own", "own carrier", "any"
EXPECTED = {OPEN: "done", OWN: "done", OWN_CARRIER: "done", ANY: "done", "401": "401", "403": "403"}


class Row(NamedTuple):
    """A line of the table: what each role finds, by the name of its column."""

    endpoint: str
    action: str
    nobody: str
    roles: dict[Role, str]
    by_key: str


@cache
def table() -> dict[str, Row]:
    found = {}
    for line in re.findall(r"^\| `([A-Z]+ /.*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        endpoint, action, nobody, *roles, by_key = (cell.strip(" `") for cell in line.split("|"))
        found[endpoint] = Row(endpoint, action, nobody, dict(zip(Role, roles, strict=True)), by_key)
    return found


def documented_endpoints() -> set[str]:
    paths = create_app().openapi()["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def names_a_record(endpoint: str) -> bool:
    return bool(set(names_in(endpoint)) - PLAIN)


def outcome(answer) -> str:
    return "done" if answer.status_code < 300 else str(answer.status_code)


def told(answer, *ids: str) -> str:
    """What is said, without what every request has of its own."""
    text = answer.text.replace(answer.headers["x-request-id"], "")
    for one in ids:
        text = text.replace(one, "")
    return text


def headers_for(estate: Estate, row: Row, account: Account) -> dict[str, str]:
    return estate.page(account) if row.by_key == "no" else estate.key(account)


def cells(*wanted: str) -> list:
    """Endpoint and role where the table says one of these, or anything."""
    return [
        pytest.param(row, role, id=f"{row.endpoint} {role.value}")
        for row in table().values()
        for role, said in row.roles.items()
        if not wanted or said in wanted
    ]


def rows_that_need_somebody() -> list:
    """Endpoint, and one who may."""
    return [
        pytest.param(row, next(role for role, said in row.roles.items() if EXPECTED[said] == "done"), id=row.endpoint)
        for row in table().values()
        if row.nobody != OPEN
    ]


def test_the_table_is_complete_and_each_endpoint_has_a_request_of_its_own() -> None:
    assert set(table()) == documented_endpoints()
    assert [name for name in table() if parts_of(name)[0] in WRITES and name not in ASKS] == []
    assert [name for name in table() if not set(names_in(name)) <= set(MAKERS)] == []


@pytest.mark.parametrize("endpoint", sorted(table()))
def test_nobody(estate, endpoint) -> None:
    scene = Scene(estate, estate.account(Role.STARTUP))

    assert outcome(send(scene, endpoint, {})) == EXPECTED[table()[endpoint].nobody]


@pytest.mark.parametrize(("row", "role"), cells())
def test_whose_the_record_is(estate, row, role) -> None:
    account = estate.account(role)

    answer = send(Scene(estate, account), row.endpoint, headers_for(estate, row, account))

    assert outcome(answer) == EXPECTED[row.roles[role]], answer.text


@pytest.mark.parametrize(("row", "role"), [one for one in cells(OWN) if names_a_record(one.values[0].endpoint)])
def test_anothers_record_is_as_one_that_does_not_exist(estate, row, role) -> None:
    account, other = estate.account(role), estate.account(role)
    headers = headers_for(estate, row, account)
    its, absent = Scene(estate, other), Scene(estate, other, known=dict(ABSENT))

    answers = [send(scene, row.endpoint, headers) for scene in (its, absent)]

    assert [outcome(answer) for answer in answers] == ["404", "404"]
    assert told(answers[0], *its.known.values()) == told(answers[1], *ABSENT.values())


@pytest.mark.parametrize(("row", "role"), cells(OWN_CARRIER))
def test_the_staff_of_another_carrier_finds_what_it_would_find_of_none(estate, row, role) -> None:
    account = estate.account(role, OTHER_CARRIER)
    headers = headers_for(estate, row, account)
    its, absent = Scene(estate, estate.account(role)), Scene(estate, account, known=dict(ABSENT))

    answers = [send(scene, row.endpoint, headers) for scene in (its, absent)]

    assert [outcome(answer) for answer in answers] == ["404", "404"]
    assert told(answers[0], *its.known.values()) == told(answers[1], *ABSENT.values())


@pytest.mark.parametrize(("row", "role"), rows_that_need_somebody())
def test_a_key_that_has_expired_or_was_revoked_is_nobodys(estate, row, role) -> None:
    account = estate.account(role)
    long_ago = datetime.now(UTC) - timedelta(days=10)
    expired = estate.key(account, now=long_ago, expires_at=long_ago + timedelta(days=1))
    issued = estate.issue(account)
    estate.services.registry.identity.revoke_key(actor_of(account), issued.key.id, now=datetime.now(UTC))

    answers = [
        send(Scene(estate, account), row.endpoint, headers)
        for headers in (expired, {"Authorization": f"Bearer {issued.written}"}, {"Authorization": "Bearer mk_none"})
    ]

    assert [outcome(answer) for answer in answers] == ["401"] * 3
    assert len({told(answer, *answer.request.url.path.split("/")) for answer in answers}) == 1


@pytest.mark.parametrize(("row", "role"), rows_that_need_somebody())
def test_a_key_reaches_no_further_than_its_scopes_and_the_table(estate, row, role) -> None:
    account = estate.account(role)
    scope = "accounts.manage" if row.action == "account.read" else "account.read"
    account_too = account if row.action != "account.read" else estate.account(Role.ADMIN)
    narrow, wide = estate.key(account_too, scopes=[scope]), estate.key(account)

    assert outcome(send(Scene(estate, account), row.endpoint, narrow)) == "403"
    assert outcome(send(Scene(estate, account), row.endpoint, wide)) == ("403" if row.by_key == "no" else "done")
