"""The kinds of plots: bars with intervals or in any width, reliability, and heat maps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan

from markupsafe import Markup

from api.charts.drawing import Drawing, clipped, in_two_lines, share, width_of

LABELS, BARS, VALUES = 380, 260, 60  # widths of the three columns of a bar chart
ROW = 24
THICK = 12  # a bar that fills the width
WIDEST_NAME = 560
LONGEST = 0.84  # of the width: the rest is for the value beside it
PLOT, MARGIN = 260, 44
CELL, CELL_HEIGHT, NAME, LINE = 68, 32, 180, 14  # NAME is the room of a row's name, in two lines at most
LARGEST_OPACITY = 0.6  # so that the number in a cell stays readable
LEAST_DOT, LARGEST_DOT = 3, 8
SLANTED = 190  # room of a slanted name
RISE, RUN = 0.64, 0.77  # how far it goes up and to the right, in its own widths
GRID = (0.25, 0.5, 0.75, 1.0)

Say = Callable[[float], str]  # a number as the reader's language writes it


@dataclass(frozen=True, slots=True)
class Bar:
    """NaN where something is not known."""

    label: str
    value: float
    low: float
    high: float
    strong: bool = False
    unknown: str = "–"  # what stands there where the value is not known


@dataclass(frozen=True, slots=True)
class Dot:
    promised: float
    true: float
    n: int


@dataclass(frozen=True, slots=True)
class Row:
    """Of a heat map: each cell has a value and the words that stand in it."""

    label: str
    cells: Sequence[tuple[float, str]]
    tips: Sequence[str] = ()  # what each cell says to whom it is pointed out; none where it is plain


def bars(title: str, description: str, rows: Sequence[Bar], say: Say, largest: float) -> Markup:
    """Horizontal bars on one scale from 0 to `largest`, with their intervals as lines."""
    labels = min(LABELS, max((width_of(row.label) for row in rows), default=0) + 8)
    drawing = Drawing(labels + BARS + VALUES, ROW * len(rows) + 8, title, description)

    def place(value: float) -> float:
        return labels + 4 + BARS * min(1.0, value / largest if largest else 0)

    for part in GRID:
        drawing.line(place(part * largest), 0, place(part * largest), ROW * len(rows) + 4, "grid")
    for number, row in enumerate(rows):
        top = ROW * number + 4
        drawing.text(labels, top + 14, clipped(row.label, labels), "end", "strong" if row.strong else "")
        if isnan(row.value):
            drawing.text(place(0) + 6, top + 14, row.unknown)
            continue
        drawing.box(place(0), top + 3, place(row.value) - place(0), ROW - 9, "main" if row.strong else "bar")
        end = row.value
        if not isnan(row.low):
            drawing.line(place(row.low), top + 10, place(row.high), top + 10, "interval")
            end = max(end, row.high)
        drawing.text(place(end) + 6, top + 14, say(row.value))
    return drawing.markup()


def wide_bars(title: str, description: str, rows: Sequence[Bar], say: Say, largest: float) -> Markup:
    """The same without intervals in whatever width there is: the name above its bar, none where the name is empty."""
    heights = [THICK + 6 + (ROW if row.label else 0) for row in rows]
    drawing = Drawing(None, sum(heights), title, description)
    top = 0
    for row, height in zip(rows, heights, strict=True):
        if row.label:
            drawing.text(0, top + ROW - 5, clipped(row.label, WIDEST_NAME), style="strong" if row.strong else "")
        bottom = top + height - 4
        if isnan(row.value):
            drawing.text(0, bottom - 1, row.unknown)
        else:
            long = LONGEST * min(1.0, row.value / largest if largest else 0)
            drawing.box(0, bottom - THICK, share(long), THICK, "main" if row.strong else "bar")
            drawing.text(share(long), bottom - 1, say(row.value), beside=6)
        top += height
    return drawing.markup()


def reliability(title: str, description: str, axes: tuple[str, str], dots: Sequence[Dot], say: Say) -> Markup:
    """What came true over what was promised; the larger a dot, the more predictions it stands for."""
    side = PLOT + 2 * MARGIN
    drawing = Drawing(side, side - 8, title, description)

    def across(value: float) -> float:
        return MARGIN + PLOT * value

    def up(value: float) -> float:
        return MARGIN / 2 + PLOT * (1 - value)

    for part in (0.0, *GRID):
        drawing.line(across(0), up(part), across(1), up(part), "grid")
        drawing.line(across(part), up(0), across(part), up(1), "grid")
        drawing.text(across(0) - 6, up(part) + 4, say(part), "end", "small")
        drawing.text(across(part), up(0) + 16, say(part), "middle", "small")
    drawing.line(across(0), up(0), across(1), up(1), "ideal")
    most = max((dot.n for dot in dots), default=1)
    for dot in dots:
        radius = LEAST_DOT + (LARGEST_DOT - LEAST_DOT) * dot.n / most
        drawing.line(across(dot.promised), up(dot.promised), across(dot.promised), up(dot.true), "gap")
        drawing.dot(across(dot.promised), up(dot.true), radius, "main")
    drawing.text(across(0.5), up(0) + 34, axes[0], "middle", "small")
    drawing.text(across(0), up(1) - 8, axes[1], "start", "small")
    return drawing.markup()


def heat_map(title: str, description: str, rows: Sequence[Row], columns: Sequence[str]) -> Markup:
    """Values with the words that stand in their cells; the largest value is darkest, NaN and 0 stay empty."""
    lines = [in_two_lines(row.label, NAME) for row in rows]
    labels = max((width_of(line) for some in lines for line in some), default=0) + 8
    names = [clipped(column, SLANTED) for column in columns]
    longest = max((width_of(name) for name in names), default=0)
    head, overhang = longest * RISE + 24, longest * RUN
    width = labels + 4 + CELL * len(columns) + max(8, overhang - CELL / 2 + 8)
    drawing = Drawing(width, head + CELL_HEIGHT * len(rows) + 4, title, description)
    most = max((value for row in rows for value, _ in row.cells if not isnan(value)), default=0)
    for number, name in enumerate(names):
        drawing.slanted(labels + 4 + CELL * (number + 0.5), head - 8, name)
    for place, row in enumerate(rows):
        top = head + CELL_HEIGHT * place
        for number, line in enumerate(lines[place]):
            down = LINE * (number - (len(lines[place]) - 1) / 2)
            drawing.text(labels - 4, top + CELL_HEIGHT / 2 + 4 + down, line, "end")
        for number, (value, words) in enumerate(row.cells):
            left = labels + 4 + CELL * number
            dark = value / most if most and not isnan(value) else 0.0
            tip = row.tips[number] if row.tips else ""
            drawing.box(left + 1, top + 1, CELL - 2, CELL_HEIGHT - 2, "cell", LARGEST_OPACITY * dark, tip)
            drawing.text(left + CELL / 2, top + CELL_HEIGHT / 2 + 4, words, "middle")
    return drawing.markup()
