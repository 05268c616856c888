"""Several rankings joined into one by reciprocal rank fusion."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from matcher.domain.ids import CarrierId

SMOOTHING = 60  # as in the source: keeps one ranking's first place from deciding alone


def fuse(rankings: Iterable[Sequence[CarrierId]], smoothing: int = SMOOTHING) -> list[tuple[CarrierId, float]]:
    """The carriers of all rankings with their score, best first, equal scores by id.

    Each ranking gives 1 / (smoothing + place), places from 1, and nothing to a carrier that it does not list.

    Source: Cormack, Clarke & Büttcher, SIGIR 2009.
    """
    scores: defaultdict[CarrierId, float] = defaultdict(float)
    for ranking in rankings:
        for place, carrier in enumerate(ranking, start=1):
            scores[carrier] += 1 / (smoothing + place)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
