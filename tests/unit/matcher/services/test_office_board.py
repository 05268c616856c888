"""The office's figures: of all startups that get a list, for those who may read counts, once while nothing changes."""

import time
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import pytest

from data.targets import read_targets
from matcher.domain.accounts import NOBODY, AccountId, Actor, Role
from matcher.domain.carriers import Carrier
from matcher.domain.errors import NotAllowed, SignInNeeded
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.messages import Language
from matcher.domain.registry import RegistryVersion
from matcher.domain.small_cells import FEW, Count
from matcher.domain.startup_records import ListedStartup, StartupChanges
from matcher.domain.startups import Outcome, Scope, Stated
from matcher.domain.taxonomy import Facet
from matcher.ranking.board import build_board
from matcher.ranking.listing import ListMaker
from matcher.services.all_startups import ListedStartups
from matcher.services.office_board import OfficeBoard, residents
from models.hashing_encoder import HashingEncoder
from models.rankers import load_prior
from tests.factories import NOW, a_read_profile

N_MANY = 2_000


class World:
    """What the figures rest on; a test changes one part of it."""

    def __init__(self, registry) -> None:
        self.board = build_board(registry, HashingEncoder(), "太仓")
        self.taxonomy = registry.taxonomy
        self.listed = self.of(40)
        self.figures = OfficeBoard(
            self.transactions, lambda: self.board, lambda: self.listed, load_prior(), read_targets()
        )

    @contextmanager
    def transactions(self):
        yield SimpleNamespace(leads=SimpleNamespace(admitted=lambda: []))

    def of(self, n: int, **profile) -> ListedStartups:
        startups = [self._startup(number, **profile) for number in range(n)]
        return ListedStartups(StartupChanges(last=len(startups)), {one.id: one for one in startups})

    def _startup(self, number: int, **profile) -> ListedStartup:
        subfields, stages = self.taxonomy.ids(Facet.SUBFIELD), self.taxonomy.ids(Facet.STAGE)
        field, stage = subfields[number % len(subfields)], stages[number % len(stages)]
        return ListedStartup(
            id=StartupId(f"s{number:05}"),
            owner=AccountId("owner"),
            language=Language.EN,
            discoverable=True,
            train_consent=False,
            version=1,
            updated_at=NOW,
            reader_id="reader@1",
            profile=a_read_profile(self.taxonomy, {field: 0.8}, stage, **profile),
        )

    def asked_by(self, role: Role | None):
        actor = NOBODY if role is None else Actor(account=AccountId("one"), role=role, carrier=None)
        return self.figures(actor, now=NOW)


@pytest.fixture
def world(registry) -> World:
    return World(registry)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_the_office_and_admins_may_read_counts(world, role) -> None:
    assert world.asked_by(role).demand.total == Count(40)


@pytest.mark.parametrize(
    ("role", "error"), [(None, SignInNeeded), (Role.STARTUP, NotAllowed), (Role.STAFF, NotAllowed)]
)
def test_nobody_else_may(world, role, error) -> None:
    with pytest.raises(error):
        world.asked_by(role)


def test_while_nothing_changes_nothing_is_counted_again(world) -> None:
    first = world.asked_by(Role.OFFICE)

    assert world.asked_by(Role.ADMIN).demand is first.demand


def more_startups(world) -> None:
    world.listed = world.of(50)


def another_registry(world) -> None:
    changed = replace(world.board.registry, version=RegistryVersion(version="another", as_of="2026-11-24"))
    world.board = replace(world.board, registry=changed)


@pytest.mark.parametrize("change", [more_startups, another_registry])
def test_what_has_changed_is_counted_again(world, change) -> None:
    first = world.asked_by(Role.OFFICE)
    change(world)

    second = world.asked_by(Role.OFFICE)

    assert second.demand is not first.demand
    assert second.demand.total == Count(len(world.listed))


def test_who_gets_no_list_is_not_counted(world) -> None:
    world.listed = world.of(30, outcome=Outcome.OUT_OF_SCOPE)

    figures = world.asked_by(Role.OFFICE)

    assert figures.demand.total == FEW
    assert figures.attention is None


def test_carriers_are_counted_as_the_lists_show_them(world) -> None:
    """The lists themselves, made one by one as for a startup that asks."""
    shown: dict[CarrierId, int] = {}
    for one in world.listed.startups:
        maker = ListMaker(one.profile, world.board, world.figures.ranker, Scope.HOME, NOW.date())
        for match in maker.make(10).matches:
            shown[match.carrier.id] = shown.get(match.carrier.id, 0) + 1

    attention = world.asked_by(Role.OFFICE).attention

    assert attention.n_places == sum(shown.values())
    for one in attention.carriers:
        times = shown.get(one.id, 0)
        assert one.lists.n in (times, None)
        assert one.lists.few == (times < 5)


def test_a_carrier_that_startups_do_not_want_is_in_none_of_their_lists(world) -> None:
    unwanted = world.asked_by(Role.OFFICE).attention.carriers[0].id
    world.listed = replace(world.of(40, stated=Stated(exclude=frozenset({unwanted}))), changes=StartupChanges(last=99))

    attention = world.asked_by(Role.OFFICE).attention

    assert next(one for one in attention.carriers if one.id == unwanted).lists == FEW


def test_targets_stand_beside_what_the_registry_holds_of_them_today(world) -> None:
    standings = {one.target.id: one for one in world.asked_by(Role.OFFICE).standings}
    home: tuple[Carrier, ...] = world.board.carriers_of_scope[Scope.HOME]

    provincial = standings["carriers.provincial"]
    assert provincial.target.year == 2025
    assert provincial.known == sum(
        one.level in ("level.provincial", "level.national", "level.standard_2025", "level.excellent_2025")
        for one in home
    )
    assert provincial.n_unknown == sum(one.level is None for one in home) > 0
    assert standings["carriers.national"].known <= provincial.known
    assert standings["funds.incubation"].known is None


def test_without_an_admission_on_record_nothing_is_said_of_residents(world) -> None:
    assert world.asked_by(Role.OFFICE).residents is None
    assert residents([]) is None


def test_residents_are_told_by_year_of_admission_where_there_are_enough() -> None:
    found = residents([2024] * 12 + [2025] * 9 + [2026] * 2)

    assert found.total == Count(23)
    assert [year for year, _ in found.by_year] == [2024, 2025, 2026]
    assert found.by_year[0][1] == Count(12)
    assert {one.n for _, one in found.by_year[1:]} == {None}  # the two would follow from the nine


def test_all_pairs_are_scored_at_some_microseconds_each(world) -> None:
    world.listed = world.of(N_MANY)
    n_pairs = N_MANY * len(world.board.carriers_of_scope[Scope.HOME])

    began = time.process_time()
    world.asked_by(Role.OFFICE)

    assert (time.process_time() - began) / n_pairs < 60e-6
