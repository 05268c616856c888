"""Starved and crowded carriers: how the first places of all lists fall to them, by carrier, kind and size."""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.carriers import Carrier
from matcher.domain.office_figures import Attention, CarrierAttention, GroupAttention, Size
from matcher.domain.small_cells import Count, Flow, shown
from matcher.evaluation.exposure import gini

SMALL_M2, LARGE_M2 = 10_000, 100_000


def attention(lists: NDArray[np.int64], carriers: Sequence[Carrier], k: int) -> Attention | None:
    """How often each carrier is among the first k; None where nothing can be told without telling too much.

    Args:
        lists: of each carrier, in how many lists it is, shape (n_carriers,).
        carriers: in the order of their ids.
        k: places of a list that count.
    """
    sizes = [size_of(one) for one in carriers]
    parts = [Flow(("kind", one.kind), ("size", size), int(n))
             for one, size, n in zip(carriers, sizes, lists, strict=True)]  # fmt: skip
    of_kind, of_size = Counter[Hashable](), Counter[Hashable]()
    for part in parts:
        of_kind[part.tail] += part.n
        of_size[part.head] += part.n
    flows = [
        *parts,
        *(Flow("all", kind, n) for kind, n in of_kind.items()),
        *(Flow(size, "sum", n) for size, n in of_size.items()),
        Flow("sum", "all", sum(part.n for part in parts)),
    ]
    counts = shown(flows)
    n_places = counts[-1].n
    if n_places is None:
        return None
    by_group = dict(zip([*of_kind, *of_size], counts[len(parts) : -1], strict=True))
    n_in = Counter(part.tail for part in parts) + Counter(part.head for part in parts)

    def group(of: str, id: object) -> GroupAttention:
        places = by_group[of, id]
        share = None if places.n is None else places.n / n_places
        return GroupAttention(id=id, n_carriers=n_in[of, id], places=places, share=share)  # type: ignore[arg-type]

    seen = [
        CarrierAttention(id=one.id, name=one.name, kind=one.kind, size=size, lists=count)
        for one, size, count in zip(carriers, sizes, counts, strict=False)
    ]
    kinds = sorted({one.kind for one in carriers}, key=lambda one: (one is None, one or ""))
    return Attention(
        k=k,
        n_places=n_places,
        carriers=tuple(sorted(seen, key=lambda one: (-(one.lists.n or 0), one.lists.few, one.id))),
        by_kind=tuple(group("kind", one) for one in kinds),
        by_size=tuple(group("size", one) for one in Size if one in sizes),
        gini_at_least=_evenly(counts[: len(parts)], n_places),
    )


def size_of(carrier: Carrier) -> Size:
    if carrier.area_m2 is None:
        return Size.UNKNOWN
    if carrier.area_m2 < SMALL_M2:
        return Size.SMALL
    return Size.MEDIUM if carrier.area_m2 < LARGE_M2 else Size.LARGE


def _evenly(counts: Sequence[Count], n_places: int) -> float:
    """The Gini coefficient if all that is not shown were spread evenly: no true one is lower, and it tells nothing."""
    known = [one.n for one in counts if one.n is not None]
    n_hidden = len(counts) - len(known)
    rest = n_places - sum(known)
    return gini(np.array([*known, *(rest / n_hidden for _ in range(n_hidden))], np.float64))
