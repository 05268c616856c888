"""No count of startups below five is shown, and none can be worked out from what is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from matcher.domain.small_cells import FEW, LEAST_SHOWN, WITHHELD, Count, Flow, alone, shown


def table(cells: list[list[int]]) -> list[Flow]:
    """Cells, then the totals of the rows, of the columns, and of all."""
    rows, columns = range(len(cells)), range(len(cells[0]))
    return [
        *(Flow(("row", i), ("column", j), cells[i][j]) for i in rows for j in columns),
        *(Flow("all", ("row", i), sum(cells[i])) for i in rows),
        *(Flow(("column", j), "sum", sum(row[j] for row in cells)) for j in columns),
        Flow("sum", "all", sum(map(sum, cells))),
    ]


def one_line(*parts: int) -> list[Flow]:
    """Parts and their sum."""
    return [*(Flow("all", "sum", part) for part in parts), Flow("sum", "all", sum(parts))]


def possible(flows: list[Flow], counts: tuple[Count, ...]) -> list[tuple[float, float]]:
    """What an outsider finds for each count: the least and the most that sums and shown counts leave open."""
    points = sorted({repr(point) for flow in flows for point in (flow.tail, flow.head)})
    sums = np.zeros((len(points), len(flows)))
    for place, flow in enumerate(flows):
        sums[points.index(repr(flow.tail)), place] -= 1
        sums[points.index(repr(flow.head)), place] += 1
    told_apart = any(one.few for one in counts)
    bounds = [
        (one.n, one.n) if one.n is not None
        else (0, LEAST_SHOWN - 1) if one.few
        else (LEAST_SHOWN if told_apart else 0, None)
        for one in counts
    ]  # fmt: skip
    ends = []
    for place in range(len(flows)):
        goal = np.zeros(len(flows))
        goal[place] = 1
        low, high = (
            linprog(sign * goal, A_eq=sums, b_eq=np.zeros(len(points)), bounds=bounds, method="highs")
            for sign in (1, -1)
        )
        ends.append((low.fun, -high.fun if high.status == 0 else np.inf))
    return ends


def assert_protected(flows: list[Flow]) -> None:
    counts = shown(flows)
    for flow, one, (low, high) in zip(flows, counts, possible(flows, counts), strict=True):
        if flow.n < LEAST_SHOWN:
            assert one.n is None
            assert low == pytest.approx(0)
            assert high >= LEAST_SHOWN - 1 - 1e-6
        else:
            assert one.n in (None, flow.n)
            assert not one.few


def test_a_count_that_stands_alone_is_shown_from_five_on() -> None:
    assert [alone(n) for n in (0, 4, 5)] == [FEW, FEW, Count(5)]


def test_a_table_without_small_counts_is_shown_whole() -> None:
    flows = table([[5, 6], [7, 8]])

    assert [one.n for one in shown(flows)] == [flow.n for flow in flows]


def test_one_small_part_of_a_sum_takes_the_smallest_other_part_with_it() -> None:
    assert shown(one_line(3, 9, 30)) == (FEW, WITHHELD, Count(30), Count(42))


def test_what_would_be_missed_more_is_hidden_last() -> None:
    dear = [Flow("all", "sum", 3), Flow("all", "sum", 9, dear=10), Flow("all", "sum", 30), Flow("sum", "all", 42)]

    assert shown(dear) == (FEW, Count(9), WITHHELD, Count(42))


def test_two_small_parts_hide_each_other_where_they_leave_all_open() -> None:
    assert shown(one_line(2, 2, 30)) == (FEW, FEW, Count(30), Count(34))


def test_nothing_is_shown_of_three_startups() -> None:
    assert {one.n for one in shown(table([[1, 0], [2, 0]]))} == {None}


def test_small_counts_are_not_told_from_others_where_that_would_give_them_away() -> None:
    """Were both known to be below five, neither could be 0 in a sum of five."""
    assert shown(one_line(2, 3)) == (WITHHELD, WITHHELD, Count(5))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4).flatmap(lambda width: st.lists(
    st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=1, max_size=5
)))  # fmt: skip
def test_no_small_cell_of_a_table_follows_from_its_totals(cells) -> None:
    assert_protected(table(cells))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 12)), min_size=1, max_size=12))
def test_no_small_part_follows_from_two_ways_of_grouping_the_parts(parts) -> None:
    """As carriers are grouped by kind and by size."""
    rows, columns = ({part[side] for part in parts} for side in (0, 1))
    assert_protected(
        [
            *(Flow(("kind", kind), ("size", size), n) for kind, size, n in parts),
            *(Flow("all", ("kind", one), sum(n for kind, _, n in parts if kind == one)) for one in rows),
            *(Flow(("size", one), "sum", sum(n for _, size, n in parts if size == one)) for one in columns),
            Flow("sum", "all", sum(n for _, _, n in parts)),
        ]
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.integers(1, 3)),
                min_size=1, max_size=4))  # fmt: skip
def test_no_small_part_follows_where_rows_are_split_twice(rows) -> None:
    """As an industry is split by stage and by sub-field."""
    flows = []
    for number, (cells, n_parts) in enumerate(rows):
        total = sum(cells)
        flows += [Flow("all", ("parts", number), total // n_parts) for _ in range(n_parts - 1)]
        flows.append(Flow("all", ("parts", number), total - total // n_parts * (n_parts - 1)))
        flows.append(Flow(("parts", number), ("row", number), total))
        flows += [Flow(("row", number), ("column", j), n) for j, n in enumerate(cells)]
    flows += [Flow(("column", j), "sum", sum(cells[j] for cells, _ in rows)) for j in range(3)]
    flows.append(Flow("sum", "all", sum(sum(cells) for cells, _ in rows)))
    assert_protected(flows)
