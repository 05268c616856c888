"""What an allocation costs and whom: ranks lost, envy, who is left out, and how carriers of each size are seen."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from matcher.domain.allocations import SizeClass, WhyLeftOut
from matcher.ports.allocation import Candidates, Flags, Ints

SIZES = (0, 1, 5, 20, 100)  # places from which a class begins
UNKNOWN = -1  # places of a carrier that has not told


def free_ranks(lists: Candidates) -> Ints:
    """Where each pair stands by worth when everybody has places enough, from 1, equal ones in the order of the list.

    Shape (n_startups, width); 0 for no pair.
    """
    order = np.argsort(-lists.worth, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.broadcast_to(np.arange(1, order.shape[1] + 1), order.shape), axis=1)
    found: Ints = np.where(lists.are_pairs, ranks, 0)
    return found


def ranks_lost(ranks: Ints, chosen: Flags) -> Ints:
    """Of each pair placed: its rank less the one it would have if the startup had its best ones, as many as it has."""
    sorted_ranks = np.sort(np.where(chosen, ranks, np.iinfo(np.int64).max), axis=1)
    lost = sorted_ranks - np.arange(1, sorted_ranks.shape[1] + 1)
    found: Ints = lost[np.arange(lost.shape[1]) < chosen.sum(axis=1)[:, None]]
    return found


def envious(lists: Candidates, likes: Ints, liked: Ints, places: Ints, chosen: Flags, k: int) -> Flags:
    """Startups that would rather have a carrier than one of theirs, or lack one, and whom it would rather have.

    Only full carriers are looked at; where a place is left nobody else holds it.

    Args:
        lists: the pairs.
        likes: by the startup, the more the better, shape (n_startups, width).
        liked: by the carrier, likewise.
        places: of each carrier.
        chosen: the pairs placed.
        k: most carriers of a startup.
    """
    most = np.iinfo(np.int64).max
    holders = lists.carriers[chosen]
    full = (np.bincount(holders, minlength=len(places)) >= places) & (places > 0)
    least_liked = np.full(len(places), most)
    np.minimum.at(least_liked, holders, liked[chosen])
    worst_held = np.where(chosen, likes, most).min(axis=1, initial=most)
    lacks = chosen.sum(axis=1) < k
    wants = lacks[:, None] | (likes > worst_held[:, None])
    rather = full[lists.carriers] & (liked > least_liked[lists.carriers])
    found: Flags = (lists.are_pairs & ~chosen & wants & rather).any(axis=1)
    return found


def wasting(lists: Candidates, places: Ints, chosen: Flags, k: int) -> Flags:
    """Startups that lack a carrier while one that they have not in their list has a place left."""
    left = np.bincount(lists.carriers[chosen], minlength=len(places)) < places
    found: Flags = (lists.are_pairs & ~chosen & left[lists.carriers]).any(axis=1) & (chosen.sum(axis=1) < k)
    return found


def why_left_out(lists: Candidates, places: Ints, placed: Flags) -> Mapping[int, WhyLeftOut]:
    """Of each row that is not placed.

    Args:
        lists: the free lists, also with carriers without places.
        places: of each carrier; UNKNOWN where it has not told.
        placed: whether a startup is placed anywhere, shape (n_startups,).
    """
    left_out = np.flatnonzero(~placed)
    are_pairs, of_pairs = lists.are_pairs[left_out], places[lists.carriers[left_out]]
    holds = {
        WhyLeftOut.NO_PAIR: ~are_pairs.any(axis=1),
        WhyLeftOut.UNKNOWN_PLACES: (~are_pairs | (of_pairs == UNKNOWN)).all(axis=1),
        WhyLeftOut.NO_PLACES: ~(are_pairs & (of_pairs > 0)).any(axis=1),
        WhyLeftOut.TAKEN: np.ones(len(left_out), bool),
    }
    reasons = list(holds)
    first = np.argmax(np.stack(list(holds.values())), axis=0)
    return {row: reasons[number] for row, number in zip(left_out.tolist(), first.tolist(), strict=True)}


def counted(reasons: Mapping[int, WhyLeftOut]) -> Mapping[WhyLeftOut, int]:
    counts = Counter(reasons.values())
    return {reason: counts[reason] for reason in WhyLeftOut if counts[reason]}


def by_size(places: Ints, n_wished: Ints, n_placed: Ints) -> tuple[SizeClass, ...]:
    """Carriers with known places in classes, those without any carrier left out; one value a carrier."""
    of_class = np.searchsorted(SIZES, places, side="right") - 1
    return tuple(
        SizeClass(
            at_least=at_least,
            n_carriers=int(members.sum()),
            n_places=int(places[members].sum()),
            n_wished=int(n_wished[members].sum()),
            n_placed=int(n_placed[members].sum()),
        )
        for number, at_least in enumerate(SIZES)
        if (members := of_class == number).any()
    )
