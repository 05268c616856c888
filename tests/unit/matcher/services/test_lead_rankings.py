"""All startups for one carrier: in one block, and only once while nothing changes."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.accounts import AccountId
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.messages import Language
from matcher.domain.registry import RegistryVersion
from matcher.domain.startup_records import ListedStartup, StartupChanges
from matcher.domain.taxonomy import Facet
from matcher.ranking.board import build_board
from matcher.services.all_startups import ListedStartups
from matcher.services.lead_rankings import LeadRankings
from models.hashing_encoder import HashingEncoder
from models.rankers import load_prior
from tests.factories import NOW, a_read_profile

CARRIER = CarrierId("cn004")
TODAY = date(2026, 11, 24)
N_MANY = 2_000


class World:
    """What a ranking rests on; a test changes one part of it."""

    def __init__(self, registry) -> None:
        self.board = build_board(registry, HashingEncoder(), "太仓")
        self.taxonomy = registry.taxonomy
        self.listed = self.of(range(8))
        self.rankings = LeadRankings(lambda: self.board, lambda: self.listed, load_prior())

    def of(self, numbers: Sequence[int]) -> ListedStartups:
        startups = [self._startup(number) for number in numbers]
        return ListedStartups(StartupChanges(last=len(startups)), {one.id: one for one in startups})

    def _startup(self, number: int) -> ListedStartup:
        subfields, stages = self.taxonomy.ids(Facet.SUBFIELD), self.taxonomy.ids(Facet.STAGE)
        return ListedStartup(
            id=StartupId(f"s{number:05}"),
            owner=AccountId("owner"),
            language=Language.EN,
            discoverable=True,
            train_consent=False,
            version=1,
            updated_at=NOW,
            reader_id="reader@1",
            profile=a_read_profile(
                self.taxonomy, {subfields[number % len(subfields)]: 0.8}, stages[number % len(stages)]
            ),
        )


@pytest.fixture
def world(registry) -> World:
    return World(registry)


def test_while_nothing_changes_nothing_is_ranked_again(world) -> None:
    first = world.rankings.of(CARRIER, TODAY)

    assert world.rankings.of(CARRIER, TODAY) is first
    assert world.rankings.of(CarrierId("cn001"), TODAY) is not first
    assert world.rankings.of(CARRIER, TODAY) is first


def changed_startups(world) -> None:
    world.listed = world.of(range(9))


def changed_registry(world) -> None:
    changed = replace(world.board.registry, version=RegistryVersion(version="another", as_of="2026-11-24"))
    world.board = replace(world.board, registry=changed)


@pytest.mark.parametrize("change", [changed_startups, changed_registry])
def test_what_has_changed_is_ranked_again(world, change) -> None:
    first = world.rankings.of(CARRIER, TODAY)
    change(world)

    second = world.rankings.of(CARRIER, TODAY)

    assert second is not first
    assert len(second.ranking.startups) == len(world.listed)


def test_rules_are_applied_anew_on_another_day(world) -> None:
    first = world.rankings.of(CARRIER, TODAY)

    assert world.rankings.of(CARRIER, date(2026, 11, 25)) is not first


def test_nobody_is_ranked_where_there_is_nobody(world) -> None:
    world.listed = world.of([])

    assert world.rankings.of(CARRIER, TODAY).ranking.startups == ()


def test_one_startup_alone_scores_as_it_does_among_others(world) -> None:
    among = world.rankings.of(CARRIER, TODAY).ranking
    world.listed = world.of([3])
    alone = world.rankings.of(CARRIER, TODAY).ranking

    assert alone.scores[0] == among.scores[among.row_of[alone.startups[0].id]]


def test_two_thousand_startups_are_ranked_within_a_tenth_of_a_second(world) -> None:
    world.listed = world.of(range(N_MANY))

    began = time.process_time()
    ranked = world.rankings.of(CARRIER, TODAY)
    took_s = time.process_time() - began

    assert len(ranked.ranking.startups) == N_MANY
    assert took_s < 0.1
