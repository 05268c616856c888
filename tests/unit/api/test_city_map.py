"""The scheme of a city: names that fit, marks that lead somewhere, and nothing lost."""

from xml.etree import ElementTree

import pytest

from api.charts.city_map import Block, Mark, narrow_map, wide_map
from api.charts.drawing import width_of, wrapped
from tests.security.hostile import SCRIPT


def a_mark(name: str = "Incubator", **changes) -> Mark:
    return Mark(
        **{"name": name, "href": "/carriers/cn1", "chains": ("biomed",), "is_open": True, "is_core": False} | changes
    )


def maps(*blocks: Block) -> list[ElementTree.Element]:
    both = wide_map("Title", "Words", blocks, "River", 3), narrow_map("Title", "Words", blocks, "River")
    return [ElementTree.fromstring(one) for one in both]


@pytest.mark.parametrize(
    "words",
    ["Innovation Park for New Aviation Materials", "太仓市生物医药产业园生物医药创业孵化基地（众创空间）", "x" * 90,
     "Universitäts-Wissenschaftspark-Verwaltungsgesellschaft"],
)  # fmt: skip
def test_a_name_is_broken_into_lines_that_fit(words) -> None:
    lines = wrapped(words, 180, 3)

    assert 1 <= len(lines) <= 3
    assert all(width_of(line) <= 180 for line in lines)


def test_a_name_is_broken_between_words_and_loses_none() -> None:
    assert wrapped("Park for intelligent plants", 120, 3) == ["Park for", "intelligent", "plants"]


def test_every_carrier_is_a_link_in_both_schemes() -> None:
    blocks = [
        Block("Port", 2, [a_mark(href="/carriers/a")]),
        Block("Town", 0, [a_mark(href="/carriers/b", chains=("equipment", "materials")), a_mark(href="/carriers/c")]),
        Block("Unknown", 0, [a_mark(href=f"/carriers/u{n}", chains=()) for n in range(5)], is_known=False),
    ]
    wanted = {"/carriers/a", "/carriers/b", "/carriers/c", *(f"/carriers/u{n}" for n in range(5))}

    for drawn in maps(*blocks):
        assert {link.get("href") for link in drawn.iter("a")} == wanted
        assert drawn.get("role") == "group"


def test_marks_stay_within_the_picture() -> None:
    blocks = [Block(f"District {n}", n % 3, [a_mark("A very long name of a park " * 3)] * 9) for n in range(6)]

    for drawn in maps(*blocks):
        _, _, width, height = map(float, drawn.get("viewBox").split())
        boxes = [one for one in drawn.iter("rect") if "district" in one.get("class", "")]
        assert len(boxes) == 6
        for one in boxes:
            assert float(one.get("x")) + float(one.get("width")) <= width
            assert float(one.get("y")) + float(one.get("height")) <= height


def test_blocks_of_a_column_do_not_lie_on_each_other() -> None:
    for drawn in maps(*[Block(f"District {n}", n % 2, [a_mark()] * (n + 1)) for n in range(6)]):
        boxes = [tuple(float(one.get(side)) for side in ("x", "y", "height")) for one in drawn.iter("rect")]
        for x, y, height in boxes:
            below = [other for other in boxes if other[0] == x and other[1] > y]
            assert all(other[1] >= y + height for other in below)


def test_what_is_not_open_is_hollow_and_a_core_park_has_a_ring() -> None:
    (drawn, _) = maps(Block("Port", 0, [a_mark(is_open=False, is_core=True)]))

    assert [one.get("class") for one in drawn.iter("path")][1:] == ["chain-biomed hollow"]
    assert [one.get("class") for one in drawn.iter("circle")] == ["ring"]


def test_a_name_is_never_markup() -> None:
    picture = wide_map("T", "D", [Block(SCRIPT, 0, [a_mark(SCRIPT)])], "", 3)

    assert "<script" not in picture
    assert not list(ElementTree.fromstring(picture).iter("script"))
