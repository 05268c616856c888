"""The house is in order: targets explained, pins complete, links whole, nothing that holds on one machine only."""

import re
import subprocess
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command

from api.cli import app
from api.settings import Settings

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = dict(
    line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"
)
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")

# Split, so that this file does not find itself.
FOLDERS = "|".join(("home", "root", "work", "Users", "opt/" + "wheels"))
A_MACHINES_PATH = re.compile(rf"(?<![\w.:/$}}-])(?:/(?:{FOLDERS})/\w|[A-Z]:\\Users)")
REGISTRY_HOSTS = re.compile("|".join((r"py" r"pi\.org", r"python" r"hosted\.org", r"npm" r"js\.", r"deb" r"ian\.org")))


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def committed_files() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def committed_pages() -> list[Path]:
    return [path for path in committed_files() if path.suffix == ".md"]


def targets() -> set[str]:
    """What can be made and is not a file."""
    return set(re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)[1].split())


def commands_shown() -> list[list[str]]:
    """The commands in README's fenced blocks, word by word."""
    lines = [line for block in FENCED.findall(read("README.md")) for line in block.splitlines()]
    return [line.split() for line in lines if line.startswith(("make ", ".venv/bin/matcher "))]


# Make


def test_make_help_explains_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    explained = dict(re.findall(r"^ +make ([a-z-]+) +(\S.*)$", shown, re.MULTILINE))
    assert set(explained) == targets()


def test_every_rule_that_makes_no_file_is_phony() -> None:
    rules = set(re.findall(r"^([a-z-]+):(?!=)", read("Makefile"), re.MULTILINE))

    assert rules == targets()


# Pins


def requirements_of(name: str, extras: frozenset[str]) -> list[Requirement]:
    """What a package and its extras ask for on this machine."""
    asked = [Requirement(line) for line in requires(name) or ()]
    worlds = [{"extra": extra} for extra in extras | {""}]
    return [one for one in asked if not one.marker or any(one.marker.evaluate(world) for world in worlds)]


def test_everything_that_the_project_brings_is_pinned_and_installed_as_pinned() -> None:
    pins = {canonicalize_name(name): pin for name, pin in PINS.items()}
    todo = [("matcher", frozenset({"dev"}))]
    seen = set(todo)
    for name, extras in todo:  # grows while it is read
        for wanted in requirements_of(name, extras):
            found = (canonicalize_name(wanted.name), frozenset(wanted.extras))
            if found not in seen:
                seen.add(found)
                todo.append(found)

    installed = {name: version(name).partition("+")[0] for name, _ in seen if name != "matcher"}
    assert installed.items() <= pins.items()


# Pages


def test_every_command_in_the_readme_exists() -> None:
    known = {"make": targets(), ".venv/bin/matcher": set(get_command(app).commands)}

    shown = commands_shown()

    assert {program for program, *_ in shown} == set(known)
    assert [words for words in shown if words[1] not in known[words[0]]] == []


@pytest.mark.needs("git")
def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in committed_pages()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


@pytest.mark.needs("git")
def test_every_page_of_the_documentation_is_in_its_index() -> None:
    pages = {page for page in committed_pages() if page.is_relative_to(ROOT / "docs")} - {ROOT / "docs" / "README.md"}

    linked = {(ROOT / "docs" / target).resolve() for target in LINK.findall(read("docs/README.md"))}

    assert pages <= linked


def test_every_setting_is_explained_to_who_runs_the_server() -> None:
    names = {f"MATCHER_{name.upper()}" for name in Settings.model_fields}

    assert set(re.findall(r"^\| `(MATCHER_\w+)`", read("docs/operations.md"), re.MULTILINE)) == names


def test_the_changelog_opens_with_the_current_version() -> None:
    versions = re.findall(r"^## \[([\d.]+)\]", read("CHANGELOG.md"), re.MULTILINE)

    assert versions[0] == PROJECT["version"]


# What is committed


@pytest.mark.needs("git")
@pytest.mark.parametrize("forbidden", [A_MACHINES_PATH, REGISTRY_HOSTS], ids=["a machine's path", "a registry's host"])
def test_no_committed_text_holds(forbidden) -> None:
    found = []
    for path in committed_files():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # weights
        found += [
            f"{path.relative_to(ROOT)}:{number}" for number, line in enumerate(lines, 1) if forbidden.search(line)
        ]

    assert found == []
