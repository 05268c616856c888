"""The two consoles: answers go to standard output, progress and errors to standard error."""

import sys

from rich.console import Console


def out() -> Console:
    """Plain by default: nothing in a text is read as markup, emoji code or something to highlight."""
    return _console(stderr=False)


def err() -> Console:
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 shows escapes, not a traceback
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)
