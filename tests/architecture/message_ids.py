"""Finds every sentence that the program may say, by reading its source."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2.ext import extract_from_ast

from api.pages.templating import environment
from matcher.domain import errors

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "data", "models", "matcher")
TEMPLATES = Path("api/pages/templates")
PASS_THROUGH = {  # hand a text on
    Path("matcher/domain/errors.py"),
    Path("matcher/domain/messages.py"),
    Path("api/pages/templating.py"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, or None where the source does not show which one, and where it stands."""

    text: str | None
    place: str


def sentences_in_code() -> list[Said]:
    trees = {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in _sources()}
    speakers = _error_names(trees.values()) | {"Message"}
    constants = _constants(trees.values())
    return [
        said
        for path, tree in trees.items()
        if path not in PASS_THROUGH
        for said in _said(path, tree, speakers, constants)
    ]


def sentences_in_templates() -> list[Said]:
    """What stands first in `_("…")`; the values of its gaps follow."""
    return [
        Said(found if isinstance(found, str) else found[0], f"{path.relative_to(ROOT)}:{line}")
        for path in sorted((ROOT / TEMPLATES).rglob("*.html"))
        for line, _, found in extract_from_ast(environment().parse(path.read_text(encoding="utf-8")), ("_",))
    ]


def _sources() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def _error_names(trees: Iterable[ast.Module]) -> set[str]:
    """MatcherError and every class below it that takes its sentence first, wherever it is defined."""
    known = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    classes = [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and not _made_otherwise(node)
    ]
    while new := {one.name for one in classes if {_name(base) for base in one.bases} & known} - known:
        known |= new
    return known


def _made_otherwise(node: ast.ClassDef) -> bool:
    return any(isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in node.body)


def _constants(trees: Iterable[ast.Module]) -> dict[str, str]:
    """The texts that stand under a name of their own, by this name."""
    return {
        target.id: node.value.value
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _said(path: Path, tree: ast.Module, speakers: set[str], constants: dict[str, str]) -> Iterator[Said]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _speaks(node.func, speakers):
            for text in _texts(node.args[0], constants):
                yield Said(text, f"{path}:{node.lineno}")


def _speaks(function: ast.expr, speakers: set[str]) -> bool:
    if isinstance(function, ast.Attribute) and function.attr == "of":
        return _name(function.value) == "Message"
    return _name(function) in speakers


def _texts(argument: ast.expr, constants: dict[str, str]) -> list[str | None]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    if isinstance(argument, ast.IfExp):
        return _texts(argument.body, constants) + _texts(argument.orelse, constants)
    return [constants.get(_name(argument) or "")]


def _name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None
