"""Entry rules applied: only a carrier's own rule excludes, a generic one warns, a missing fact asks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.eligibility import judge, legal_flags, startup_facts
from matcher.domain.entry_rules import RuleException, Treatment
from matcher.domain.errors import InvalidEntryRule
from matcher.domain.matches import Verdict
from matcher.domain.messages import Language
from tests.factories import a_carrier, a_finding, a_profile, a_read_profile, a_source, an_entry_rule

TODAY = date(2026, 11, 22)
AGE = "company_age_months_at_entry"
INCUBATOR = a_carrier(kind="kind.incubator")

odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.one_of(st.integers(), st.text(max_size=3)), max_size=3).map(tuple),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)
subjects = st.one_of(
    st.sampled_from([AGE, "stage", "graduation", "tech_sme_test", "incubation_months", "prior_year_revenue"]),
    st.text(max_size=8),
)
operators = st.one_of(st.sampled_from(["<=", ">=", "==", "in", "not in", "between", "any", "all"]), st.text(max_size=3))


def own_rule(**changes):
    return an_entry_rule(carrier_kinds=(), carrier_id=INCUBATOR.id, treatment=Treatment.EXCLUDE, **changes)


def verdicts(rule, facts, carrier=INCUBATOR, on=TODAY) -> list[Verdict]:
    return [verdict.verdict for verdict in judge([rule], carrier, facts, on)]


# Who may exclude


def test_a_generic_rule_warns_and_only_an_own_rule_excludes() -> None:
    assert verdicts(an_entry_rule(value=24), {AGE: 25}) == [Verdict.WARN]
    assert verdicts(own_rule(value=24), {AGE: 25}) == [Verdict.EXCLUDE]


def test_a_generic_rule_that_excludes_cannot_exist() -> None:
    with pytest.raises(InvalidEntryRule, match="no carrier's own rule"):
        an_entry_rule(treatment=Treatment.EXCLUDE)


@pytest.mark.parametrize("rule", [an_entry_rule(value=24), own_rule(value=24)])
def test_the_last_month_still_passes_and_a_missing_fact_asks(rule) -> None:
    assert verdicts(rule, {AGE: 24}) == [Verdict.PASS]
    assert verdicts(rule, {}) == [Verdict.ASK]


def test_a_rule_of_another_carrier_or_kind_is_silent() -> None:
    assert verdicts(own_rule(value=24), {AGE: 99}, a_carrier()) == []
    assert verdicts(an_entry_rule(carrier_kinds=("kind.accelerator",)), {AGE: 99}) == []
    assert verdicts(an_entry_rule(carrier_kinds=("kind.incubator",)), {AGE: 99}, a_carrier(kind=None)) == []
    assert verdicts(an_entry_rule(carrier_kinds=("*",)), {AGE: 99}, a_carrier(kind=None)) == [Verdict.WARN]


def test_an_example_rule_of_one_park_asks_instead_of_warning() -> None:
    assert verdicts(an_entry_rule(value=36, treatment=Treatment.ASK), {AGE: 40}) == [Verdict.ASK]


def test_a_handover_is_said_only_when_a_criterion_is_met() -> None:
    rule = an_entry_rule(subject="graduation", op="any", treatment=Treatment.FLAG_HANDOVER)

    assert verdicts(rule, {}) == []
    assert verdicts(rule, {"graduation": ("high_tech_enterprise",)}) == [Verdict.WARN]


def test_what_is_told_with_a_criterion_gives_no_verdict_of_its_own() -> None:
    assert verdicts(an_entry_rule(subject="share", op=">=", value=0.75, treatment=Treatment.EXPLAIN), {}) == []


# When, and for whom


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_a_rule_speaks_from_its_first_to_its_last_day_and_is_silent_otherwise(first, n_days) -> None:
    last = first + timedelta(days=n_days)
    rule = an_entry_rule(valid_from=first, valid_to=last)

    for day, speaks in ((first, True), (last, True), (first - timedelta(1), False), (last + timedelta(1), False)):
        assert verdicts(rule, {AGE: 1}, on=day) == ([Verdict.PASS] if speaks else [])


@pytest.mark.parametrize(("facts", "verdict"), [
    ({"industry": "biomed", "subfield": "biomed.devices"}, Verdict.PASS),
    ({"industry": "ict", "subfield": "ict.ic_design"}, Verdict.PASS),
    ({"industry": "ict", "subfield": "ict.ai"}, Verdict.WARN),
    ({}, Verdict.WARN),
])  # fmt: skip
def test_sixty_months_hold_for_the_fields_of_the_exception_alone(facts, verdict) -> None:
    exception = RuleException(fields=("biomed", "ict.ic_design"), value=60)
    rule = an_entry_rule(subject="incubation_months", value=48, exceptions=(exception,))

    assert verdicts(rule, {"incubation_months": 55, **facts}) == [verdict]


def test_the_seed_grants_biomedicine_sixty_months(seed) -> None:
    (rule,) = [rule for rule in seed.entry_rules if rule.id == "rule.inc.tenure"]
    months = {
        field: judge([rule], INCUBATOR, {"industry": field}, TODAY)[0].sentence.params["limit"]
        for field in ("biomed", "equipment")
    }

    assert months == {"biomed": 60, "equipment": 48}


# Every verdict can be checked


@given(subjects, operators, odd_values, st.dictionaries(subjects, odd_values, max_size=4), st.sampled_from(Treatment))
def test_odd_rules_and_facts_never_break_and_every_verdict_has_its_source_and_date(
    subject, op, value, facts, treatment
) -> None:
    exclusive = treatment is Treatment.EXCLUDE
    rule = an_entry_rule(
        subject=subject, op=op, value=value, treatment=treatment,
        carrier_kinds=() if exclusive else ("*",), carrier_id=INCUBATOR.id if exclusive else None,
    )  # fmt: skip

    for verdict in judge([rule], INCUBATOR, facts, TODAY):
        assert str(verdict.sentence)
        assert verdict.source.label
        assert verdict.as_of == rule.source.date
        assert exclusive or verdict.verdict is not Verdict.EXCLUDE
        assert verdict.verdict is Verdict.ASK or subject in facts


@pytest.mark.parametrize(("op", "value"), [
    ("<=", "24 months"), ("<=", None), ("<=", float("nan")), (">=", (1, 2)), ("between", 24), ("between", ("a", "b")),
    ("at most", 24), ("", 24), ("<=", {"months": 24}),
])  # fmt: skip
def test_a_rule_that_cannot_be_read_asks_and_never_excludes(op, value) -> None:
    assert verdicts(own_rule(op=op, value=value), {AGE: 12}) == [Verdict.ASK]


@pytest.mark.parametrize(("op", "value", "fact", "verdict"), [
    ("<=", 24, 24, Verdict.PASS), ("<=", 24, 24.5, Verdict.EXCLUDE), (">=", 6, 6, Verdict.PASS),
    (">=", 6, 5, Verdict.EXCLUDE), ("==", 3, 3, Verdict.PASS), ("==", 3, 4, Verdict.EXCLUDE),
    ("in", ("a", "b"), "b", Verdict.PASS), ("in", ("a", "b"), "c", Verdict.EXCLUDE), ("in", "a", "a", Verdict.PASS),
    ("not in", ("a",), "b", Verdict.PASS), ("not in", ("a",), "a", Verdict.EXCLUDE),
    ("between", (24, 60), 24, Verdict.PASS), ("between", (24, 60), 61, Verdict.EXCLUDE),
    ("all", (), True, Verdict.PASS), ("all", (), False, Verdict.EXCLUDE), ("any", (), ("x",), Verdict.PASS),
    ("<=", 10**400, 12, Verdict.PASS),
])  # fmt: skip
def test_operators(op, value, fact, verdict) -> None:
    assert verdicts(own_rule(subject="fact", op=op, value=value), {"fact": fact}) == [verdict]


def test_without_a_dated_source_the_first_day_of_the_rule_is_its_date() -> None:
    rule = an_entry_rule(source=a_source(date=None), valid_from=date(2025, 1, 1))

    assert judge([rule], INCUBATOR, {}, TODAY)[0].as_of == "2025-01-01"


@pytest.mark.parametrize("facts", [{}, {AGE: 900, "stage": "stage.team", "industry": "ict", "tech_sme_test": False}])
def test_the_generic_rules_of_the_seed_never_exclude_and_all_their_verdicts_are_dated(seed, registry, facts) -> None:
    for carrier in registry.carriers:
        for verdict in judge(seed.entry_rules, carrier, facts, TODAY):
            assert verdict.verdict is not Verdict.EXCLUDE
            assert verdict.source.label
            assert verdict.as_of


# What is known of a startup


def test_a_company_that_is_not_founded_yet_will_be_new_at_entry(taxonomy) -> None:
    founded, not_founded, unknown = (
        startup_facts(a_profile(company_age_months=age, registered=registered), taxonomy)
        for age, registered in ((30, True), (None, False), (None, None))
    )

    assert founded[AGE] == 30
    assert not_founded[AGE] == 0
    assert AGE not in unknown


def test_a_stage_read_with_doubt_is_not_held_against_a_startup(taxonomy) -> None:
    doubtful, sure = (
        startup_facts(a_profile(stage=a_finding("stage.seed", probability=probability)), taxonomy)
        for probability in (0.4, 0.6)
    )

    assert "stage" not in doubtful
    assert sure["stage"] == "stage.seed"


@pytest.mark.parametrize(("facts", "met"), [
    ({"equity_cny": 5e6}, None),
    ({"equity_cny": 6e6}, ("cumulative_equity_cny>5000000",)),
    ({"two_year_revenue_cny": 2e7, "high_tech_enterprise": 1.0},
     ("high_tech_enterprise", "two_year_revenue_cny>10000000")),
])  # fmt: skip
def test_graduation_is_met_above_its_limits(taxonomy, facts, met) -> None:
    assert startup_facts(a_profile(facts=facts), taxonomy).get("graduation") == met


def test_only_sales_above_the_limit_are_known_to_fail_the_test_for_small_firms(taxonomy) -> None:
    assert "tech_sme_test" not in startup_facts(a_profile(facts={"annual_revenue_cny": 1e6}), taxonomy)
    assert startup_facts(a_profile(facts={"annual_revenue_cny": 3e8}), taxonomy)["tech_sme_test"] is False


# Legal flags


def flagged(seed, taxonomy, subfields, **profile) -> list[str]:
    flags = legal_flags(seed.entry_rules, a_read_profile(taxonomy, subfields, **profile), taxonomy, TODAY)
    return [str(flag) for flag in flags]


@pytest.mark.parametrize(("foreign", "n_flags"), [(True, 1), (None, 1), (False, 0)])
def test_only_a_stated_no_silences_the_note_on_foreign_capital_in_gene_therapy(
    seed, taxonomy, foreign, n_flags
) -> None:
    assert len(flagged(seed, taxonomy, {"biomed.cgt": 1.0}, foreign_invested=foreign)) == n_flags


@pytest.mark.parametrize("subfield", ["aerospace.uav", "aerospace.low_altitude"])
@pytest.mark.parametrize("foreign", [True, None, False])
def test_the_note_on_exports_appears_for_drones_whoever_owns_the_firm(seed, taxonomy, subfield, foreign) -> None:
    (flag,) = flagged(seed, taxonomy, {subfield: 1.0}, foreign_invested=foreign)

    assert "export control" in flag
    assert "source" in flag


@pytest.mark.parametrize(("second", "n_flags"), [(0.3, 1), (0.2, 0)])
def test_a_second_field_brings_its_note_only_if_it_is_likely(seed, taxonomy, second, n_flags) -> None:
    assert len(flagged(seed, taxonomy, {"equipment.robotics": 0.65, "aerospace.uav": second})) == n_flags


def test_other_fields_bring_no_note_and_a_note_stands_until_its_last_day(seed, taxonomy) -> None:
    rule = an_entry_rule(
        subject="subfield in [aerospace.uav]", op="flag", value="check", treatment=Treatment.FLAG, valid_to=TODAY
    )
    drone = a_read_profile(taxonomy, {"aerospace.uav": 1.0})

    assert flagged(seed, taxonomy, {"biomed.devices": 1.0}) == []
    assert len(legal_flags([rule], drone, taxonomy, TODAY)) == 1
    assert legal_flags([rule], drone, taxonomy, TODAY + timedelta(days=1)) == []


def test_a_note_stands_beside_the_list_and_never_in_it() -> None:
    rule = an_entry_rule(carrier_kinds=("*",), subject="subfield in [aerospace.uav]", treatment=Treatment.FLAG)

    assert verdicts(rule, {"subfield": "aerospace.uav"}) == []


def test_a_note_of_an_own_registry_speaks_in_its_own_words(taxonomy) -> None:
    rule = an_entry_rule(subject="aerospace.uav", value="ask the ministry", treatment=Treatment.FLAG)
    (flag,) = legal_flags([rule], a_read_profile(taxonomy, {"aerospace.uav": 1.0}), taxonomy, TODAY)

    assert flag.params["note"].say(Language.DE) == "ask the ministry"
