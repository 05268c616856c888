"""Templates, style and documentation of the pages belong together: nothing unused, nothing that a page may not hold."""

import re
from functools import cache
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from jinja2 import nodes

from api.pages.site import ROUTERS
from api.pages.static_files import FOLDER
from api.pages.templating import environment

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "api" / "pages"
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in sorted((PAGES / "templates").iterdir())}
CODE = "\n".join(
    path.read_text(encoding="utf-8") for room in ("pages", "charts") for path in (ROOT / "api" / room).glob("*.py")
)
STYLE = re.sub(r"/\*.*?\*/", "", (PAGES / "static" / "site.css").read_text(encoding="utf-8"), flags=re.DOTALL)
SCRIPT = (PAGES / "static" / "site.js").read_text(encoding="utf-8")
MARKED_SAFE = {  # what is markup already, and why nobody else has written it
    "api/charts/drawing.py": "an XML tree has escaped every word",
    "api/pages/templating.py": "a template has escaped every word",
}
FORBIDDEN = (
    r"<style\b",
    r"\sstyle\s*=",
    r"\son[a-z]+\s*=",
    r"javascript:",
    r"<script(?![^>]*\ssrc=)",
    r"\bhx-on\b",
    r"<(iframe|object|embed|base)\b",
)
FROM_OUTSIDE = {"htmx-request"}  # htmx sets it while it waits

every_template = pytest.mark.parametrize("name", TEMPLATES)


@cache
def parsed(name: str) -> nodes.Template:
    return environment().parse(TEMPLATES[name])


def named_by(name: str) -> set[str]:
    """Templates that this one extends, includes or imports from."""
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    return {one.template.value for one in parsed(name).find_all(kinds)}


def test_every_template_is_used() -> None:
    used = {name for name in TEMPLATES if f'"{name}"' in CODE}
    while more := {other for name in used for other in named_by(name)} - used:
        used |= more

    assert set(TEMPLATES) == used


def test_every_macro_is_used() -> None:
    macros = {one.name for name in TEMPLATES for one in parsed(name).find_all(nodes.Macro)}
    called = {
        one.node.attr if isinstance(one.node, nodes.Getattr) else one.node.name
        for name in TEMPLATES
        for one in parsed(name).find_all(nodes.Call)
        if isinstance(one.node, (nodes.Getattr, nodes.Name))
    }

    assert macros - called == set()


@every_template
def test_no_template_marks_anything_as_safe(name) -> None:
    assert [one.lineno for one in parsed(name).find_all(nodes.Filter) if one.name in ("safe", "forceescape")] == []
    assert list(parsed(name).find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe))) == []


def test_code_makes_markup_where_it_says_why() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "api").rglob("*.py")
        if re.search(r"\bMarkup\(", path.read_text(encoding="utf-8"))
    }

    assert found == set(MARKED_SAFE)


@every_template
def test_no_template_holds_style_or_script_of_its_own(name) -> None:
    assert [found for pattern in FORBIDDEN for found in re.findall(pattern, TEMPLATES[name], re.IGNORECASE)] == []


def styled() -> set[str]:
    """The classes that the style knows."""
    selectors = re.findall(r"([^{}]+)\{", STYLE)
    return {name for one in selectors for name in re.findall(r"\.([a-z][\w-]*)", one)}


def test_every_style_is_used() -> None:
    said = re.findall(r"[\w-]+", "\n".join([*TEMPLATES.values(), CODE, SCRIPT]))
    built = set(re.findall(r"\b([a-z]+-)(?=\{)", "\n".join([*TEMPLATES.values(), CODE])))

    unused = {name for name in styled() - set(said) - FROM_OUTSIDE if not name.startswith(tuple(built))}
    assert unused == set()


def test_every_page_is_in_the_documentation() -> None:
    documented = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
    named = {re.sub(r"\{\w+\}", "{}", one) for one in re.findall(r"`(/[^`]*)`", documented)}
    addresses = {
        re.sub(r"\{\w+\}", "{}", route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in route.methods and not route.path.startswith(FOLDER)
    }

    assert addresses - named == set()
