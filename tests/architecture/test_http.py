"""Each error has a problem, each endpoint and setting is documented, rooms import one way."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.metrics import Metrics
from api.problem_kinds import BY_STATUS, KINDS, Kind
from api.schemas.answer_models import AnswerOut
from api.schemas.examples import ANSWER, REQUESTS
from api.schemas.requests import RecommendationIn
from api.settings import Settings
from matcher.domain import errors
from matcher.domain.errors import MatcherError

ROOT = Path(__file__).parents[2]
METHODS = {"get", "post", "put", "patch", "delete"}
HEADING = re.compile(r"^### `([A-Z]+) (/\S*)`$", re.MULTILINE)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app().openapi()


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                yield method.upper(), path, operation


def tree(error: type[MatcherError]) -> Iterator[type[MatcherError]]:
    yield error
    for below in error.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from tree(below)


def kinds() -> list[Kind]:
    return [*KINDS.values(), *BY_STATUS.values()]


def test_every_error_has_a_problem_of_its_own() -> None:
    assert set(KINDS) == set(tree(MatcherError))


def test_every_kind_of_problem_has_one_status() -> None:
    assert len({(kind.slug, kind.status) for kind in kinds()}) == len({kind.slug for kind in kinds()})


def test_every_kind_of_problem_is_in_the_documentation(page: str) -> None:
    missing = [kind.slug for kind in kinds() if f"| `{kind.slug}` | {kind.status} |" not in page]

    assert missing == []


def test_the_documentation_describes_the_endpoints_that_exist_and_no_others(
    document: dict[str, Any], page: str
) -> None:
    assert set(HEADING.findall(page)) == {(method, path) for method, path, _ in operations(document)}


def test_every_endpoint_has_an_example_to_copy(page: str) -> None:
    for method, path in HEADING.findall(page):
        section = page.partition(f"### `{method} {path}`")[2].partition("\n### ")[0]
        assert "curl" in section, path


def test_every_setting_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    missing = [name for name in Settings.model_fields if f"`MATCHER_{name.upper()}`" not in page]

    assert missing == []


def test_every_metric_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    metrics = re.findall(r"^# TYPE (matcher_\w+) (\w+)$", Metrics().text().decode(), re.MULTILINE)

    assert metrics
    assert [name for name, _ in metrics if not name.endswith("_created") and f"`{name}`" not in page] == []


def test_the_openapi_document_is_of_version_3_1_and_whole(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    references = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert references <= set(document["components"]["schemas"])
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_every_endpoint_under_v1_documents_its_problems(document: dict[str, Any]) -> None:
    for _, path, operation in operations(document):
        if path.startswith("/v1/"):
            problems = {
                status
                for status, response in operation["responses"].items()
                if "application/problem+json" in response.get("content", {})
            }
            assert {"422", "500", "503"} <= problems, path


def test_every_endpoint_documents_its_answer(document: dict[str, Any]) -> None:
    for _, path, operation in operations(document):
        assert operation["summary"], path
        if "204" in operation["responses"]:
            continue
        [answer] = [operation["responses"][status] for status in ("200", "201") if status in operation["responses"]]
        assert answer["content"], path
        assert answer["description"], path
        if path == "/metrics":
            continue
        if path.endswith((".{form}", ".csv")):
            assert {content["schema"]["format"] for content in answer["content"].values()} == {"binary"}, path
        else:
            assert set(answer["content"]["application/json"]["schema"]) == {"$ref"}, path


def test_the_example_answer_is_a_complete_answer() -> None:
    assert AnswerOut.model_validate(ANSWER).model_dump() == ANSWER
    assert ANSWER["matches"]


def test_there_is_an_example_request_in_each_language() -> None:
    assert set(REQUESTS) == {"zh", "en", "de"}
    for example in REQUESTS.values():
        RecommendationIn.model_validate(example["value"])


def test_rooms_import_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout
