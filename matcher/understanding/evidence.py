"""Finds the words of a text that speak most for something, given what each character adds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.startups import Span
from matcher.understanding.clauses import Offsets

MAX_CHARACTERS = 60
SPARE_PLACES = 3  # looked at beyond those shown, since what is negative in a place may spoil it
ROUNDING = 1e-9  # of sums taken in another order
SHARE_OF_THE_BEST = 0.25  # a further place is shown when it adds at least this much of what the first one adds


def strongest_spans(
    text: str, added: NDArray[np.float64], places: Sequence[Offsets], n_spans: int = 2
) -> tuple[Span, ...]:
    """The stretches that add most, one in a place, strongest first; none where nothing adds anything.

    Args:
        text: the original.
        added: what each character adds, shape (len(text),).
        places: clauses, as start and end; a stretch never crosses their borders.
        n_spans: at most so many.
    """
    found: list[tuple[float, int, int]] = []
    for limit, start, end in _promising(added, places, n_spans):
        if sum(gain > limit + ROUNDING for gain, _, _ in found) >= n_spans:
            break  # the places left cannot hold a better one
        first, last, gain = _best_stretch(added[start:end])
        if gain > 0 and text[start + first : start + last].strip():
            found.append((gain, *_whole_words(text, start + first, start + last, start, end)))
    found.sort(key=lambda stretch: (-stretch[0], stretch[1]))
    enough = [stretch for stretch in found if stretch[0] >= SHARE_OF_THE_BEST * found[0][0]]
    return tuple(Span(first, last, text[first:last]) for _, first, last in enough[:n_spans])


def _promising(added: NDArray[np.float64], places: Sequence[Offsets], n_spans: int) -> list[tuple[float, int, int]]:
    """The places that can hold the best stretches, after all that is positive in each: no stretch adds more."""
    sums = [0.0, *np.cumsum(np.maximum(added, 0.0)).tolist()]
    limits = [sums[end] - sums[start] for start, end in places]
    ranked = sorted(range(len(places)), key=lambda number: -limits[number])
    return [(limits[number], *places[number]) for number in ranked[: n_spans + SPARE_PLACES] if limits[number] > 0]


def _best_stretch(added: NDArray[np.float64]) -> tuple[int, int, float]:
    """First, last (exclusive) and sum of the run with the largest sum, at most MAX_CHARACTERS long."""
    sums = [0.0, *np.cumsum(added).tolist()]
    best = (0, 0, 0.0)
    lows: list[int] = []  # starts in a rising order of their sums: only such a start can be best for a later end
    for last in range(1, len(sums)):
        while lows and sums[lows[-1]] >= sums[last - 1]:
            lows.pop()
        lows.append(last - 1)
        while last - lows[0] > MAX_CHARACTERS:
            lows.pop(0)
        gain = sums[last] - sums[lows[0]]
        if gain > best[2]:
            best = (lows[0], last, gain)
    return best


def _whole_words(text: str, first: int, last: int, start: int, end: int) -> Offsets:
    """The stretch widened so that no Latin word is cut, and without spaces at its ends."""
    while first > start and _joined(text, first):
        first -= 1
    while last < end and _joined(text, last):
        last += 1
    part = text[first:last]
    return first + len(part) - len(part.lstrip()), last - len(part) + len(part.rstrip())


def _joined(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    return (
        before.isalnum() and after.isalnum() and not ("\u3400" <= before <= "\u9fff" or "\u3400" <= after <= "\u9fff")
    )
