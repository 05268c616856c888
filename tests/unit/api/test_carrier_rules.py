"""The conditions of entry on a carrier's page: what binds, what is usual, and what the law says."""

from datetime import date

import pytest

from api.pages.carrier_rules import rules_of
from api.sentences import Sentences
from api.terminal.voice import Voice
from matcher.domain.entry_rules import RuleException, Treatment
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Language
from tests.factories import a_carrier, a_registry, an_entry_rule

TODAY = date(2026, 11, 24)


@pytest.fixture
def says(taxonomy):
    """The rules of one carrier, in English."""

    def say(*rules, **changes):
        carrier = a_carrier(id=CarrierId("cn-own"), **changes)
        registry = a_registry(taxonomy, carrier, entry_rules=rules)
        return rules_of(carrier, Voice(Sentences.load(), Language.EN, registry), TODAY)

    return say


def test_its_own_rule_stands_apart_from_those_of_its_kind(says) -> None:
    own = an_entry_rule(carrier_id=CarrierId("cn-own"), carrier_kinds=(), value=36, treatment=Treatment.EXCLUDE)
    found = says(own, an_entry_rule())

    assert [(one.sentence, one.weight) for one in found.own] == [
        ("A company is at most 36 months old when it moves in.", "A firm that does not meet it is not admitted.")
    ]
    assert [one.weight for one in found.general] == ["Usual for carriers of this kind."]


def test_a_rule_of_another_carrier_kind_or_time_is_left_out(says) -> None:
    found = says(
        an_entry_rule(carrier_id=CarrierId("cn-other"), carrier_kinds=()),
        an_entry_rule(carrier_kinds=("kind.accelerator",)),
        an_entry_rule(valid_to=date(2025, 12, 31)),
    )

    assert (found.own, found.general) == ([], [])


def test_exceptions_dates_and_source_are_told(says) -> None:
    exception = RuleException(fields=(TermId("biomed"),), value=60)
    rule = an_entry_rule(subject="incubation_months", value=48, exceptions=(exception,), valid_from=date(2018, 12, 14))

    (one,) = says(rule).general

    assert one.sentence == "A stay lasts at most 48 months."
    assert one.exceptions == ["60 for: Biomedicine."]
    assert str(one.holds) == "in force since 2018-12-14"
    assert (one.source, one.date) == ("City of Taicang · Press briefing", "2024-02-02")


def test_an_unheard_rule_speaks_in_its_own_words(says) -> None:
    rule = an_entry_rule(
        carrier_id=CarrierId("cn-own"),
        carrier_kinds=(),
        subject="team",
        op=">=",
        value=3,
        note="teams of three or more",
    )

    assert [one.sentence for one in says(rule).own] == ["In its own words: teams of three or more."]


def test_a_source_whose_address_is_no_link_is_named_alone(says) -> None:
    rule = an_entry_rule()
    harmful = an_entry_rule(source=rule.source.__class__(id=rule.source.id, title="x", url="javascript:alert(1)"))

    assert [one.url for one in says(harmful).general] == [None]


def test_a_note_of_law_stands_beside_carriers_of_its_field_alone(says) -> None:
    note = an_entry_rule(
        carrier_kinds=("*",), subject="subfield in [aerospace.uav]", op="flag", value="note", treatment=Treatment.FLAG
    )

    assert len(says(note, subfields=(TermId("aerospace.uav"),)).legal) == 1
    assert says(note).legal == []


def test_every_rule_of_the_seed_has_a_sentence_of_its_own(registry) -> None:
    asking = [rule for rule in registry.entry_rules if rule.treatment is not Treatment.FLAG]
    voice = Voice(Sentences.load(), Language.EN, registry)
    kinds = {kind for rule in asking for kind in rule.carrier_kinds}

    said = [one for kind in kinds for one in rules_of(a_carrier(kind=TermId(kind)), voice, TODAY).general]

    assert said
    assert not [one.sentence for one in said if one.sentence.startswith("In its own words")]
