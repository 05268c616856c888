"""Lines over sizes, both on scales of powers of ten: a straight line is a power, and its slope the exponent."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from markupsafe import Markup

from api.charts.drawing import Drawing, width_of

WIDTH, HEIGHT = 460, 260
LEFT, TOP, BOTTOM = 64, 16, 46
STYLES = ("main", "bar", "interval")  # of the lines, in order
RADIUS = 4
LEAST = 1e-6  # what is smaller is drawn as this


@dataclass(frozen=True, slots=True)
class Line:
    """One of them, with the words that stand at its end."""

    label: str
    points: Sequence[tuple[float, float]]


def growth(title: str, description: str, axes: tuple[str, str], lines: Sequence[Line]) -> Markup:
    """At least one line with a point; `axes` are the words below and above."""
    xs = [log10(x) for line in lines for x, _ in line.points]
    ys = [log10(max(y, LEAST)) for line in lines for _, y in line.points]
    across, up = _scale(xs), _scale(ys)
    room = max(width_of(line.label) for line in lines) + 20
    drawing = Drawing(LEFT + WIDTH + room, TOP + HEIGHT + BOTTOM, title, description)

    def place(x: float, y: float) -> tuple[float, float]:
        right, high = (log10(max(value, LEAST)) for value in (x, y))
        return (
            LEFT + WIDTH * (right - across[0]) / (across[1] - across[0]),
            TOP + HEIGHT * (1 - (high - up[0]) / (up[1] - up[0])),
        )

    for power in range(across[0], across[1] + 1):
        x, _ = place(10.0**power, 1)
        drawing.line(x, TOP, x, TOP + HEIGHT, "grid")
        drawing.text(x, TOP + HEIGHT + 18, f"{10.0**power:,.10g}", "middle", "small")
    for power in range(up[0], up[1] + 1):
        _, y = place(1, 10.0**power)
        drawing.line(LEFT, y, LEFT + WIDTH, y, "grid")
        drawing.text(LEFT - 6, y + 4, f"{10.0**power:,.10g}", "end", "small")
    for number, line in enumerate(lines):
        style = STYLES[number % len(STYLES)]
        places = [place(*point) for point in line.points]
        for (x1, y1), (x2, y2) in pairwise(places):
            drawing.line(x1, y1, x2, y2, "ideal")
        for x, y in places:
            drawing.dot(x, y, RADIUS, style)
        drawing.text(places[-1][0] + 10, places[-1][1] + 4, line.label)
    drawing.text(LEFT + WIDTH / 2, TOP + HEIGHT + 38, axes[0], "middle", "small")
    drawing.text(LEFT, TOP - 4, axes[1], "start", "small")
    return drawing.markup()


def _scale(values: Sequence[float]) -> tuple[int, int]:
    """Whole powers of ten around all values, at least one apart."""
    low, high = floor(min(values)), ceil(max(values))
    return low, max(high, low + 1)
