"""What is said about an entry rule, in plain words that hold."""

import pytest

from matcher.domain.entry_rules import Treatment
from matcher.domain.ids import CarrierId
from matcher.domain.matches import Verdict
from matcher.domain.rule_sentences import AGE, SENTENCES, rule_sentence
from tests.factories import an_entry_rule


def said(verdict, facts=None, **rule) -> str:
    rule = an_entry_rule(**rule)
    return str(rule_sentence(rule, verdict, rule.value, facts or {}))


def an_own(**rule) -> dict:
    return {"carrier_kinds": (), "carrier_id": CarrierId("c1"), "treatment": Treatment.EXCLUDE, **rule}


@pytest.mark.parametrize("verdict", [Verdict.WARN, Verdict.EXCLUDE])
def test_a_company_that_is_too_old_hears_both_numbers(verdict) -> None:
    sentence = said(verdict, {AGE: 31}, value=24)

    assert "24" in sentence
    assert "31" in sentence


def test_an_unknown_age_is_asked_for_and_a_fine_one_is_confirmed() -> None:
    assert said(Verdict.ASK).endswith("24 months.")
    assert "?" in said(Verdict.ASK)
    assert "young enough" in said(Verdict.PASS, {AGE: 3})


def test_a_least_age_is_not_told_as_a_limit_of_age() -> None:
    sentence = said(Verdict.PASS, {AGE: 31}, **an_own(op=">=", value=12, note="open from the second year on"))

    assert sentence == "Its entry rule is met: open from the second year on."


@pytest.mark.parametrize("subject", sorted({subject for subject, _ in SENTENCES} - {AGE}))
@pytest.mark.parametrize("verdict", Verdict)
def test_an_own_rule_is_told_in_its_own_words(subject, verdict) -> None:
    op = next(op for name, op in SENTENCES if name == subject)
    sentence = said(verdict, **an_own(subject=subject, op=op, note="robot makers only"))

    assert "robot makers only" in sentence
    assert ("excludes you" in sentence) == (verdict is Verdict.EXCLUDE)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_rule_without_a_note_names_what_it_compares(verdict) -> None:
    assert "n_patents >= 3" in said(verdict, **an_own(subject="n_patents", op=">=", value=3))


def test_a_handover_names_the_criteria_that_are_met() -> None:
    facts = {"graduation": ("high_tech_enterprise", "cumulative_equity_cny>5000000")}
    sentence = said(Verdict.WARN, facts, subject="graduation", op="any")

    assert "high-tech enterprise" in sentence
    assert "5 million yuan of equity" in sentence


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.WARN, Verdict.ASK])
def test_every_rule_of_the_seed_is_told_without_ids_or_operators(seed, verdict) -> None:
    for rule in seed.entry_rules:
        if rule.treatment in (Treatment.EXPLAIN, Treatment.FLAG):
            continue
        sentence = str(rule_sentence(rule, verdict, rule.value, {AGE: 30}))
        assert "_" not in sentence
        assert "<=" not in sentence
