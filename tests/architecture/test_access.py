"""The table of endpoints and roles in docs/access.md is the one that the program goes by."""

import re
from functools import cache
from pathlib import Path

import pytest

from api.app import create_app
from matcher.domain.accounts import Role
from matcher.domain.permissions import NEVER_WITH_A_KEY, PERMISSIONS, Action

PAGE = (Path(__file__).parents[2] / "docs" / "access.md").read_text(encoding="utf-8")
METHODS = {"get", "post", "put", "patch", "delete"}
NOBODY, MISSING = "401", "403"
KEYS = ("yes", "no")

# What anybody may ask; each stands here because somebody decided so.
OPEN = {
    "POST /v1/recommendations",
    "POST /v1/feedback",
    "GET /v1/carriers",
    "GET /v1/carriers/{carrier_id}",
    "GET /v1/carriers/export.{form}",
    "GET /v1/carriers/template.{form}",
    "GET /v1/taxonomy",
    "GET /v1/ranking",
    "POST /v1/session",
    "GET /health/live",
    "GET /health/ready",
    "GET /metrics",
}


@cache
def endpoints() -> dict[str, dict]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in create_app().openapi()["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }


def expected_row(name: str, operation: dict) -> str:
    """One line of the table, as the permissions say it."""
    if "x-action" not in operation:
        return f"| `{name}` | – | {' | '.join(['open'] * (1 + len(Role)))} | – |"
    action = Action(operation["x-action"])
    cells = [PERMISSIONS[action][role].value if role in PERMISSIONS[action] else MISSING for role in Role]
    by_key = KEYS[action in NEVER_WITH_A_KEY]
    return f"| `{name}` | `{action.value}` | {NOBODY} | {' | '.join(cells)} | {by_key} |"


def test_every_endpoint_says_what_it_needs_or_is_open_on_purpose() -> None:
    assert {name for name, operation in endpoints().items() if "x-action" not in operation} == OPEN


def test_the_table_has_a_line_for_every_endpoint_and_no_other() -> None:
    expected = {expected_row(name, operation) for name, operation in endpoints().items()}
    shown = set(re.findall(r"^\| `[A-Z]+ /.*\|$", PAGE, re.MULTILINE))

    assert sorted(expected - shown) == []
    assert sorted(shown - expected) == []


def test_every_action_is_explained() -> None:
    assert set(re.findall(r"^- `([a-z.]+)` – ", PAGE, re.MULTILINE)) == {action.value for action in Action}


@pytest.mark.parametrize("name", sorted(set(endpoints()) - OPEN))
def test_what_needs_an_account_says_so_in_openapi(name) -> None:
    operation = endpoints()[name]

    ways = {way for one in operation["security"] for way in one}
    assert ways == {"pageSession"} | ({"apiKey"} if Action(operation["x-action"]) not in NEVER_WITH_A_KEY else set())
    assert {"401", "403"} <= set(operation["responses"])
