"""A block's lists are those that scoring every pair would give, and those that single answers give."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from matcher.domain.accounts import AccountId
from matcher.domain.entry_rules import Treatment
from matcher.domain.ids import StartupId, TermId
from matcher.domain.startup_records import ListedStartup
from matcher.domain.startups import Outcome, Scope, Stated
from matcher.domain.taxonomy import Facet
from matcher.features.tables import CarrierTable, startup_table
from matcher.ports import Correction
from matcher.ranking.board import build_board
from matcher.ranking.lead_ranking import rank_leads
from matcher.ranking.listing import ListMaker
from matcher.retrieval.bounds import SLACK, BoundMaker
from matcher.services.both_sides import SidesMaker
from matcher.services.recommend import gets_a_list
from matcher.services.rerank_block import Pairs, World, compute_block, score_columns
from matcher.services.rerank_lists import startup_lists
from models.hashing_encoder import HashingEncoder
from models.learned_ranker import load_ranker
from models.rankers import load_prior
from tests.batch import a_crowd
from tests.factories import a_read_profile, an_entry_rule

DAY = date(2026, 11, 25)
NOBODY_LEADS = np.inf


@pytest.fixture(scope="module")
def board(registry):
    return build_board(registry, HashingEncoder(), "太仓")


@pytest.fixture(scope="module", params=[load_ranker, load_prior], ids=["learned", "prior"])
def crowd(request, board):
    return a_crowd(board, request.param(), 120, 90)


def world_of(sides, ranker, k: int, threshold: float = NOBODY_LEADS) -> World:
    return World(sides.askers, BoundMaker(ranker, sides.homes), k, np.full(len(sides.homes), threshold, np.float32))


def everybody(world: World) -> Pairs:
    return score_columns(world, np.arange(len(world.askers)), np.arange(len(world.homes))).pairs


def of(pairs: Pairs, row: int, chosen: np.ndarray) -> list[tuple[int, float]]:
    own = np.flatnonzero(chosen & (pairs.startup == row))
    return list(zip(pairs.carrier[own].tolist(), pairs.score[own].tolist(), strict=True))


@pytest.mark.parametrize("k", [1, 4, 30, 200])
def test_a_list_has_the_best_of_all_pairs_and_the_core_park(crowd, k) -> None:
    world = world_of(crowd.all, crowd.ranker, k)

    found = compute_block(world, np.arange(len(world.askers))).pairs
    all_pairs = everybody(world)

    for row in range(len(world.askers)):
        possible = sorted(of(all_pairs, row, np.ones(len(all_pairs), bool)), key=lambda pair: (-pair[1], pair[0]))
        park = int(world.askers.facts.park[row])
        expected = possible[:k] + [pair for pair in possible[k:] if pair[0] == park]
        assert of(found, row, found.listed) == expected


def test_a_bound_is_never_exceeded_and_hardly_ever_far_above(crowd) -> None:
    world = world_of(crowd.all, crowd.ranker, 3)
    pairs = everybody(world)

    above = world.maker.bounds(world.askers)[pairs.startup, pairs.carrier] - pairs.score

    assert above.min() > 0
    assert np.median(above) < 2 * SLACK


def test_few_pairs_are_scored_exactly(crowd) -> None:
    world = world_of(crowd.all, crowd.ranker, 3)

    assert compute_block(world, np.arange(len(world.askers))).n_scored < 8 * len(world.askers)


def test_equal_carriers_stand_in_the_order_of_their_ids(crowd) -> None:
    sides = crowd.all
    first = np.zeros(len(sides.homes), np.int64)
    table = CarrierTable(**{one.name: getattr(sides.homes.table, one.name)[first] for one in fields(CarrierTable)})
    homes = replace(sides.homes, table=table, wished=sides.homes.wished[:, first], ids=tuple(f"{n:03}" for n in first))
    world = world_of(replace(sides, homes=replace(homes, ids=crowd.homes.ids)), load_prior(), 4)

    found = compute_block(world, np.arange(len(world.askers))).pairs

    for row in np.flatnonzero(world.askers.facts.lists):
        listed = [carrier for carrier, _ in of(found, row, found.listed)]
        assert listed == sorted(listed)


def test_leads_are_all_visible_pairs_that_reach_the_threshold(crowd) -> None:
    world = world_of(crowd.all, crowd.ranker, 3, threshold=0.5)

    found = compute_block(world, np.arange(len(world.askers))).pairs
    all_pairs = everybody(world)

    expected = world.askers.facts.discoverable[all_pairs.startup] & (all_pairs.score >= 0.5)
    as_set = {(a, b) for a, b in zip(found.startup[found.lead], found.carrier[found.lead], strict=True)}
    assert as_set == {(a, b) for a, b in zip(all_pairs.startup[expected], all_pairs.carrier[expected], strict=True)}


def test_trees_that_look_at_anything_else_only_widen_the_bound(crowd) -> None:
    class Suspicious(type(crowd.ranker)):
        corrections = (*crowd.ranker.corrections, Correction(frozenset({"stage_fit", "level"}), 1.5))

    ranker = Suspicious.__new__(Suspicious)
    ranker.__dict__.update(crowd.ranker.__dict__)
    world, other = world_of(crowd.all, crowd.ranker, 3), world_of(crowd.all, ranker, 3)
    pairs = everybody(world)

    above = other.maker.bounds(other.askers)[pairs.startup, pairs.carrier] - pairs.score

    assert above.min() > 0
    rows = np.arange(len(world.askers))
    ours, theirs = compute_block(world, rows).pairs, compute_block(other, rows).pairs
    assert ours.score[ours.listed].tolist() == theirs.score[theirs.listed].tolist()


# As single answers


def a_listed(taxonomy, number: int, rng: np.random.Generator, carriers) -> ListedStartup:
    subfields = rng.choice(taxonomy.ids(Facet.SUBFIELD), 3, replace=False)
    shares = rng.dirichlet([2.0, 0.5, 0.2])
    stages = [None, *taxonomy.ids(Facet.STAGE)]
    outcome = (Outcome.NO_CORE_CHAIN, Outcome.OUT_OF_SCOPE, *[Outcome.RANKED] * 6)[number % 8]
    wishes = ((), (), ("高新区",), ("Shanghai", "科教"), (" ",))
    profile = a_read_profile(
        taxonomy,
        {TermId(name): float(share) for name, share in zip(subfields, shares, strict=True)},
        stages[number % len(stages)],
        outcome=outcome,
        company_age_months=int(rng.integers(0, 90)),
        embedding=np.eye(64, dtype=np.float32)[number % 64] if number % 7 else np.zeros(64, np.float32),
        stated=Stated(
            districts=wishes[number % len(wishes)],
            exclude=frozenset(str(one) for one in rng.choice(carriers, number % 3)),
        ),
    )
    return ListedStartup(
        id=StartupId(f"s{number:03}"), owner=AccountId("owner"), language=profile.language,
        discoverable=bool(number % 5), train_consent=False, version=1, updated_at=datetime(2026, 1, 1, tzinfo=UTC),
        reader_id="reader", profile=profile,
    )  # fmt: skip


@pytest.fixture(scope="module", params=list(Scope))
def single(request, registry):
    """A board with rules that exclude, startups, and the world that a run makes of both."""
    carriers = [carrier.id for carrier in registry.carriers]
    young = {"subject": "company_age_months_at_entry", "op": "<=", "treatment": Treatment.EXCLUDE}
    rules = [an_entry_rule(carrier_kinds=(), carrier_id=one, value=30, **young) for one in carriers[::7]]
    later = an_entry_rule(carrier_kinds=(), carrier_id=carriers[1], value=1, valid_from=date(2027, 1, 1), **young)
    ruled = replace(registry, entry_rules=(*registry.entry_rules, *rules, later))
    board = build_board(ruled, HashingEncoder(), "太仓")
    rng = np.random.default_rng(4)
    startups = [a_listed(registry.taxonomy, number, rng, carriers) for number in range(90)]
    maker = SidesMaker(board, request.param, DAY)
    maker.add(startups[:40])
    maker.add(startups[40:])
    world = World(
        maker.askers(),
        BoundMaker(load_ranker(), maker.homes()),
        6,
        np.full(len(board.rows_of_scope[request.param]), -np.inf, np.float32),
    )
    return board, startups, request.param, world


def test_lists_are_those_of_single_answers(single) -> None:
    board, startups, scope, world = single
    found = compute_block(world, np.arange(len(world.askers))).pairs
    ranked = startup_lists(world, found)

    by_id = {startup.id: startup.profile for startup in startups}
    n_lifted = 0
    for row, startup in enumerate(world.askers.ids):
        own = ranked.pairs.startup == row
        listed = [
            (world.homes.ids[carrier], score, rank)
            for carrier, score, rank in zip(
                ranked.pairs.carrier[own].tolist(),
                ranked.pairs.score[own].tolist(),
                ranked.rank[own].tolist(),
                strict=True,
            )
        ]
        profile = by_id[startup]
        matches = ListMaker(profile, board, load_ranker(), scope, DAY).make(6).matches if gets_a_list(profile) else ()
        assert listed == [(match.carrier.id, match.score, match.rank) for match in matches]
        n_lifted += int(ranked.lifted[own].sum())
    assert n_lifted


def test_leads_are_those_that_a_carrier_sees(single) -> None:
    board, startups, scope, world = single
    found = compute_block(world, np.arange(len(world.askers))).pairs
    table = startup_table([one.profile for one in startups], board.registry.taxonomy)

    for column, row in enumerate(board.rows_of_scope[scope].tolist()):
        ranking = rank_leads(startups, table, board, row, load_ranker(), DAY)
        carrier = board.carriers[row].id
        expected = {
            one.id: float(score)
            for one, score in zip(ranking.startups, ranking.scores, strict=True)
            if one.discoverable and gets_a_list(one.profile) and carrier not in one.profile.stated.exclude
            and one.id not in ranking.excluded
        }  # fmt: skip
        own = found.lead & (found.carrier == column)
        assert dict(zip(world.askers.ids[found.startup[own]], found.score[own].tolist(), strict=True)) == expected


def test_the_rules_of_the_test_exclude_somebody(single) -> None:
    _, _, _, world = single

    assert world.homes.barred.any()
    assert not world.homes.barred.all()
