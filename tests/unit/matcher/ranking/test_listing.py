"""The list: what rules and wishes take off it, what stays, and never more than there is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.carriers import Role, Status
from matcher.domain.entry_rules import Treatment
from matcher.domain.matches import Band, Criterion
from matcher.domain.startups import Scope, Stated
from matcher.domain.taxonomy import CHAINS, Facet
from matcher.ranking.listing import WISH_RULE, ListMaker, band_of
from tests.factories import a_carrier, a_read_profile, an_entry_rule
from tests.unit.matcher.ranking.worlds import RANKER, TAXONOMY, a_board, a_device_maker, a_plain_carrier

TODAY = date(2026, 11, 22)
STAGES = TAXONOMY.ids(Facet.STAGE)
FIELDS = {chain: [name for name in TAXONOMY.ids(Facet.SUBFIELD) if name.startswith(chain)] for chain in CHAINS}


def listing_of(board, profile, k=10, scope=Scope.HOME):
    return ListMaker(profile, board, RANKER, scope, TODAY).make(k)


def ids(listing) -> list[str]:
    return [match.carrier.id for match in listing.matches]


def an_own_rule(carrier, **changes):
    return an_entry_rule(carrier_kinds=(), carrier_id=carrier.id, treatment=Treatment.EXCLUDE, **changes)


# How long


@pytest.mark.parametrize(("k", "n_matches"), [(1, 1), (3, 3), (4, 4), (100, 4)])
def test_k_limits_the_list_and_nothing_pads_it(k, n_matches) -> None:
    listing = listing_of(a_board(*(a_plain_carrier() for _ in range(4))), a_device_maker(), k)

    assert [match.rank for match in listing.matches] == list(range(1, n_matches + 1))
    assert len(set(ids(listing))) == n_matches


def test_a_shorter_list_is_the_beginning_of_a_longer_one(board) -> None:
    long = ids(listing_of(board, a_device_maker(), 20))

    for k in (1, 3, 7):
        assert ids(listing_of(board, a_device_maker(), k)) == long[:k]


def test_a_city_without_carriers_has_an_empty_list() -> None:
    listing = listing_of(a_board(a_carrier(city="西安")), a_device_maker())

    assert listing.matches == listing.not_eligible == ()


# In what order


@given(st.sampled_from(CHAINS), st.sampled_from(STAGES), st.data())
@settings(max_examples=25)
def test_scores_fall_and_are_the_sum_of_the_parts_shown_but_for_a_core_park_that_is_lifted_and_flagged(
    board, chain, stage, data
) -> None:
    subfields = dict.fromkeys(data.draw(st.sets(st.sampled_from(FIELDS[chain]), min_size=2, max_size=2)), 0.5)
    matches = listing_of(board, a_read_profile(TAXONOMY, subfields, stage), 20).matches
    lifted = [match for match in matches if any("core park" in str(flag) for flag in match.flags)]
    rest = [match.score for match in matches if match not in lifted]

    assert rest == sorted(rest, reverse=True)
    assert all(match.carrier is board.carriers[board.core_park_rows[chain]] and match.rank == 3 for match in lifted)
    for match in matches:
        assert match.score == sum(entry.part for entry in match.criteria)
        assert match.score == sum(entry.part for entry in reversed(match.criteria))
        assert match.band is band_of(match.score, RANKER.bands)


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("scope", Scope)
def test_the_core_park_of_the_chain_is_within_the_first_three(board, chain, stage, scope) -> None:
    for name in FIELDS[chain]:
        listing = listing_of(board, a_read_profile(TAXONOMY, {name: 1.0}, stage), 3, scope)

        assert board.carriers[board.core_park_rows[chain]].id in ids(listing), name


@pytest.mark.parametrize("stage", STAGES)
def test_partners_are_never_ranked(board, stage) -> None:
    listing = listing_of(board, a_device_maker(stage), 100, Scope.ALL)

    assert {match.carrier.role for match in listing.matches} == {Role.CARRIER}


def test_every_criterion_that_is_weighed_is_told(board) -> None:
    (match,) = listing_of(board, a_device_maker(), 1).matches

    assert [entry.criterion for entry in match.criteria] == [one for one in Criterion if one is not Criterion.HISTORY]


@pytest.mark.parametrize("state", [Status.PLANNED, Status.UNDER_CONSTRUCTION])
def test_what_is_not_open_yet_is_flagged_and_stands_behind_its_like(state) -> None:
    planned, is_open = a_plain_carrier(status=state), a_plain_carrier()
    listing = listing_of(a_board(planned, is_open), a_device_maker())

    assert ids(listing) == [is_open.id, planned.id]
    assert any("not available yet" in str(flag) for flag in listing.matches[1].flags)
    assert not any("not available yet" in str(flag) for flag in listing.matches[0].flags)


@pytest.mark.parametrize(("score", "band"), [
    (2.0, Band.HIGH), (1.99, Band.MEDIUM), (1.0, Band.MEDIUM), (0.99, Band.LOW), (-5.0, Band.LOW),
])  # fmt: skip
def test_a_band_begins_at_its_limit(score, band) -> None:
    assert band_of(score, (2.0, 1.0)) is band


# What is kept from it


def test_a_carrier_that_is_not_wanted_is_named_beside_the_list() -> None:
    wanted, unwanted = a_plain_carrier(), a_plain_carrier()
    stated = Stated(exclude=frozenset({unwanted.id}))
    listing = listing_of(a_board(wanted, unwanted), a_device_maker(stated=stated))

    assert ids(listing) == [wanted.id]
    assert [(one.carrier.id, one.rule) for one in listing.not_eligible] == [(unwanted.id, WISH_RULE)]


@pytest.mark.parametrize(("age", "is_listed"), [(24, True), (25, False), (None, True)])
def test_an_own_rule_takes_a_carrier_off_the_list_only_if_it_is_known_not_to_be_met(age, is_listed) -> None:
    carrier = a_plain_carrier()
    rule = an_own_rule(carrier, value=24)
    listing = listing_of(a_board(carrier, entry_rules=(rule,)), a_device_maker(company_age_months=age))

    assert ids(listing) == ([carrier.id] if is_listed else [])
    assert [one.rule for one in listing.not_eligible] == ([] if is_listed else [rule.id])


@given(age=st.integers(0, 2000))
def test_a_generic_rule_takes_nobody_off_the_list_and_changes_no_rank(age) -> None:
    carriers = [a_plain_carrier(), a_plain_carrier(kind="kind.accelerator"), a_plain_carrier(kind="kind.makerspace")]
    rules = tuple(an_entry_rule(carrier_kinds=("*",), value=value) for value in (0, 24, 100))
    profile = a_device_maker(company_age_months=age)

    assert ids(listing_of(a_board(*carriers, entry_rules=rules), profile)) == ids(
        listing_of(a_board(*carriers), profile)
    )


@pytest.mark.parametrize("by_rule", [True, False])
def test_an_excluded_core_park_is_not_lifted_back(by_rule) -> None:
    park = a_carrier(anchors=(TAXONOMY.core_park("biomed"),))
    rules = (an_own_rule(park, value=1),) if by_rule else ()
    stated = Stated() if by_rule else Stated(exclude=frozenset({park.id}))
    board = a_board(park, *(a_plain_carrier() for _ in range(3)), entry_rules=rules)
    listing = listing_of(board, a_device_maker(stated=stated, company_age_months=30))

    assert park.id not in ids(listing)
    assert [one.carrier.id for one in listing.not_eligible] == [park.id]


def test_verdicts_stand_beside_a_match_with_source_and_date(board) -> None:
    matches = listing_of(board, a_device_maker(company_age_months=80), 29).matches
    verdicts = [verdict for match in matches for verdict in match.eligibility]

    assert verdicts
    assert all(verdict.as_of and verdict.source.label for verdict in verdicts)
