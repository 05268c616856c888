"""Carriers that are looked at once more get the leads that scoring everybody would give."""

import numpy as np
import pytest

from matcher.ranking.board import build_board
from matcher.retrieval.bounds import BoundMaker
from matcher.services import rerank_again
from matcher.services.rerank_again import with_everybody
from matcher.services.rerank_block import Pairs, World, score_columns
from models.hashing_encoder import HashingEncoder
from models.learned_ranker import load_ranker
from tests.batch import a_crowd

K = 3


@pytest.fixture(scope="module")
def world(registry) -> World:
    crowd = a_crowd(build_board(registry, HashingEncoder(), "太仓"), load_ranker(), 150, 90).all
    thresholds = np.full(len(crowd.homes), np.inf, np.float32)
    return World(crowd.askers, BoundMaker(load_ranker(), crowd.homes), K, thresholds)


def expected(world: World, carriers: np.ndarray, n: int) -> set[tuple[int, int, float]]:
    pairs = score_columns(world, np.arange(len(world.askers)), carriers).pairs
    pairs = pairs.rows(world.askers.facts.discoverable[pairs.startup])
    found = set()
    for carrier in carriers.tolist():
        own = pairs.rows(pairs.carrier == carrier)
        least = np.sort(own.score)[-n:].min(initial=np.inf)
        found |= triples(own.rows(own.score >= least))
    return found


def triples(pairs: Pairs) -> set[tuple[int, int, float]]:
    return set(zip(pairs.startup.tolist(), pairs.carrier.tolist(), pairs.score.tolist(), strict=True))


@pytest.mark.parametrize("n", [1, 4, 1_000])
def test_the_best_of_everybody_are_found_and_no_others(world, monkeypatch, n) -> None:
    monkeypatch.setattr(rerank_again, "N_AT_ONCE", 16)  # so that they stream
    monkeypatch.setattr(rerank_again, "N_TOGETHER", 20)
    carriers = np.arange(0, len(world.homes), 2)
    nothing = score_columns(world, np.arange(0), carriers).pairs

    again = with_everybody(world, nothing, carriers, n)

    assert again.leads.lead.all()
    assert triples(again.leads) == expected(world, carriers, n)


def test_few_are_scored_once_good_ones_are_known(world, monkeypatch) -> None:
    monkeypatch.setattr(rerank_again, "N_AT_ONCE", 16)
    carriers = np.arange(len(world.homes))
    nothing = score_columns(world, np.arange(0), carriers).pairs

    again = with_everybody(world, nothing, carriers, 1)

    assert again.n_scored < len(world.askers) * len(carriers) / 2


def test_leads_of_other_carriers_stay(world) -> None:
    some = score_columns(world, np.arange(20), np.arange(0, 10)).pairs

    again = with_everybody(world, some, np.arange(5, 8), 2)

    others = ~np.isin(some.carrier, [5, 6, 7])
    assert triples(some.rows(others)) <= triples(again.leads)
    assert triples(again.leads) - triples(some.rows(others)) == expected(world, np.arange(5, 8), 2)
