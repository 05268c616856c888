"""An allocation as tables and as plain values: who goes where, lists that do not crowd, and the whole report."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np

from matcher.domain.allocations import AllocationFigures
from matcher.ports.allocation import UNIT
from matcher.services.allocate import Allocation
from matcher.services.known_places import Places

MOST_LISTED = 10  # carriers of a list by worth less price, unless more are shared out to each
Columns = dict[str, Sequence[str] | Sequence[int] | Sequence[float]]


def pair_columns(allocation: Allocation) -> Columns:
    """Who goes where, by startup, most wished first: worth, place in the free list, and what a place costs."""
    row, slot = np.nonzero(allocation.chosen)
    order = np.lexsort([allocation.ranks[row, slot], row])
    row, slot = row[order], slot[order]
    carrier = allocation.lists.carriers[row, slot]
    return {
        "startup_id": [allocation.market.startups[one] for one in row.tolist()],
        "carrier_id": [allocation.market.carriers[one] for one in carrier.tolist()],
        "worth": (allocation.lists.worth[row, slot] / UNIT).tolist(),
        "free_rank": allocation.ranks[row, slot].tolist(),
        "price": (allocation.prices[carrier] / UNIT).tolist(),
    }


def list_columns(allocation: Allocation) -> Columns:
    """Lists of carriers with places, by worth less price: equal ones in the order of the carriers."""
    lists = allocation.lists
    there = lists.are_pairs & (allocation.market.places[lists.carriers] > 0)
    gain = lists.worth - allocation.prices[lists.carriers]
    order = np.lexsort([lists.carriers, -gain, ~there], axis=-1)[:, : max(MOST_LISTED, allocation.figures.k)]
    row, rank = np.nonzero(np.take_along_axis(there, order, axis=1))
    slot = order[row, rank]
    carrier = lists.carriers[row, slot]
    return {
        "startup_id": [allocation.market.startups[one] for one in row.tolist()],
        "carrier_id": [allocation.market.carriers[one] for one in carrier.tolist()],
        "rank": (rank + 1).tolist(),
        "worth": (lists.worth[row, slot] / UNIT).tolist(),
        "price": (allocation.prices[carrier] / UNIT).tolist(),
        "worth_less_price": (gain[row, slot] / UNIT).tolist(),
        "placed": allocation.chosen[row, slot].tolist(),
    }


def figures_said(figures: AllocationFigures) -> dict[str, object]:
    """Plain values by name; NaN where a figure has no meaning."""
    said: dict[str, object] = {one.name: getattr(figures, one.name) for one in fields(figures)}
    said["method"] = figures.method.value
    said["gap"] = figures.gap
    said["left_out"] = {reason.value: n for reason, n in figures.left_out.items()}
    said["sizes"] = [{one.name: getattr(size, one.name) for one in fields(size)} for size in figures.sizes]
    return said


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change would bring."""

    worth_gained: float
    pairs_gained: int
    newly_placed: tuple[str, ...]
    no_longer_placed: tuple[str, ...]
    n_moved: int  # placed before and after, with other carriers


def difference(now: Allocation, changed: Allocation) -> Difference:
    before, after = _carriers_of(now), _carriers_of(changed)
    return Difference(
        worth_gained=changed.figures.worth - now.figures.worth,
        pairs_gained=changed.figures.n_placed - now.figures.n_placed,
        newly_placed=tuple(sorted(one for one in after if one not in before)),
        no_longer_placed=tuple(sorted(one for one in before if one not in after)),
        n_moved=sum(before[one] != carriers for one, carriers in after.items() if one in before),
    )


def what_if_said(now: Allocation, changed: Allocation) -> dict[str, object]:
    """Figures before and after, and the difference with ids."""
    return {
        "now": figures_said(now.figures),
        "changed": figures_said(changed.figures),
        **asdict(difference(now, changed)),
    }


def report_of(
    allocation: Allocation, places: Mapping[str, Places], what_if: dict[str, object] | None
) -> dict[str, object]:
    """Everything, with ids."""
    market = allocation.market
    placed = np.bincount(allocation.lists.carriers[allocation.chosen], minlength=len(market.carriers)).tolist()
    pairs = pair_columns(allocation)
    return {
        "figures": figures_said(allocation.figures),
        "what_if": what_if,
        "carriers": [
            {
                "carrier_id": carrier,
                "places": places[carrier].n,
                "places_from": places[carrier].known_from.value,
                "places_as_of": places[carrier].as_of,
                "placed": placed[row],
                "price": float(allocation.prices[row] / UNIT) if places[carrier].n is not None else None,
            }
            for row, carrier in enumerate(market.carriers)
        ],
        "pairs": [dict(zip(pairs, values, strict=True)) for values in zip(*pairs.values(), strict=True)],
        "left_out": [
            {"startup_id": market.startups[row], "reason": reason.value} for row, reason in allocation.reasons.items()
        ],
    }


def _carriers_of(allocation: Allocation) -> dict[str, frozenset[str]]:
    """Of each startup that is placed."""
    market = allocation.market
    rows, slots = np.nonzero(allocation.chosen)
    found: dict[str, set[str]] = {}
    for row, carrier in zip(rows.tolist(), allocation.lists.carriers[rows, slots].tolist(), strict=True):
        found.setdefault(market.startups[row], set()).add(market.carriers[carrier])
    return {one: frozenset(carriers) for one, carriers in found.items()}
