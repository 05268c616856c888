"""Keeps a spreadsheet from taking a text for a formula, and gives the text back unchanged."""

STARTS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
QUOTE = "'"  # what spreadsheets themselves put before a text that is to stay one


def neutral(text: str) -> str:
    """The text, quoted where it would start a formula or looks quoted already."""
    return QUOTE + text if _needs_quote(text) else text


def original(text: str) -> str:
    """The way back; a quote that stands before anything else is the text's own."""
    return text[1:] if text[:1] == QUOTE and _needs_quote(text[1:]) else text


def _needs_quote(text: str) -> bool:
    return text[:1] == QUOTE or text.lstrip(" ")[:1] in STARTS_FORMULA if text.strip(" ") else False
