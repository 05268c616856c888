"""Text from outside, made harmless for a terminal."""

import unicodedata

from rich.text import Text

_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"


def plain(text: str) -> str:
    """One line without control characters, invisible or direction-changing ones, or broken code points."""
    return " ".join("".join(_harmless(character) for character in text).split())


def line(text: str, style: str = "") -> Text:
    """The same as a rich text: its brackets are brackets, never markup."""
    return Text(plain(text), style=style, overflow="fold")


def clipped(text: str, n_characters: int) -> str:
    """The plain text, shortened with an ellipsis where it is longer."""
    whole = plain(text)
    return whole if len(whole) <= n_characters else whole[: n_characters - 1].rstrip() + "…"


def _harmless(character: str) -> str:
    if character in _BREAKS:
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") else character  # Cf: zero width, and overrides that reorder a line
