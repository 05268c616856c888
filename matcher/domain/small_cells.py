"""Counts of startups that may be shown: none below five, and none from which one below five could be worked out.

Tables with totals are drawn as flows: what comes into a point is what goes out of it. A cell flows from its row to its
column, a row's total into the row, a column's total out of the column. So whatever follows from what is shown is a
question of whether the hidden flows may go another way, and that is a search for a path.

Source: complementary cell suppression as a network flow, Gusfield, SIAM Journal on Computing 17(3), 1988.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf

LEAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A count as it may be shown."""

    n: int | None  # None: not shown
    few: bool = False  # it is not shown because it is below five; else because another one would follow from it


@dataclass(frozen=True, slots=True)
class Flow:
    """One count of a table with totals, from one point to another."""

    tail: Hashable
    head: Hashable
    n: int
    dear: int = 1  # how many times more it would be missed than another of this size


FEW = Count(None, few=True)
WITHHELD = Count(None)


def alone(n: int) -> Count:
    """A count that no other adds up with."""
    return Count(n) if n >= LEAST_SHOWN else FEW


def shown(flows: Sequence[Flow]) -> tuple[Count, ...]:
    """Each count as it may be shown.

    Whoever knows how the table adds up, and all that is shown, can still not say of a count below five which of 0 to
    4 it is. Where that cannot be had while small counts are called small, they are not told from others withheld.

    Args:
        flows: what goes into a point is what comes out of it.
    """
    for told_apart in (True, False):
        hidden = _hidden(flows, told_apart)
        if hidden is not None:
            break
    else:
        hidden, told_apart = set(range(len(flows))), False
    return tuple(
        Count(flow.n) if place not in hidden else FEW if told_apart and flow.n < LEAST_SHOWN else WITHHELD
        for place, flow in enumerate(flows)
    )


def _hidden(flows: Sequence[Flow], told_apart: bool) -> set[int] | None:
    """Places of the flows not to be shown; None where that does not protect all that are small."""
    hidden = {place for place, flow in enumerate(flows) if flow.n < LEAST_SHOWN}
    network = _Network(flows, told_apart)
    for place in sorted(hidden):
        n = flows[place].n
        for wanted, is_up in ((LEAST_SHOWN - 1 - n, True), (n, False)):
            if not network.opens(place, wanted, is_up, hidden):
                return None
    return hidden


class _Network:
    """Where units may go another way without any sum being wrong."""

    def __init__(self, flows: Sequence[Flow], told_apart: bool) -> None:
        self._flows = flows
        small = [flow.n < LEAST_SHOWN for flow in flows]
        self._least = [LEAST_SHOWN if told_apart and not one else 0 for one in small]
        self._most = [LEAST_SHOWN - 1 if told_apart and one else inf for one in small]
        self._at: dict[Hashable, list[int]] = defaultdict(list)
        for place, flow in enumerate(flows):
            self._at[flow.tail].append(place)
            self._at[flow.head].append(place)

    def opens(self, place: int, units: int, is_up: bool, hidden: set[int]) -> bool:
        """Hide what has to be so that this flow could be larger (or smaller) by so many units; False if none helps."""
        flow = self._flows[place]
        start, goal = (flow.head, flow.tail) if is_up else (flow.tail, flow.head)
        amounts = [float(one.n) for one in self._flows]
        for _ in range(units):
            steps = self._cheapest(start, goal, place, amounts, hidden)
            if steps is None:
                return False
            for step, change in steps:
                amounts[step] += change
                hidden.add(step)
        return True

    def _cheapest(
        self, start: Hashable, goal: Hashable, without: int, amounts: Sequence[float], hidden: set[int]
    ) -> list[tuple[int, int]] | None:
        """A way for one unit that hides the smallest counts: the flows on it, each one unit more or less."""
        numbers = count()  # points need not be comparable
        waiting: list[tuple[float, int, Hashable]] = [(0, next(numbers), start)]
        cost: dict[Hashable, float] = {start: 0}
        came: dict[Hashable, tuple[Hashable, int, int]] = {}
        while waiting:
            so_far, _, point = heappop(waiting)
            if so_far > cost[point]:
                continue
            if point == goal:
                return self._way(start, goal, came)
            for place in self._at[point]:
                flow = self._flows[place]
                change = 1 if flow.tail == point else -1
                if place == without or not self._least[place] <= amounts[place] + change <= self._most[place]:
                    continue
                other = flow.head if change > 0 else flow.tail
                further = so_far + (0 if place in hidden else flow.n * flow.dear)
                if further < cost.get(other, inf):
                    cost[other], came[other] = further, (point, place, change)
                    heappush(waiting, (further, next(numbers), other))
        return None

    @staticmethod
    def _way(start: Hashable, goal: Hashable, came: dict[Hashable, tuple[Hashable, int, int]]) -> list[tuple[int, int]]:
        steps, point = [], goal
        while point != start:
            point, place, change = came[point]
            steps.append((place, change))
        return steps
