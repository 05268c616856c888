"""Places shared out at the size of a region, by price beside the exact flow: `python -m api.bench.allocation`.

The market is made up: startups like carriers of their field, all like some carriers, and few carriers are large.
"""

import argparse
import json
from collections.abc import Iterator
from time import process_time

import numpy as np
from rich.console import Console

from api.bench.rows import Row, skipped, table_of
from api.min_cost_flow import flows_are_there, shared_by_flow
from matcher.ports.allocation import UNIT, Candidates, Flags, Ints
from matcher.ranking.auction import shared_by_price
from matcher.ranking.wide_auction import Worths, priced_lists, shared_widely

SIZES = ((2_000, 100, 60), (20_000, 1_000, 100))  # startups, carriers, width of the lists
CHOICES = (1, 10)
SPARE = 0.05  # more places than are asked for
N_LIKES = 8
OPTIMUM, FILLED = 0.995, 0.98
TIMES_THE_FLOW = 1.5


def made_up_market(n_startups: int, n_carriers: int, k: int, *, seed: int = 1) -> tuple[Worths, Ints]:
    """Worth of all pairs, shape (n_startups, n_carriers), and places: a little more than k for each startup."""
    rng = np.random.default_rng(seed)
    likes = rng.standard_normal((n_startups, N_LIKES)) @ rng.standard_normal((N_LIKES, n_carriers)) / N_LIKES
    scores = likes + 0.7 * rng.standard_normal(n_carriers) + 0.3 * rng.standard_normal(likes.shape) - 1
    sizes = np.exp(rng.standard_normal(n_carriers))
    places = np.ceil(sizes / sizes.sum() * n_startups * k * (1 + SPARE)).astype(np.int64)
    return np.rint(UNIT / (1 + np.exp(-scores))).astype(np.int32), places


def allocation_rows() -> Iterator[Row]:
    for n_startups, n_carriers, width in SIZES:
        for k in CHOICES:
            worth, places = made_up_market(n_startups, n_carriers, k)
            size = f"{n_startups:,} x {n_carriers:,}, {k} each"
            free = priced_lists(worth, places, np.zeros_like(places), width)
            yield from _lists(f"{size}, lists of {width}", free, places, k)
            yield from _all_pairs(f"{size}, all pairs", worth, places, k)


def _lists(size: str, lists: Candidates, places: Ints, k: int) -> Iterator[Row]:
    start = process_time()
    priced = shared_by_price(lists, places, k)
    seconds = process_time() - start
    yield _violations(f"{size}: by price", lists.carriers, priced.chosen, places, k)
    if not flows_are_there():
        yield skipped(f"{size}: exact", "ortools is not installed")
        return
    start = process_time()
    chosen = shared_by_flow(lists, places, k)
    exact_seconds = process_time() - start
    optimum = int(lists.worth[chosen].sum())
    yield Row(
        figure=f"{size}: by price, of the optimum",
        value=priced.worth(lists) / UNIT,
        unit="visits",
        reference=optimum / UNIT,
        ratio=priced.worth(lists) / optimum,
        limit=OPTIMUM,
        note=f"certified by its own bound: {priced.worth(lists) / priced.bound:.4f}; "
        f"filled {priced.chosen.sum() / (len(lists) * k):.3f}, exactly {chosen.sum() / (len(lists) * k):.3f}",
    )
    yield Row(
        figure=f"{size}: processor time beside the flow",
        value=seconds,
        unit="s",
        reference=exact_seconds,
        ratio=seconds / exact_seconds,
        limit=TIMES_THE_FLOW,
        at_most=True,
    )


def _all_pairs(size: str, worth: Worths, places: Ints, k: int) -> Iterator[Row]:
    start = process_time()
    found = shared_widely(worth, places, k)
    seconds = process_time() - start
    n_placed = int(found.chosen.sum())
    carriers = np.broadcast_to(np.arange(worth.shape[1]), worth.shape)
    yield _violations(size, carriers, found.chosen, places, k)
    yield Row(
        figure=f"{size}: filled",
        value=n_placed / min(len(worth) * k, int(places.sum())),
        unit="",
        limit=FILLED,
        note=f"{seconds:.1f} s of processor time",
    )
    reached = int(worth[found.chosen].sum(dtype=np.int64)) / found.bound
    yield Row(figure=f"{size}: of the bound over all pairs", value=reached, unit="", limit=OPTIMUM)


def _violations(figure: str, carriers: Ints, chosen: Flags, places: Ints, k: int) -> Row:
    too_many = np.bincount(carriers[chosen], minlength=len(places)) > places
    return Row(
        figure=f"{figure}: places given twice, or more than {k} to one",
        value=float(too_many.sum() + (chosen.sum(axis=1) > k).sum()),
        unit="",
        limit=0,
        at_most=True,
    )


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    console = Console(width=140)
    rows = list(allocation_rows())
    console.print(table_of(rows))
    console.file.write(json.dumps({"rows": [row.as_json() for row in rows]}, indent=2) + "\n")


if __name__ == "__main__":
    main()
