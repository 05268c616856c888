"""Whatever a startup writes, an anonymous lead says nothing but words that were there before it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.schemas.leads import AGE_WORDS, LeadWriter
from api.sentences import Sentences
from matcher.domain.accounts import AccountId
from matcher.domain.district_names import folded
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.lead_cards import AgeBand, card_of, known_places
from matcher.domain.leads import Lead, LeadId, LeadStatus
from matcher.domain.matches import Band, Criterion, Verdict
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.registry import Place, Registry
from matcher.domain.startup_records import ListedStartup, StartupChanges
from matcher.domain.startups import Description, Profile, Span, Stated
from matcher.services.all_startups import ListedStartups
from matcher.services.lead_rankings import LeadRankings
from matcher.services.lead_views import Known, lead_view
from tests.factories import NOW, a_carrier, a_finding, a_profile, a_registry
from tests.released import vocabulary

CORPUS = Path(__file__).parents[3] / "data" / "corpus"
EVERY = 60  # one text of so many
LEAD = "f" * 32
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
CARRIER = CarrierId("cn004")


def texts() -> list[dict[str, Any]]:
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines[::EVERY]]


def leaves(value: Any) -> Iterator[str]:
    """Every string of a JSON document that is no name of a field."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield value


@pytest.fixture(scope="module")
def sentences() -> Sentences:
    return Sentences.load()


def sayable(registry: Registry, sentences: Sentences) -> frozenset[str]:
    """What the program could say before any startup wrote a word."""
    words = {LEAD, "none"}
    for term in registry.taxonomy:
        words |= {term.id, *term.label}
    for kind in (AgeBand, Language, LeadStatus, Criterion, Band, Verdict):
        words |= {one.value for one in kind}
    for message in (*AGE_WORDS.values(), Message("none of the four chains")):
        words |= {sentences.say(message, language) for language in (Language.ZH, Language.EN, Language.DE)}
    for place in known_places(registry).values():
        words |= set(place)
    for rule in registry.entry_rules:
        words |= {rule.id, rule.source.label, rule.source.url, rule.source.date, str(rule.valid_from)}
    return frozenset(words)


@pytest.fixture(scope="module")
def world(registry, sentences, recommend):
    """Everything that a list is made of, but the startups."""
    return registry, sentences, recommend


def written(world, profile: Profile, language: Language) -> list[dict[str, Any]]:
    """The lead of one startup in a list, in each language."""
    registry, sentences, recommend = world
    startup = ListedStartup(
        id=StartupId("s1"), owner=AccountId("owner"), language=language, discoverable=True, train_consent=False,
        version=1, updated_at=NOW, reader_id="reader@1", profile=profile,
    )  # fmt: skip
    listed = ListedStartups(StartupChanges(last=1), {startup.id: startup})
    rankings = LeadRankings(recommend.board, lambda: listed, recommend.ranker)
    known = Known(CARRIER, rankings.of(CARRIER, date(2026, 11, 24)), frozenset(), frozenset(), {})
    lead = Lead(id=LeadId(LEAD), carrier=CARRIER, startup=startup.id, created_at=NOW, updated_at=NOW)
    view = lead_view(known, 0, lead, recommend.ranker, NOW.date())
    return [LeadWriter(spoken, sentences, registry).listed(view) for spoken in (Language.ZH, Language.EN, Language.DE)]


def test_no_word_of_a_real_text_gets_onto_a_card(world, reader) -> None:
    read, allowed = texts(), sayable(*world[:2])
    profiles = reader.read([Description(text=one["text"]) for one in read], date(2026, 11, 24))

    assert len(read) > 40
    for profile in profiles:
        for lead in written(world, profile, profile.language):
            assert [one for one in leaves(lead) if one not in allowed and not A_MOMENT.fullmatch(one)] == []


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@cache
def small_registry() -> Registry:
    """No fixture: hypothesis would write it out with every example."""
    taicang = Place(
        id="太仓", name=Texts(zh="太仓", en="Taicang", de="Taicang"), country="CN", province=None, delta=True
    )
    return a_registry(vocabulary(), a_carrier(district="沙溪镇"), places={"太仓": taicang})


@cache
def sayable_of_small() -> frozenset[str]:
    return sayable(small_registry(), Sentences())


@cache
def places_of_small() -> dict[str, Texts]:
    return known_places(small_registry())


@settings(max_examples=60, deadline=None)
@given(
    districts=st.lists(WORDS | st.sampled_from(["太仓", "Taicang", "taicang!"]), max_size=3),
    evidence=WORDS,
    amount=st.floats(1e3, 1e12),
    months=st.none() | st.integers(0, 2_400),
)
def test_neither_wishes_nor_evidence_nor_amounts_get_onto_a_card(districts, evidence, amount, months) -> None:
    span = (Span(0, len(evidence), evidence),)
    profile = a_profile(
        subfields=(a_finding("biomed.devices", evidence=span),),
        services=(a_finding("service.site", evidence=span),),
        capabilities=(),
        site=(),
        facts={"equity_cny": amount},
        company_age_months=months,
        stated=Stated(districts=tuple(districts)),
    )
    places = places_of_small()

    card = card_of(profile, Language.EN, places)

    told = LeadWriter(Language.EN, Sentences(), small_registry()).card(card)
    assert set(leaves(told)) <= sayable_of_small()
    assert set(card.places) == {places[folded(one)] for one in districts if folded(one) in places}


def test_a_changed_amount_changes_nothing_on_a_card() -> None:
    profile = a_profile()

    cards = {repr(card_of(replace(profile, facts={"equity_cny": amount}), Language.EN, {})) for amount in (1.0, 9e9)}

    assert len(cards) == 1
