"""What a browser shows as a page runs nothing, loads nothing from elsewhere, and holds no word as markup."""

import re
from html.parser import HTMLParser

import pytest

from api.app import create_app
from tests.security.hostile import IMAGE, SCRIPT

RUNS = {"script", "iframe", "object", "embed", "base", "form", "link"}


class Page(HTMLParser):
    """Its tags, and the names and values of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


def addresses() -> list[str]:
    """Of everything that can be read without naming a record, in the OpenAPI document or not."""
    document = create_app().openapi()["paths"]
    return sorted(
        {path for path, methods in document.items() if "get" in methods and "{" not in path} | {"/how-ranking-works"}
    )


@pytest.fixture(scope="module")
def pages(estate) -> dict[str, tuple[Page, str]]:
    """Every page there is, with its policy."""
    answers = {path: estate.ask("GET", path, {"Accept": "text/html"}) for path in addresses()}
    return {
        path: (Page(answer.text), answer.headers["content-security-policy"])
        for path, answer in answers.items()
        if "text/html" in answer.headers.get("content-type", "")
    }


def test_there_are_pages(pages) -> None:
    assert "/how-ranking-works" in pages


def test_a_page_runs_nothing_and_its_policy_would_not_let_it(pages) -> None:
    for page, policy in pages.values():
        assert page.tags.isdisjoint(RUNS)
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        assert not [value for _, value in page.attributes if (value or "").lower().startswith(("javascript:", "data:"))]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe-eval" not in policy


def test_a_page_loads_nothing_from_elsewhere(pages) -> None:
    for page, policy in pages.values():
        assert not [value for name, value in page.attributes if name == "src"]
        assert re.search(r"https?:|\*", policy) is None


@pytest.mark.parametrize("text", [SCRIPT, IMAGE])
@pytest.mark.parametrize("parameter", ["lang", "q", "request_id"])
def test_a_page_repeats_no_word_of_its_address_as_markup(estate, text, parameter) -> None:
    answer = estate.ask("GET", "/how-ranking-works", {"X-Request-Id": text}, params={parameter: text})

    assert text not in answer.text


@pytest.mark.parametrize("text", [SCRIPT, IMAGE])
def test_a_problem_is_never_taken_for_a_page(estate, text) -> None:
    for path in (f"/{text}", f"/v1/carriers/{text}"):
        answer = estate.ask("GET", path, {"Accept": "text/html"})
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-content-type-options"] == "nosniff"
