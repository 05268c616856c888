"""Measures everything beside known programs and the machine's own limits: `python -m api.bench [--quick]`.

Prints one table; writes JSON and a page with plots to var/bench. Times on a shared machine say little: ratios are taken
in turns in one run, by processor time, one thread each (`make bench` sees to it).
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from rich.console import Console

from api.bench.answering import answering_rows
from api.bench.encoding import encoding_rows
from api.bench.features import feature_rows
from api.bench.growth import LONG_STEPS, STEPS, growth_curves, growth_rows
from api.bench.http_layer import http_rows
from api.bench.limits import limit_rows
from api.bench.peers import peer_rows
from api.bench.program import program_rows
from api.bench.report import Found, write_report
from api.bench.retrieval import retrieval_rows
from api.bench.rows import Row, table_of
from api.bench.runs import Sample, run_rows
from api.bench.scoring import scoring_rows

QUICK_SAMPLE = Sample(n_startups=10_000, n_carriers=15_000, n_for_executors=0)
QUICK_STEPS, QUICK_ROUNDS = STEPS[:-2], 11
GROWTH = "growth"
LONG = ("encoding", "answering", "program", "http")  # start servers, or encode for minutes: not in a quick bench
Measures = Mapping[str, Callable[[], Iterator[Row]]]


def measures(*, quick: bool) -> Measures:
    """By name, in this order."""
    return {
        "limits": limit_rows,
        "peers": lambda: peer_rows(QUICK_ROUNDS) if quick else peer_rows(),
        "features": feature_rows,
        "scoring": scoring_rows,
        "retrieval": retrieval_rows,
        "runs": lambda: run_rows(QUICK_SAMPLE) if quick else run_rows(),
        "encoding": encoding_rows,
        "answering": answering_rows,
        "program": program_rows,
        "http": http_rows,
    }


def main() -> None:
    every = (*measures(quick=False), GROWTH)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="about two minutes: fewer turns, smaller sizes")
    parser.add_argument("--long", action="store_true", help="growth to a million, which takes much longer")
    parser.add_argument("--only", nargs="+", choices=every, help="these alone")
    parser.add_argument("--out", type=Path, default=Path("var/bench"), help="folder of JSON and page")
    asked = parser.parse_args()
    console = Console(width=150)
    rows: list[Row] = []
    chosen = asked.only or [name for name in every if not (asked.quick and name in LONG)]
    for name, measure in measures(quick=asked.quick).items():
        if name not in chosen:
            continue
        for row in measure():
            rows.append(row)
            console.print(f"measured: {row.figure}", style="dim", highlight=False)
    curves = []
    if GROWTH in chosen:
        steps = QUICK_STEPS if asked.quick else (*STEPS, *LONG_STEPS) if asked.long else STEPS
        curves = list(growth_curves(steps))
        rows += growth_rows(curves)
    console.print(table_of(rows))
    found = Found(rows, curves, asked.quick)
    kept, page = write_report(found, asked.out)
    console.print(f"{found.n_limits - len(found.missed)} of {found.n_limits} promises held. Kept: {kept}, {page}")


if __name__ == "__main__":
    main()
