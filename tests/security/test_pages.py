"""What a browser shows as a page runs nothing, loads nothing from elsewhere, and holds no word as markup."""

import re
from html.parser import HTMLParser

import pytest
from fastapi.routing import APIRoute

from api.app import create_app
from api.pages.site import ROUTERS
from tests.security.hostile import IMAGE, SCRIPT

RUNS = {"iframe", "object", "embed", "base", "style"}
OWN = "/static/"


class Page(HTMLParser):
    """Its tags, the names and values of their attributes, and where its scripts come from."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.scripts: list[str | None] = []  # where each comes from; None for one that stands in the page
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "script":
            self.scripts.append(dict(attrs).get("src"))
        self.attributes += attrs


def addresses() -> list[str]:
    """Of everything that can be read without naming a record, in the OpenAPI document or not."""
    documented = {path for path, methods in create_app().openapi()["paths"].items() if "get" in methods}
    pages = {
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in route.methods
    }
    return sorted(path for path in documented | pages if "{" not in path)


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


def test_a_page_runs_nothing_that_stands_in_it_and_its_policy_would_not_let_it(pages) -> None:
    for page, policy in pages.values():
        assert page.tags.isdisjoint(RUNS)
        assert all(source and source.startswith(OWN) for source in page.scripts)
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
        assert not [value for _, value in page.attributes if (value or "").lower().startswith(("javascript:", "data:"))]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy


def test_a_page_loads_nothing_from_elsewhere(pages) -> None:
    for page, policy in pages.values():
        assert not [value for name, value in page.attributes if name == "src" and not (value or "").startswith(OWN)]
        assert re.search(r"https?:|\*", policy) is None


@pytest.mark.parametrize("text", [SCRIPT, IMAGE])
@pytest.mark.parametrize("parameter", ["lang", "q", "request_id"])
def test_a_page_repeats_no_word_of_its_address_as_markup(estate, text, parameter) -> None:
    answer = estate.ask("GET", "/how-ranking-works", {"X-Request-Id": text}, params={parameter: text})

    assert text not in answer.text


@pytest.mark.parametrize("text", [SCRIPT, IMAGE])
def test_a_problem_repeats_no_word_of_its_address_as_markup(estate, text) -> None:
    page = estate.ask("GET", f"/{text}", {"Accept": "text/html"})
    answer = estate.ask("GET", f"/v1/carriers/{text}", {"Accept": "text/html"})

    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert text not in page.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert page.headers["x-content-type-options"] == answer.headers["x-content-type-options"] == "nosniff"
