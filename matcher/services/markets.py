"""Puts pairs and places together to a market: startups with their lists, carriers with what they have left."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.calibration import Calibration
from matcher.evaluation.allocation import UNKNOWN
from matcher.ports.allocation import UNIT, Candidates, Ints
from matcher.services.allocate import Market

LEAST_OF_SCORES = 0.001  # what the lowest score is worth beside the highest: every pair is worth being placed
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PairValues:
    """Pairs by id, one row each, no pair twice."""

    startups: Sequence[str]
    carriers: Sequence[str]
    worth: Ints  # in millionths; a pair that is worth nothing is never placed
    likes: Ints | None  # of the startup, the more the better; None: by worth
    liked: Ints | None  # of the carrier, likewise
    calibrated: bool


def worth_of_probabilities(probabilities: Floats) -> Ints:
    """In millionths; what is possible at all is worth at least one."""
    whole: Ints = np.rint(probabilities * UNIT).astype(np.int64)
    return np.where(probabilities > 0, np.maximum(whole, 1), 0)


def worth_of_scores(scores: Floats) -> Ints:
    """In millionths, from a thousandth for the lowest score to one for the highest."""
    least, most = scores.min(), scores.max()
    share = (scores - least) / (most - least) if most > least else np.ones_like(scores)
    return worth_of_probabilities(LEAST_OF_SCORES + (1 - LEAST_OF_SCORES) * share)


def worth_of_ranked(scores: Floats, calibration: Calibration) -> Ints:
    """In millionths: the calibrated probability of a good visit."""
    return worth_of_probabilities(calibration.probabilities(scores))


def as_order(values: Floats) -> Ints:
    """Whole numbers that stand in the same order."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def market_of(pairs: PairValues, places: Mapping[str, int | None], also: Collection[str] = ()) -> Market:
    """The same for the same pairs in any order.

    Args:
        pairs: who may go where.
        places: by carrier; None, or no entry, where it has not told.
        also: startups that are looked at though no pair may have them.
    """
    startups = tuple(sorted({*pairs.startups, *also}))
    carriers = tuple(sorted({*pairs.carriers, *places}))
    startup, carrier = _rows(pairs.startups, startups), _rows(pairs.carriers, carriers)
    order = np.lexsort([carrier, -pairs.worth, startup])
    startup, carrier = startup[order], carrier[order]
    slot = np.arange(len(startup)) - np.searchsorted(startup, startup)
    shape = (len(startups), int(slot.max(initial=0)) + 1)

    def laid_out(values: Ints) -> Ints:
        lists = np.zeros(shape, np.int64)
        lists[startup, slot] = values
        return lists

    return Market(
        startups=startups,
        carriers=carriers,
        free=Candidates(laid_out(carrier), laid_out(pairs.worth[order])),
        places=places_of(carriers, places),
        calibrated=pairs.calibrated,
        likes=None if pairs.likes is None else laid_out(pairs.likes[order]),
        liked=None if pairs.liked is None else laid_out(pairs.liked[order]),
    )


def places_of(carriers: Sequence[str], places: Mapping[str, int | None]) -> Ints:
    known = [places.get(carrier) for carrier in carriers]
    return np.array([UNKNOWN if one is None else one for one in known], np.int64)


def _rows(ids: Sequence[str], of: Sequence[str]) -> Ints:
    row = {one: number for number, one in enumerate(of)}
    return np.array([row[one] for one in ids], np.int64)
