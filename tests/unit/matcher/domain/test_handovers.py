"""When a stay ends, who says so, and who is to move on."""

from datetime import date

import pytest

from matcher.domain.entry_rules import RuleException, Treatment
from matcher.domain.errors import InvalidField
from matcher.domain.handovers import Ground, Incubatee, Stay, due, later_steps, months_after, stay_end
from matcher.domain.ids import CarrierId, EntryRuleId, StartupId, TermId
from tests.factories import NOW, a_carrier, an_entry_rule

TODAY = date(2026, 11, 25)
INCUBATOR = a_carrier(id=CarrierId("here"), kind=TermId("kind.incubator"))
TENURE = an_entry_rule(
    id=EntryRuleId("rule.inc.tenure"),
    carrier_kinds=("kind.incubator",),
    subject="incubation_months",
    op="<=",
    value=48,
    treatment=Treatment.WARN,
    exceptions=(RuleException(fields=(TermId("biomed"),), value=60),),
)
GRADUATION = an_entry_rule(
    id=EntryRuleId("rule.inc.graduation_any"),
    carrier_kinds=("kind.incubator",),
    subject="graduation",
    op="any",
    value=(),
    treatment=Treatment.FLAG_HANDOVER,
)
RULES = (TENURE, GRADUATION)


def an_incubatee(admitted_on: date | None = None, **stated: date) -> Incubatee:
    here = {"startup": StartupId("one"), "carrier": INCUBATOR.id}
    stay = Stay(**here, **stated, stated_at=NOW) if stated else None
    return Incubatee(**here, admitted_on=admitted_on, stay=stay)


@pytest.mark.parametrize(
    ("admitted_on", "is_due"), [(date(2023, 5, 25), True), (date(2023, 5, 26), False), (date(2020, 1, 1), True)]
)
def test_a_stay_by_rule_is_looked_at_from_six_months_before_its_end(admitted_on, is_due) -> None:
    found = due(an_incubatee(admitted_on), INCUBATOR, {}, RULES, TODAY)

    assert (found is not None) == is_due
    if found is not None:
        assert (found.grounds, found.end.rule, found.end.months) == ((Ground.STAY_ENDS,), TENURE.id, 48)
        assert found.end.on == date(admitted_on.year + 4, admitted_on.month, admitted_on.day)


def test_some_fields_stay_longer() -> None:
    end = stay_end(an_incubatee(date(2023, 1, 31)), {"industry": "biomed"}, RULES)

    assert (end.on, end.months) == (date(2028, 1, 31), 60)


def test_a_carriers_own_rule_comes_before_that_of_its_kind() -> None:
    own = an_entry_rule(
        id=EntryRuleId("own"),
        carrier_kinds=(),
        carrier_id=INCUBATOR.id,
        subject="incubation_months",
        op="<=",
        value=36,
        treatment=Treatment.WARN,
    )

    assert stay_end(an_incubatee(date(2024, 1, 1)), {}, (TENURE, own)).on == date(2027, 1, 1)


def test_what_the_startup_states_comes_first() -> None:
    stated = an_incubatee(date(2020, 1, 1), began_on=date(2025, 1, 1))
    ending = an_incubatee(date(2020, 1, 1), ends_on=date(2030, 1, 1))

    assert stay_end(stated, {}, RULES).on == date(2029, 1, 1)
    assert (stay_end(ending, {}, RULES).on, stay_end(ending, {}, RULES).rule) == (date(2030, 1, 1), None)
    assert due(ending, INCUBATOR, {}, RULES, TODAY) is None


@pytest.mark.parametrize("kind", ["kind.makerspace", None])
def test_where_no_rule_is_on_record_the_end_is_unknown(kind) -> None:
    carrier = a_carrier(id=INCUBATOR.id, kind=None if kind is None else TermId(kind))

    assert due(an_incubatee(date(2015, 1, 1)), carrier, {"graduation": ("high_tech_enterprise",)}, RULES, TODAY) is None


def test_a_beginning_that_nobody_knows_gives_no_end() -> None:
    assert stay_end(an_incubatee(), {}, RULES) is None


def test_a_criterion_of_graduation_is_a_ground_of_its_own() -> None:
    facts = {"graduation": ("cumulative_equity_cny>5000000",)}
    found = due(an_incubatee(date(2026, 1, 1)), INCUBATOR, facts, RULES, TODAY)

    assert (found.grounds, found.criteria) == ((Ground.GRADUATION,), ("cumulative_equity_cny>5000000",))
    assert (found.criteria_rule, found.end.on) == (GRADUATION.id, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day, months, expected) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"began_on": date(1999, 1, 1)}, "began_on"),
        ({"ends_on": date(2101, 1, 1)}, "ends_on"),
        ({"began_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}, "ends_on"),
    ],
)
def test_an_impossible_stay_is_refused_by_field(stated, field) -> None:
    with pytest.raises(InvalidField) as refused:
        an_incubatee(**stated)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("kind.specialised_makerspace", ("kind.incubator", "kind.accelerator", "kind.industrial_park")),
        ("kind.incubator", ("kind.accelerator", "kind.industrial_park")),
        ("kind.industrial_park", ()),
        ("kind.university_park", ()),
        (None, ()),
    ],
)
def test_next_steps_follow_the_chain_and_there_are_none_for_kinds_beside_it(taxonomy, kind, expected) -> None:
    assert later_steps(None if kind is None else TermId(kind), taxonomy) == expected
