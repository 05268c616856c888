"""Nobody sets what is not theirs to set: bodies take the fields that are documented and no other."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from api.app import create_app
from matcher.domain.accounts import Role
from tests.security.asks import ASKS, Scene, parts_of
from tests.security.test_access_matrix import headers_for, table

# Objects whose names are checked one by one where they are read.
FREE = {("CorrectionIn", "changes")}
NOT_THEIRS = {
    "id": "00", "owner": "another", "account": "another", "role": "admin", "version": 9, "created_at": "2020-01-01",
    "withdrawn_at": None, "scopes": ["accounts"], "carrier": "cn050", "is_admin": True, "password_hash": "x",
}  # fmt: skip


@cache
def document() -> dict[str, Any]:
    return create_app().openapi()


def bodies() -> dict[str, dict[str, Any]]:
    """Schema of each JSON body, by endpoint."""
    found = {}
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                found[f"{method.upper()} {path}"] = content["application/json"]["schema"]
    return found


def objects(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object that a schema speaks of, with where it stands."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = document()["components"]["schemas"][name]
    if schema.get("type") == "object":
        yield name, schema
    for part, inner in schema.get("properties", {}).items():
        yield from objects(inner, f"{name}.{part}")
    for inner in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from objects(inner, name)


@pytest.mark.parametrize("endpoint", sorted(bodies()))
def test_a_body_takes_no_other_field_than_those_documented(endpoint) -> None:
    found = list(objects(bodies()[endpoint]))

    assert found
    open_ones = {tuple(name.split(".")) for name, one in found if one.get("additionalProperties") is not False}
    assert open_ones <= FREE


@pytest.mark.parametrize("endpoint", sorted(bodies()))
def test_what_the_program_decides_cannot_be_sent(estate, endpoint) -> None:
    row = table()[endpoint]
    role = next(role for role, said in row.roles.items() if said not in ("401", "403"))
    account = estate.account(role)
    scene, headers = Scene(estate, account), headers_for(estate, row, account)
    wanted = dict(ASKS[endpoint](scene))
    known = {name for _, one in objects(bodies()[endpoint]) for name in one.get("properties", {})}
    method, template = parts_of(endpoint)

    for name in sorted(set(NOT_THEIRS) - known):
        body = {**wanted["json"], name: NOT_THEIRS[name]}
        answer = estate.ask(method, template.format_map(scene), {**wanted.get("headers", {}), **headers}, json=body)
        assert answer.status_code == 422, (name, answer.text)
        assert [one["field"] for one in answer.json()["errors"]] == [name]


def test_a_startup_cannot_be_given_to_another(estate) -> None:
    owner, other = estate.account(Role.STARTUP), estate.account(Role.STARTUP)
    made = estate.startup(owner)
    file = f"id,name,text\n{made['id']},Taken,We make valves.\n".encode()

    answer = estate.ask("POST", "/v1/startups/imports", estate.key(other) | {"Content-Type": "text/csv"}, content=file)

    assert answer.status_code == 422
    read = estate.ask("GET", f"/v1/startups/{made['id']}", estate.key(owner)).json()
    assert (read["name"], read["version"]) == (made["name"], made["version"])
