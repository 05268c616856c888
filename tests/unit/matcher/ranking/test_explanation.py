"""Reasons hold: every fact is in the record, every word in the text, and nothing else is named."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.carriers import Status
from matcher.domain.matches import Criterion
from matcher.domain.messages import Message, Texts
from matcher.domain.startups import Scope, Span, Stated
from matcher.domain.taxonomy import Facet
from matcher.ranking.listing import ListMaker
from tests.factories import a_carrier, a_finding, a_read_profile
from tests.unit.matcher.ranking.worlds import (
    NOTHING_KNOWN,
    RANKER,
    TAXONOMY,
    a_board,
    a_device_maker,
    a_plain_carrier,
)

TODAY = date(2026, 11, 22)
WORDS = Span(0, 8, "catheter")


def matches_of(board, profile, scope=Scope.ALL):
    return ListMaker(profile, board, RANKER, scope, TODAY).make(100).matches


def told(profile, criterion, **record):
    """What one criterion says about a plain carrier."""
    (match,) = matches_of(a_board(a_plain_carrier(**record)), profile)
    return next(entry for entry in match.criteria if entry.criterion is criterion)


def some_terms(data, facet: Facet) -> tuple:
    terms = data.draw(st.sets(st.sampled_from(TAXONOMY.ids(facet)), max_size=3))
    return tuple(a_finding(term, evidence=(WORDS,)) for term in sorted(terms))


def a_profile_of(data):
    subfields = dict.fromkeys(data.draw(st.sets(st.sampled_from(TAXONOMY.ids(Facet.SUBFIELD)), max_size=3)), 0.3)
    return a_read_profile(
        TAXONOMY,
        subfields,
        data.draw(st.sampled_from([None, *TAXONOMY.ids(Facet.STAGE)])),
        services=some_terms(data, Facet.SERVICE),
        capabilities=some_terms(data, Facet.CAPABILITY),
        site=some_terms(data, Facet.SITE),
        stated=Stated(districts=data.draw(st.sampled_from([(), ("沙溪镇",)]))),
    )


def names_in(message: Message) -> set[Texts]:
    """All names of terms that fill the gaps of a sentence."""
    names = set()
    for value in message.params.values():
        for one in value if isinstance(value, tuple) else (value,):
            names |= {one} if isinstance(one, Texts) else names_in(one) if isinstance(one, Message) else set()
    return names


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_reason_rests_on_the_two_records_alone(board, data) -> None:
    profile = a_profile_of(data)
    asked = {finding.id for finding in (*profile.services, *profile.capabilities, *profile.site, *profile.subfields)}
    asked |= {profile.industry.id} | ({profile.stage.id} if profile.stage else set())

    for match in matches_of(board, profile):
        carrier = match.carrier
        recorded = {carrier.kind, carrier.level, *carrier.industries, *carrier.subfields}
        recorded |= {*carrier.services, *carrier.capabilities, *carrier.site}
        for entry in match.criteria:
            covered, missing, unknown = (set(terms) for terms in (entry.covered, entry.missing, entry.unknown))
            assert not covered & missing | covered & unknown | missing & unknown
            assert covered | missing | unknown <= asked & set(TAXONOMY.by_id)
            assert all(getattr(carrier, fact.field) not in (None, (), Status.UNKNOWN) for fact in entry.facts)
            assert set(entry.evidence) <= {WORDS}
            assert names_in(entry.sentence) <= {TAXONOMY.label(term) for term in asked | recorded if term}
            assert str(entry.sentence)


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_what_is_covered_is_in_the_record_and_what_is_unknown_is_not(board, data) -> None:
    profile = a_profile_of(data)
    facilities = {finding.id for finding in (*profile.capabilities, *profile.site)}

    for match in matches_of(board, profile):
        entries = {entry.criterion: entry for entry in match.criteria}
        offers = {
            Criterion.SERVICES: set(match.carrier.services),
            Criterion.FACILITIES: {*match.carrier.capabilities, *match.carrier.site},
        }
        for criterion, asked in (
            (Criterion.SERVICES, {finding.id for finding in profile.services}),
            (Criterion.FACILITIES, facilities),
        ):
            assert set(entries[criterion].covered) == asked & offers[criterion]
            assert set(entries[criterion].unknown) == asked - offers[criterion]
            assert entries[criterion].missing == ()  # no record says what is not there


def test_of_a_carrier_of_which_nothing_is_known_no_fact_is_stated() -> None:
    unknown = a_carrier(**NOTHING_KNOWN, status_as_of=None)
    (match,) = matches_of(a_board(unknown), a_device_maker())
    facts = {fact.field for entry in match.criteria for fact in entry.facts}

    assert facts <= {"city", "district"}
    assert not [term for entry in match.criteria for term in (*entry.covered, *entry.missing)]


@pytest.mark.parametrize(("record", "words"), [
    ({"subfields": ("biomed.devices",)}, "It names your field"),
    ({"subfields": ()}, "which sub-fields is not on record"),
    ({"subfields": ("biomed.cro",)}, "not yours"),
    ({"industries": (), "subfields": ()}, "may take firms of any field"),
    ({"industries": ("equipment",), "subfields": ()}, "is not among its own"),
])  # fmt: skip
def test_the_field_is_judged_in_plain_words(record, words) -> None:
    assert words in str(told(a_device_maker(), Criterion.FIELD, **record).sentence)


def test_an_adjacent_field_is_called_adjacent() -> None:
    adjacent = next(name for name in TAXONOMY.ids(Facet.INDUSTRY) if TAXONOMY.near(name))
    subfield = next(name for name in TAXONOMY.ids(Facet.SUBFIELD) if TAXONOMY.industry_of(name) == adjacent)
    profile = a_read_profile(TAXONOMY, {subfield: 1.0})
    entry = told(profile, Criterion.FIELD, industries=TAXONOMY.near(adjacent)[:1], subfields=())

    assert "only adjacent" in str(entry.sentence)
    assert entry.missing == (adjacent,)


def test_a_core_park_is_called_so_with_the_anchor_as_fact() -> None:
    park = a_carrier(anchors=(TAXONOMY.core_park("biomed"),))
    (match,) = matches_of(a_board(park), a_device_maker())

    assert str(match.criteria[0].sentence).startswith("Core park of the chain")
    assert "anchors" in {fact.field for fact in match.criteria[0].facts}


@pytest.mark.parametrize(("stage", "kind", "where"), [
    ("stage.seed", "kind.incubator", "covered"),
    ("stage.industrial", "kind.makerspace", "missing"),
    ("stage.seed", None, "unknown"),
])  # fmt: skip
def test_a_stage_is_covered_missing_or_unknown(stage, kind, where) -> None:
    entry = told(a_device_maker(stage), Criterion.STAGE, kind=kind)

    assert getattr(entry, where) == (stage,)
    assert len(entry.covered + entry.missing + entry.unknown) == 1


def test_a_stage_that_cannot_be_told_is_not_judged() -> None:
    entry = told(a_device_maker(None), Criterion.STAGE)

    assert entry.part == 0
    assert "cannot be told" in str(entry.sentence)


@pytest.mark.parametrize(("specialised", "industries", "words"), [
    (True, ("biomed",), "you are in its field"),
    (True, ("equipment",), "it may refuse"),
    (None, ("biomed",), "not on record"),
    (False, ("biomed",), "not on record"),
])  # fmt: skip
def test_the_wish_of_a_carrier_is_told_only_where_it_is_known(specialised, industries, words) -> None:
    entry = told(a_device_maker(), Criterion.WISH, specialised=specialised, industries=industries)

    assert words in str(entry.sentence)
    assert bool(entry.facts) == bool(specialised)
    assert entry.part < 0 if words == "it may refuse" else entry.part == 0


@pytest.mark.parametrize(("specialised", "wanted", "words"), [
    (None, ("biomed.devices",), "next, and that is your field"),
    (True, ("biomed.devices",), "next, and that is your field"),
    (None, ("materials.battery",), "your field is not among them"),
    (True, ("materials.battery",), "you are in its field"),
])  # fmt: skip
def test_what_a_carrier_would_like_to_take_is_told_and_changes_no_score(specialised, wanted, words) -> None:
    record = {"specialised": specialised, "industries": ("biomed",)}
    plain = told(a_device_maker(), Criterion.WISH, **record)
    entry = told(a_device_maker(), Criterion.WISH, **record, wanted=wanted)

    assert words in str(entry.sentence)
    assert entry.part == plain.part
    assert "wanted" in {fact.field for fact in entry.facts}


def test_how_many_places_are_left_is_a_fact_with_its_own_date() -> None:
    entry = told(a_device_maker(), Criterion.WISH, places_left=3, places_left_as_of="2026-11-01")

    assert [(fact.field, fact.as_of) for fact in entry.facts] == [("places_left", "2026-11-01")]


@pytest.mark.parametrize(("district", "words"), [
    ("沙溪镇", "where you want to be"), ("浏河镇", "elsewhere"), (None, "not on record"),
])  # fmt: skip
def test_a_place_is_near_elsewhere_or_unknown(district, words) -> None:
    profile = a_device_maker(stated=Stated(districts=("沙溪",)))

    assert words in str(told(profile, Criterion.PLACE, district=district).sentence)


def test_a_field_that_is_not_clear_is_called_a_guess_since_it_is_weighed() -> None:
    entry = told(replace(a_device_maker(), subfields=()), Criterion.FIELD)

    assert "guess" in str(entry.sentence)
    assert entry.part != 0


def test_without_needs_or_wishes_these_criteria_say_so_and_weigh_nothing() -> None:
    profile = a_read_profile(TAXONOMY, {"biomed.devices": 1.0}, "stage.seed")

    for criterion in (Criterion.SERVICES, Criterion.FACILITIES, Criterion.PLACE):
        assert told(profile, criterion).part == 0


def test_space_needed_now_is_said_where_the_carrier_is_not_open() -> None:
    entry = told(a_device_maker(), Criterion.FACILITIES, status=Status.PLANNED)

    assert "not open yet" in str(entry.sentence)
    assert entry.part < 0
    assert "status" in {fact.field for fact in entry.facts}
