"""Each command and each of its options is described in docs/cli.md, and nothing else is."""

import re
from pathlib import Path

import pytest
import typer

from api.cli import app

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## matcher (\w+)\n(.*?)(?=^## |\Z)", DOCS, flags=re.MULTILINE | re.DOTALL))
COMMANDS = typer.main.get_command(app).commands
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def options(name: str) -> set[str]:
    """Of the command, or of all commands in the group."""
    command = COMMANDS[name]
    parameters = [one for part in (command, *getattr(command, "commands", {}).values()) for one in part.params]
    return {option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)}


def test_every_command_of_a_group_has_its_line() -> None:
    groups = {name: list(command.commands) for name, command in COMMANDS.items() if hasattr(command, "commands")}

    assert [one for name, parts in groups.items() for one in parts if f"\n- `{one}` – " not in SECTIONS[name]] == []


def test_every_command_has_its_section() -> None:
    assert set(SECTIONS) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_described_where_its_command_is(name) -> None:
    wanted = {option for option in options(name) if option.startswith("-")}

    assert wanted - {"--help"} <= set(OPTION.findall(SECTIONS[name]))


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_no_option_is_described_that_does_not_exist(name) -> None:
    assert set(OPTION.findall(SECTIONS[name])) <= options(name)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_an_example(name) -> None:
    assert f"\n    matcher {name}" in SECTIONS[name]
