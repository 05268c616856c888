"""The exact allocation: a flow of least cost, by OR-Tools."""

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.domain.errors import InvalidField, PackageMissing
from matcher.domain.messages import Message
from matcher.ports.allocation import Candidates, Flags, Ints


def flows_are_there() -> bool:
    return find_spec("ortools") is not None


def shared_by_flow(candidates: Candidates, places: Ints, k: int) -> Flags:
    """As `matcher.ports.allocation.Allocates` says; no allocation of these pairs is worth more.

    Raises:
        PackageMissing: there is no OR-Tools.
        InvalidField: there are more pairs than it can count.
    """
    if not flows_are_there():
        raise PackageMissing(
            "{what} needs the package {package}: install matcher[{extra}].",
            what=Message.of("The exact allocation"),
            package="ortools",
            extra="batch",
        )
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415 - an extra

    startup, slot = np.nonzero(candidates.are_pairs & (places[candidates.carriers] > 0))
    n_startups, n_carriers = len(candidates), len(places)
    if len(startup) + n_startups + n_carriers >= np.iinfo(np.int32).max:
        raise InvalidField("There are more pairs than a flow can hold; share the places out by price.", field="method")
    source, sink = n_startups + n_carriers, n_startups + n_carriers + 1
    carrier = candidates.carriers[startup, slot]
    tails: list[ArrayLike] = [np.full(n_startups, source), startup, np.arange(n_startups, source), [source]]
    heads: list[ArrayLike] = [np.arange(n_startups), n_startups + carrier, np.full(n_carriers, sink), [sink]]
    most = n_startups * k  # may flow past everything: nobody has to be placed
    rooms: list[ArrayLike] = [np.full(n_startups, k), np.ones(len(startup)), np.minimum(places, n_startups), [most]]
    costs: list[ArrayLike] = [np.zeros(n_startups), -candidates.worth[startup, slot], np.zeros(n_carriers), [0]]
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        _arcs(tails, np.int32),
        _arcs(heads, np.int32),
        _arcs(rooms, np.int64),
        _arcs(costs, np.int64),
    )
    flow.set_nodes_supplies(np.array([source, sink], np.int32), np.array([most, -most], np.int64))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"OR-Tools says {status.name}")  # a flow past everything is always possible
    chosen = np.zeros(candidates.worth.shape, bool)
    chosen[startup, slot] = flow.flows(arcs)[n_startups : n_startups + len(startup)] > 0
    return chosen


def _arcs(columns: Sequence[ArrayLike], kind: type[np.integer]) -> NDArray[np.integer]:
    """One after the other, in the kind of numbers that OR-Tools wants."""
    return np.concatenate([np.asarray(column) for column in columns]).astype(kind)
