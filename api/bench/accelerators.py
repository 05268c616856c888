"""Measures `matcher train` and `matcher rank` on recorded acceptances: `python -m api.bench.accelerators --folder DIR`.

The folder holds startups.jsonl, carriers.jsonl (those of kind accelerator are candidates) and links.csv, dated by year.
It is not part of this project: without it nothing is measured, and that is said. What is learned here is for measuring
only.

The last year of the links is ranked with what was known before it. Protocol A ranks carriers with at least five
admissions by then, protocol B those that took anyone in that year. Nothing is sampled; what each startup chose counts.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from data.foreign_files import read_network
from matcher.domain.ids import CarrierId
from matcher.domain.interactions import InteractionKind
from matcher.domain.networks import Network
from matcher.evaluation.intervals import Estimate, bootstrap, paired_randomisation, weighted_mean
from matcher.evaluation.metrics import expected_random_ndcg, ndcg
from matcher.features.history import similarity_to_mean
from matcher.features.network_tables import network_tables
from matcher.features.past import Floats
from matcher.features.rounds import Events
from matcher.services.network_vectors import network_vectors
from matcher.services.rank import Rank
from matcher.services.train import Train
from models.encoders import load_encoder
from models.network_learner import AdditiveLearner

FILES = ("startups.jsonl", "carriers.jsonl", "links.csv")
WARM = 5  # admissions
SEED = 7
OURS, RANDOM = "matcher train + rank", "random"
Scores = Mapping[str, Floats]  # by system, shape (n_startups, n_carriers)


@dataclass(frozen=True)
class Task:
    """The startups of one year, and what they chose."""

    network: Network  # everything, the year included
    until: date
    rows: list[int]  # of the startups to rank for
    chosen: Floats  # 1 where a carrier admitted, shape (n_startups, n_carriers)
    admitted: Floats  # how many each carrier had admitted by then, shape (n_carriers,)
    is_candidate: Mapping[str, np.ndarray]  # by protocol, shape (n_carriers,)


def task_of(folder: Path) -> Task:
    network = read_network(*(folder / name for name in FILES), until=None)
    last = max(one.on.year for one in network.interactions)
    until = date(last - 1, 12, 31)
    startup_rows = {startup.id: row for row, startup in enumerate(network.startups)}
    carrier_rows = {carrier.id: row for row, carrier in enumerate(network.carriers)}
    admissions = [one for one in network.interactions if one.kind is InteractionKind.ADMISSION]
    admitted = np.zeros(len(carrier_rows))
    first: dict[int, int] = {}
    for one in admissions:
        admitted[carrier_rows[one.carrier]] += one.on <= until
        row = startup_rows[one.startup]
        first[row] = min(one.on.year, first.get(row, last))
    rows = sorted(row for row, year in first.items() if year == last)
    at = {row: number for number, row in enumerate(rows)}
    chosen = np.zeros((len(rows), len(carrier_rows)))
    for one in admissions:
        if startup_rows[one.startup] in at:
            chosen[at[startup_rows[one.startup]], carrier_rows[one.carrier]] = 1
    is_kind = np.array([carrier.more.get("kind", "accelerator") == "accelerator" for carrier in network.carriers])
    took = np.isin(np.arange(len(carrier_rows)), [carrier_rows[one.carrier] for one in admissions if one.on > until])
    return Task(network, until, rows, chosen, admitted, {"A": is_kind & (admitted >= WARM), "B": is_kind & took})


def scores_of(task: Task) -> dict[str, Floats]:
    """Of our ranker and of what it has to beat, none of which sees anything after `until`."""
    encoder = load_encoder()
    known = task.network.until(task.until)
    tables = network_tables(task.network, network_vectors(task.network, encoder, lambda _: None))
    past = Events.of(known, task.until, 12).moment(0).past
    nothing = -1.0  # for a carrier without a past
    ours = np.zeros(task.chosen.shape)
    columns = {carrier.id: column for column, carrier in enumerate(task.network.carriers)}
    ids = [task.network.startups[row].id for row in task.rows]
    lines = {one: number for number, one in enumerate(ids)}
    rank = Rank(encoder, Train(encoder, AdditiveLearner())(known, until=task.until))
    for pair in rank(known, until=task.until, startups=ids, k=len(columns)):
        ours[lines[pair.startup], columns[pair.carrier]] = pair.score
    return {
        "popularity": np.broadcast_to(task.admitted, task.chosen.shape),
        "TF-IDF to the mean of past startups": np.nan_to_num(
            similarity_to_mean(tables.words[task.rows], past, tables.words), nan=nothing
        ),
        "embedding to the mean of past startups": np.nan_to_num(
            similarity_to_mean(tables.vectors.startups[task.rows], past, tables.vectors.startups), nan=nothing
        ),
        OURS: ours,
    }


def measured(task: Task, scores: Scores, protocol: str) -> dict[str, Floats]:
    """nDCG@10 by system, shape (n_startups,); NaN where no candidate was chosen."""
    columns = np.flatnonzero(task.is_candidate[protocol])
    ids = [CarrierId(task.network.carriers[column].id) for column in columns]
    shuffled = np.random.default_rng(SEED).permutation(len(columns))  # equal scores stand in an order of chance
    grades = [{ids[n]: 1 for n in np.flatnonzero(of_startup[columns])} for of_startup in task.chosen]
    values = {RANDOM: np.array([expected_random_ndcg(ids, own) for own in grades])}
    for name, of_system in scores.items():
        orders = [shuffled[np.argsort(-own[columns][shuffled], kind="stable")] for own in of_system]
        values[name] = np.array([ndcg([ids[n] for n in order], own) for order, own in zip(orders, grades, strict=True)])
    return values


def groups_of(task: Task) -> dict[str, np.ndarray]:
    """Startups whose choice is named after a place that the record knows, or after something else."""
    placed = np.array([bool(carrier.place.city or carrier.place.country) for carrier in task.network.carriers])
    in_place = task.chosen @ placed > 0
    every = np.ones(len(task.rows), np.bool_)
    return {"all": every, "place": in_place, "theme": ~in_place}


def table_of(task: Task, scores: Scores) -> Table:
    table = Table(
        title=f"nDCG@10 with 95 % intervals; {task.until.year + 1} ranked with knowledge to {task.until.year}"
    )
    table.add_column("system")
    groups = groups_of(task)
    by_protocol = {protocol: measured(task, scores, protocol) for protocol in task.is_candidate}
    for protocol, values in by_protocol.items():
        for group, chosen in groups.items():
            n = int((chosen & ~np.isnan(values[OURS])).sum())
            table.add_column(f"{protocol}, {group} ({n})", justify="right", no_wrap=group == "all")
        table.add_column(f"{protocol}, p of ours", justify="right")
    for name in (RANDOM, *scores):
        cells = []
        for values in by_protocol.values():
            cells += [_shown(_estimate(values[name][chosen])) for chosen in groups.values()]
            cells.append("" if name == OURS else _p(values[OURS], values[name]))
        table.add_row(name, *cells)
    return table


def _estimate(values: Floats) -> Estimate:
    known = values[~np.isnan(values)]
    return bootstrap(weighted_mean(known), np.arange(len(known)), np.random.default_rng(SEED))


def _p(ours: Floats, other: Floats) -> str:
    p = paired_randomisation(ours, other, np.arange(len(ours)), np.random.default_rng(SEED))
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _shown(estimate: Estimate) -> str:
    return f"{estimate.value:.3f}\n{estimate.low:.3f}…{estimate.high:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="holds startups.jsonl, carriers.jsonl and links.csv")
    folder = parser.parse_args().folder
    console = Console(width=160)
    if folder is None or not all((folder / name).is_file() for name in FILES):
        where = "no --folder was given" if folder is None else f"{folder} has not all of {', '.join(FILES)}"
        console.print(f"SKIPPED: recorded acceptances were NOT measured, because {where}.", style="bold red")
        sys.exit(0)
    task = task_of(folder)
    console.print(table_of(task, scores_of(task)))


if __name__ == "__main__":
    main()
