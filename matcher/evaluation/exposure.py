"""Who gets seen: how evenly the places at the top of all lists fall to the carriers."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.ids import CarrierId


def appearances(rankings: Iterable[Sequence[CarrierId]], carriers: Sequence[CarrierId], k: int) -> NDArray[np.int64]:
    """How often each of the carriers is among the first k, shape (n_carriers,)."""
    counts = Counter(carrier for ranking in rankings for carrier in ranking[:k])
    return np.array([counts[carrier] for carrier in carriers], dtype=np.int64)


def share_seen(rankings: Iterable[Sequence[CarrierId]], carriers: Sequence[CarrierId], k: int) -> float:
    """Share of the carriers that are among the first k of at least one list, in [0, 1]; NaN without carriers."""
    return float((appearances(rankings, carriers, k) > 0).mean()) if carriers else np.nan


def gini(amounts: NDArray[np.int64] | NDArray[np.float64]) -> float:
    """Gini coefficient: 0 where all get the same, (n - 1) / n where one gets all; NaN where nobody gets anything.

    Source: Gini 1912, in the sorted form of Sen, On Economic Inequality, 1973.
    """
    total = amounts.sum()
    if not len(amounts) or not total:
        return np.nan
    n = len(amounts)
    places = np.arange(1, n + 1)
    return float(2 * (places * np.sort(amounts)).sum() / (n * total) - (n + 1) / n)
