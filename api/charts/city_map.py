"""A scheme of a city: districts as blocks, in each of them carriers as marks with their names, each a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.charts.drawing import Drawing, wrapped

WIDTH, GAP, EDGE = 304, 22, 14  # of a block; between blocks; inside a block
HEAD, LINE, BETWEEN = 40, 17, 9  # heights: of a block's heading, of a line of a name, between names
MARK, MARK_GAP = 14, 4
MOST_LINES = 3
RIVER, BANK = 76, 18
STARTS = (120, 0, 46)  # where the columns of the wide scheme begin, so that no grid hides the shape of a city
SHAPES = {  # by chain, around (0, 0), as tall as a mark
    "equipment": "M-6 -6H6V6H-6Z",
    "materials": "M0 -7.4 7.4 0 0 7.4 -7.4 0Z",
    "aerospace": "M0 -7.4 7.6 6.2H-7.6Z",
    "biomed": "M-7 0A7 7 0 1 1 7 0A7 7 0 1 1 -7 0Z",
    "": "M-4 0A4 4 0 1 1 4 0A4 4 0 1 1 -4 0Z",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A carrier: one shape for each of the four chains it works in, hollow where it is not open yet."""

    name: str
    href: str
    chains: Sequence[str]
    is_open: bool
    is_core: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A district; `column` counts from the west. Blocks of one column stand in their order."""

    name: str
    column: int
    marks: Sequence[Mark]
    more: str = ""  # said below where not all of its carriers are shown
    more_href: str = ""
    is_known: bool = True  # False for what no district is known of


def wide_map(title: str, description: str, blocks: Sequence[Block], river: str, n_columns: int) -> Markup:
    """Columns beside each other, the river to their right, what has no district below."""
    tops = [float(STARTS[column % len(STARTS)] + BANK) for column in range(n_columns)]
    placed = []
    for block in blocks:
        if block.is_known:
            column = block.column % n_columns
            placed.append((block, GAP + column * (WIDTH + GAP), tops[column]))
            tops[column] += _height(block) + GAP
    bottom = max(tops)
    others = [block for block in blocks if not block.is_known]
    width = GAP + n_columns * (WIDTH + GAP) + RIVER
    height = bottom + sum(_height(block, n_columns) + GAP for block in others)
    drawing = Drawing(width, height, title, description, holds_links=True)
    if river:
        wave = f"q -16 {height / 8} 0 {height / 4} t 0 {height / 4} t 0 {height / 4} t 0 {height / 4}"
        drawing.shape(f"M {width - RIVER + 14} 0 {wave} H {width} V 0 Z", "river")
        drawing.text(width - RIVER / 2 + 6, height / 3, river, "middle", "soft")
    for block, x, y in placed:
        _draw(drawing, block, x, y, 1)
    for block in others:
        _draw(drawing, block, GAP, bottom, n_columns)
        bottom += _height(block, n_columns) + GAP
    return drawing.markup()


def narrow_map(title: str, description: str, blocks: Sequence[Block], river: str) -> Markup:
    """One block below the other, for a screen that is held in a hand; the river flows along the top."""
    height = 44 + sum(_height(block) + GAP for block in blocks)
    width = WIDTH + 24
    drawing = Drawing(width, height, title, description, holds_links=True)
    if river:
        wave = f"q -{width / 8} 14 -{width / 4} 0" + f" t -{width / 4} 0" * 3
        drawing.shape(f"M 0 0 H {width} V 24 {wave} Z", "river")
        drawing.text(width / 2, 17, river, "middle", "soft")
    top = 44.0
    for block in blocks:
        _draw(drawing, block, 12, top, 1)
        top += _height(block) + GAP
    return drawing.markup()


def _draw(drawing: Drawing, block: Block, x: float, y: float, n_columns: int) -> None:
    """At its place; what has no district spreads over all columns."""
    width = n_columns * WIDTH + (n_columns - 1) * GAP
    drawing.box(x, y, width, _height(block, n_columns), "district" if block.is_known else "district unplaced")
    drawing.text(x + EDGE, y + 25, block.name, style="strong")
    for column, marks in enumerate(_shared_out(block.marks, n_columns)):
        left, top = x + EDGE + column * (WIDTH + GAP), y + HEAD
        for mark in marks:
            top += _draw_mark(drawing, mark, left, top)
    if block.more:
        with drawing.link(block.more_href):
            drawing.text(x + EDGE, y + _height(block, n_columns) - EDGE, block.more)


def _draw_mark(drawing: Drawing, mark: Mark, x: float, y: float) -> float:
    """How tall it is."""
    shapes, lines = mark.chains or ("",), _lines(mark)
    with drawing.link(mark.href):
        for number, chain in enumerate(shapes):
            place = x + MARK / 2 + number * (MARK + MARK_GAP), y + 9
            style = f"chain-{chain or 'none'}" + ("" if mark.is_open else " hollow")
            drawing.shape_at(SHAPES[chain], *place, style)
        if mark.is_core:
            drawing.dot(x + MARK / 2, y + 9, MARK * 0.8, "ring")
        for number, line in enumerate(lines):
            drawing.text(x + _indent(mark), y + 14 + number * LINE, line, style="strong" if mark.is_core else "")
    return len(lines) * LINE + BETWEEN


def _lines(mark: Mark) -> list[str]:
    return wrapped(mark.name, WIDTH - 2 * EDGE - _indent(mark), MOST_LINES)


def _indent(mark: Mark) -> float:
    return max(1, len(mark.chains)) * (MARK + MARK_GAP) + 8


def _height(block: Block, n_columns: int = 1) -> float:
    columns = _shared_out(block.marks, n_columns)
    tallest = max((sum(len(_lines(mark)) * LINE + BETWEEN for mark in marks) for marks in columns), default=0)
    return HEAD + tallest + (LINE + 8 if block.more else 0) + 4


def _shared_out(marks: Sequence[Mark], n_columns: int) -> list[Sequence[Mark]]:
    each = -(-len(marks) // n_columns)
    return [marks[number * each : (number + 1) * each] for number in range(n_columns)]
