"""Requests made up from the OpenAPI document: no failure of ours, and no answer that the document does not know."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from api.app import create_app
from tests.fuzz.program import CALLERS, Target, fuzz, target

FEWEST_CASES = 300


@pytest.fixture(scope="module")
def server(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with target(Path(copytree(filled_store, tmp_path_factory.mktemp("fuzz") / "var"))) as server:
        yield server


@pytest.mark.needs("schemathesis")
@pytest.mark.parametrize(
    ("caller", "own"),
    [("startup", "GET /v1/startups"), ("staff", "GET /v1/carriers/{carrier_id}/leads"), ("admin", "GET /v1/accounts")],
)
def test_whatever_is_asked_is_answered_as_documented(server, caller, own) -> None:
    found = fuzz(server, caller, n_examples=1, seed=20261124)

    assert found.failures == (), found.output
    assert found.is_complete
    assert {own, "GET /v1/session", "POST /v1/recommendations"} <= found.done  # it was let in
    assert found.n_cases >= FEWEST_CASES
    assert found.n_operations == sum(len(methods) for methods in create_app().openapi()["paths"].values())


def test_each_role_is_a_caller() -> None:
    assert {"nobody", "startup", "staff", "office", "admin"} <= set(CALLERS)
