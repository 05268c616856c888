"""Which step may follow which, and what training makes of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from matcher.domain.accounts import AccountId
from matcher.domain.errors import IllegalStep, InvalidField
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.interactions import InteractionKind
from matcher.domain.leads import (
    KIND_OF_STEP,
    NEXT,
    OF_THE_STARTUP,
    DeclineReason,
    Lead,
    LeadId,
    LeadPlan,
    LeadStatus,
    LeadStep,
)
from tests.factories import NOW

LATER = NOW + timedelta(hours=1)


def a_lead(**changes: Any) -> Lead:
    plain = Lead(id=LeadId("lead"), carrier=CarrierId("cn001"), startup=StartupId("s1"), created_at=NOW, updated_at=NOW)
    return replace(plain, **changes)


def a_step(status: LeadStatus, **changes: Any) -> LeadStep:
    reason = DeclineReason.NO_SPACE if status is LeadStatus.DECLINED else None
    plain = LeadStep(lead=LeadId("lead"), status=status, reason=reason, made_by=AccountId("staff"), made_at=LATER)
    return replace(plain, **changes)


@pytest.mark.parametrize("before", LeadStatus)
@pytest.mark.parametrize("after", LeadStatus)
def test_a_step_is_taken_only_where_the_table_has_it(before, after) -> None:
    lead, step = a_lead(status=before), a_step(after)

    if after in NEXT[before]:
        moved = lead.moved(step, consented=True, known=True)
        assert (moved.status, moved.version, moved.updated_at) == (after, 2, LATER)
    else:
        with pytest.raises(IllegalStep) as refused:
            lead.moved(step, consented=True, known=True)
        assert all(one.value in str(refused.value) for one in NEXT[before])


def test_the_usual_way_leads_from_new_to_graduated() -> None:
    lead = a_lead()
    for status in list(LeadStatus)[1:]:
        if status is not LeadStatus.DECLINED:
            lead = lead.moved(a_step(status), consented=True, known=True)

    assert (lead.status, lead.version) == (LeadStatus.GRADUATED, 7)


def test_contacting_asks_only_who_has_not_consented() -> None:
    step = a_step(LeadStatus.CONTACTED)

    assert a_lead().moved(step, consented=False, known=False).asked_at == LATER
    assert a_lead().moved(step, consented=True, known=True).asked_at is None


def test_who_never_consented_cannot_have_been_visited() -> None:
    lead = a_lead(status=LeadStatus.CONTACTED)

    with pytest.raises(IllegalStep, match="has not consented"):
        lead.moved(a_step(LeadStatus.VISITED), consented=False, known=False)
    assert lead.moved(a_step(LeadStatus.VISITED), consented=False, known=True).status is LeadStatus.VISITED


def test_who_has_refused_is_not_asked_again() -> None:
    lead = a_lead(status=LeadStatus.DECLINED, asked_at=NOW, refused_at=NOW)

    with pytest.raises(IllegalStep, match="not asked again"):
        lead.moved(a_step(LeadStatus.CONTACTED), consented=False, known=False)
    assert lead.moved(a_step(LeadStatus.CONTACTED), consented=True, known=True).asked_at == NOW


@pytest.mark.parametrize(
    ("status", "reason"), [(LeadStatus.DECLINED, None), (LeadStatus.VISITED, DeclineReason.NO_SPACE)]
)
def test_a_reason_belongs_to_a_no(status, reason) -> None:
    with pytest.raises(InvalidField) as refused:
        a_step(status, reason=reason)

    assert refused.value.field == "reason"


@pytest.mark.parametrize("status", LeadStatus)
def test_training_takes_what_happened_and_nothing_of_the_carriers_desk(status) -> None:
    assert a_step(status).kind is KIND_OF_STEP.get(status)


@pytest.mark.parametrize("reason", DeclineReason)
def test_a_startup_that_went_elsewhere_is_not_the_carriers_no(reason) -> None:
    kind = a_step(LeadStatus.DECLINED, reason=reason).kind

    assert kind is (None if reason in OF_THE_STARTUP else InteractionKind.DECLINED)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"next_action": "x" * 201}, "next_action"),
        ({"next_action": "a\x00b"}, "next_action"),
        ({"due": date(1999, 12, 31)}, "due"),
        ({"due": date(2101, 1, 1)}, "due"),
    ],
)
def test_a_plan_that_cannot_be_kept_is_named(wrong, field) -> None:
    with pytest.raises(InvalidField) as refused:
        LeadPlan(**wrong)

    assert refused.value.field == field


def test_blanks_are_no_action() -> None:
    assert LeadPlan(next_action="  ").next_action is None
    assert LeadPlan(next_action=" Call ").next_action == "Call"
