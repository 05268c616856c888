"""Draws into SVG through an XML tree, so that no name can become markup; colours come from the page's style."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

TEXT_SIZE = 13
WIDE, NARROW = 1.0, 0.6  # of a character, in sizes of the text
# What no line breaks: a word, or one character of a script without blanks with what may not begin a line.
PIECE = re.compile(r"[^\s\-\u2e80-\uffef]+[-\s]*|-+\s*|[\u2e80-\uffef][，。、；：）」』]*\s*|\s+")
Number = float | int
Place = Number | str  # a text is a share of the width, such as "37.5%"


class Drawing:
    """One picture with a name and a description for those who cannot see it.

    Without a width it fills what room there is: places across are shares of the width, and the text keeps its size.
    """

    _numbers = count(1)

    def __init__(
        self, width: Number | None, height: Number, title: str, description: str, *, holds_links: bool = False
    ) -> None:
        """What holds links is a group of things to reach, not one image."""
        number = next(self._numbers)
        names = f"title-{number}", f"description-{number}"
        if width is None:
            size = {"width": "100%", "height": _short(height)}
        else:
            size = {"viewBox": f"0 0 {_short(width)} {_short(height)}", "width": _short(width)}
        role = "group" if holds_links else "img"
        self._svg = Element("svg", size | {"role": role, "aria-labelledby": " ".join(names)})
        for tag, name, words in (("title", names[0], title), ("desc", names[1], description)):
            SubElement(self._svg, tag, {"id": name}).text = words
        self._inside = self._svg

    @contextmanager
    def link(self, href: str) -> Iterator[None]:
        """What is drawn meanwhile leads there."""
        self._inside = SubElement(self._svg, "a", {"href": href})
        yield
        self._inside = self._svg

    def line(self, x1: Place, y1: Number, x2: Place, y2: Number, style: str) -> None:
        self._add("line", style, x1=x1, y1=y1, x2=x2, y2=y2)

    def box(
        self, x: Place, y: Number, width: Place, height: Number, style: str, opacity: float = 1.0, tip: str = ""
    ) -> None:
        """`opacity` is of the filling, in [0, 1]; `tip` is shown to whom points at it."""
        box = self._add(
            "rect", style, x=x, y=y, width=width if isinstance(width, str) else max(0, width), height=height
        )
        if opacity != 1:
            box.set("fill-opacity", _short(opacity))
        if tip:
            SubElement(box, "title").text = tip

    def dot(self, x: Number, y: Number, radius: Number, style: str) -> None:
        self._add("circle", style, cx=x, cy=y, r=radius)

    def shape(self, path: str, style: str) -> None:
        """`path` is written as SVG writes it; only numbers and letters of ours may go into it."""
        SubElement(self._inside, "path", {"d": path, "class": style})

    def shape_at(self, path: str, x: Number, y: Number, style: str) -> None:
        """A shape drawn around (0, 0), moved to this point."""
        place = f"translate({_short(x)} {_short(y)})"
        SubElement(self._inside, "path", {"d": path, "class": style, "transform": place})

    def text(self, x: Place, y: Number, words: str, anchor: str = "start", style: str = "", beside: Number = 0) -> None:
        """`anchor` is start, middle or end; `beside` is how far the words stand from their place."""
        element = self._add("text", style, x=x, y=y)
        if anchor != "start":
            element.set("text-anchor", anchor)
        if beside:
            element.set("dx", _short(beside))
        element.text = words

    def slanted(self, x: Number, y: Number, words: str) -> None:
        """Words that rise to the right from this point."""
        element = self._add("text", "", x=x, y=y)
        element.set("transform", f"rotate(-40 {_short(x)} {_short(y)})")
        element.text = words

    def markup(self) -> Markup:
        """Safe as it is: the tree has escaped every word."""
        return Markup(tostring(self._svg, encoding="unicode"))

    def _add(self, tag: str, style: str, **numbers: Place) -> Element:
        attributes = {name: _short(value) for name, value in numbers.items()}
        return SubElement(self._inside, tag, attributes | ({"class": style} if style else {}))


def width_of(words: str) -> float:
    """About how wide a text is, in units of the drawing."""
    return TEXT_SIZE * sum(WIDE if east_asian_width(one) in "WF" else NARROW for one in words)


def wrapped(words: str, room: float, most_lines: int) -> list[str]:
    """The text in lines as wide as the room, broken where its language may break; the last one is clipped."""
    lines, pieces = [""], PIECE.findall(words)
    for number, piece in enumerate(pieces):
        if width_of(lines[-1] + piece.rstrip()) <= room or not lines[-1]:
            lines[-1] += piece
        elif len(lines) < most_lines:
            lines.append(piece)
        else:
            lines[-1] += "".join(pieces[number:])
            break
    return [clipped(line.rstrip(), room) for line in lines]


def clipped(words: str, room: float) -> str:
    """The text, with its end left out where it is wider than the room."""
    if width_of(words) <= room:
        return words
    while words and width_of(words) > room - TEXT_SIZE:
        words = words[:-1]
    return f"{words.rstrip()}…"


def in_two_lines(words: str, room: float) -> list[str]:
    """The text as one line, or as two of about the same width where one is wider than the room; ends are left out."""
    if width_of(words) <= room:
        return [words]
    breaks = [n for n, one in enumerate(words) if n and (one == " " or east_asian_width(one) in "WF")] or [len(words)]
    middle = min(breaks, key=lambda n: abs(width_of(words[:n]) - width_of(words) / 2))
    return [clipped(line, room) for line in (words[:middle], words[middle:].strip()) if line]


def share(value: float) -> str:
    """Of the width, from a value in [0, 1]."""
    return f"{_short(100 * value)}%"


def _short(value: Place) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
