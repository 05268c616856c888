"""Text from outside cannot steer a terminal."""

from io import StringIO

import pytest
from rich.console import Console

from api.terminal.bars import bar
from api.terminal.plain import clipped, line, plain


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07text", "]0;titletext"),
        ("\x9b31mred", "31mred"),
        ("over\rwritten", "over written"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("right\u202eto left", "rightto left"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("null\x00byte", "nullbyte"),
    ],
)
def test_control_characters_do_not_get_through(hostile, harmless) -> None:
    assert plain(hostile) == harmless


def test_text_in_three_languages_stays_as_it_is() -> None:
    assert plain("孵化器、Gründerzentrum, “incubator” 🚀") == "孵化器、Gründerzentrum, “incubator” 🚀"


def test_brackets_are_never_markup() -> None:
    console = Console(file=StringIO(), force_terminal=True, width=80)

    console.print(line("[bold red]A[/] :rocket: [link=x]B[/link]"))

    assert "[bold red]A[/] :rocket: [link=x]B[/link]" in console.file.getvalue()


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert clipped("one two three", 20) == "one two three"
    assert clipped("one two three", 8) == "one two…"


def test_a_bar_is_as_long_as_its_share() -> None:
    assert bar(0.0, 4) == "    "
    assert bar(1.0, 4) == "████"
    assert bar(0.5, 4) == "██  "
    assert bar(0.001, 4) == "▏   "
    assert bar(7.0, 2) == "██"
