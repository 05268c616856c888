"""Draws into SVG through an XML tree, so that no name can become markup; colours come from the page's style."""

from itertools import count
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

TEXT_SIZE = 13
WIDE, NARROW = 1.0, 0.6  # of a character, in sizes of the text
Number = float | int


class Drawing:
    """One picture with a name and a description for those who cannot see it."""

    _numbers = count(1)

    def __init__(self, width: Number, height: Number, title: str, description: str) -> None:
        number = next(self._numbers)
        names = f"title-{number}", f"description-{number}"
        self._svg = Element(
            "svg",
            {
                "viewBox": f"0 0 {_short(width)} {_short(height)}",
                "width": _short(width),
                "role": "img",
                "aria-labelledby": " ".join(names),
            },
        )
        for tag, name, words in (("title", names[0], title), ("desc", names[1], description)):
            SubElement(self._svg, tag, {"id": name}).text = words

    def line(self, x1: Number, y1: Number, x2: Number, y2: Number, style: str) -> None:
        self._add("line", style, x1=x1, y1=y1, x2=x2, y2=y2)

    def box(
        self, x: Number, y: Number, width: Number, height: Number, style: str, opacity: float = 1.0, tip: str = ""
    ) -> None:
        """`opacity` is of the filling, in [0, 1]; `tip` is shown to whom points at it."""
        box = self._add("rect", style, x=x, y=y, width=max(0, width), height=height)
        if opacity != 1:
            box.set("fill-opacity", _short(opacity))
        if tip:
            SubElement(box, "title").text = tip

    def dot(self, x: Number, y: Number, radius: Number, style: str) -> None:
        self._add("circle", style, cx=x, cy=y, r=radius)

    def text(self, x: Number, y: Number, words: str, anchor: str = "start", style: str = "") -> None:
        """`anchor` is start, middle or end."""
        element = self._add("text", style, x=x, y=y)
        if anchor != "start":
            element.set("text-anchor", anchor)
        element.text = words

    def slanted(self, x: Number, y: Number, words: str) -> None:
        """Words that rise to the right from this point."""
        element = self._add("text", "", x=x, y=y)
        element.set("transform", f"rotate(-40 {_short(x)} {_short(y)})")
        element.text = words

    def markup(self) -> Markup:
        """Safe as it is: the tree has escaped every word."""
        return Markup(tostring(self._svg, encoding="unicode"))

    def _add(self, tag: str, style: str, **numbers: Number) -> Element:
        attributes = {name: _short(value) for name, value in numbers.items()}
        return SubElement(self._svg, tag, attributes | ({"class": style} if style else {}))


def width_of(words: str) -> float:
    """About how wide a text is, in units of the drawing."""
    return TEXT_SIZE * sum(WIDE if east_asian_width(one) in "WF" else NARROW for one in words)


def clipped(words: str, room: float) -> str:
    """The text, with its end left out where it is wider than the room."""
    if width_of(words) <= room:
        return words
    while words and width_of(words) > room - TEXT_SIZE:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _short(value: Number) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
