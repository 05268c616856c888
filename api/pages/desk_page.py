"""The staff's desk: the table, its named filters, and many leads changed at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Response

from api.pages.desk import Desk
from api.pages.desk_query import DESK, NOBODY, DeskQuery
from api.pages.desk_table import Tried, table_page, told_query
from api.pages.desk_words import in_words_of
from api.pages.done import DONE
from api.pages.forms import Form, Sent, form_needs, page_needs
from api.pages.saved_filters import remember, saved_filters, with_filter
from api.pages.visit import PageRoute, Visit, Visitor
from matcher.domain.accounts import AccountId
from matcher.domain.errors import InvalidField
from matcher.domain.leads import DeclineReason, LeadId, LeadPlan, LeadStatus
from matcher.domain.permissions import Action
from matcher.services.lead_changes import WantedStep
from matcher.services.move_leads import WantedChange

BULK = ("step", "reason", "note", "owner", "next_action", "due")
MOST_AT_ONCE = 200

router = APIRouter(route_class=PageRoute)


@router.get(DESK, **page_needs(Action.SEE_LEADS))
def show_desk(visit: Visitor) -> Response:
    return table_page(visit, DeskQuery.of(visit.request.query_params))


@router.post(DESK, **form_needs(Action.SEE_LEADS))
def do_at_desk(visit: Visitor, sent: Form) -> Response:
    """All forms are sent to the page they stand on, so that it can be asked for again in another language."""
    return DEEDS.get(sent.text("deed"), change_many)(visit, sent)


def keep_filter(visit: Visit, sent: Sent) -> Response:
    """In a cookie of this browser."""
    account, query = visit.actor.account, told_query(sent.text("words"))
    answer = visit.go(query.address(**{DONE: "kept"}))
    try:
        kept = with_filter(saved_filters(visit.request, account), sent.told("name"), query.text)
        remember(answer, account, kept, secure=visit.caller.services.settings.secure_cookies)
    except InvalidField as error:
        return table_page(
            visit, query, Tried(errors={"name": error.message}, values={"name": sent.text("name")}, status=422)
        )
    return answer


def forget_filter(visit: Visit, sent: Sent) -> Response:
    account = visit.actor.account
    kept = [one for one in saved_filters(visit.request, account) if one.name != sent.text("name")]
    answer = visit.go(told_query(sent.text("words")).address(**{DONE: "forgotten"}))
    remember(answer, account, kept, secure=visit.caller.services.settings.secure_cookies)
    return answer


def change_many(visit: Visit, sent: Sent) -> Response:
    """All that were chosen, or none and each that cannot be changed is named; the others too, where that is asked."""
    services, desk = visit.caller.services, Desk(visit)
    query = told_query(sent.text("words"))
    page = query.turned_to(int(sent.text("page"))) if sent.text("page").isdecimal() else query
    keys = sent.texts("lead")
    tried = Tried(
        chosen=frozenset(key.partition(".")[0] for key in keys), values={name: sent.text(name) for name in BULK}
    )
    try:
        wanted = _wanted(sent, keys)
    except InvalidField as error:
        return table_page(visit, page, replace(tried, errors={error.field or "step": error.message}, status=422))
    moved = services.leads.move_many(
        visit.actor, desk.carrier, wanted, keep_good="keep_good" in sent, now=services.now()
    )
    if moved.refused:
        refused = {one.lead: in_words_of(one.reason) for one in moved.refused}
        chosen = frozenset(refused) if moved.written else tried.chosen
        n_changed = len(moved.changed) if moved.written else 0
        return table_page(visit, page, replace(tried, chosen=chosen, refused=refused, n_changed=n_changed, status=409))
    return visit.go(page.address(**{DONE: str(len(moved.changed)) if moved.changed else "none"}))


DEEDS = {"keep": keep_filter, "forget": forget_filter, "change": change_many}


def _wanted(sent: Sent, keys: Sequence[str]) -> list[WantedChange]:
    """Raises InvalidField where nothing, too much, or nonsense is asked for."""
    if not keys:
        raise InvalidField("Choose at least one lead.", field="lead")
    if len(keys) > MOST_AT_ONCE:
        raise InvalidField("At most {limit} leads can be changed at once.", field="lead", limit=MOST_AT_ONCE)
    step, plan = _step(sent), plan_told(sent)
    if step is None and not plan:
        raise InvalidField("Choose what is to be changed.", field="step")
    return [
        WantedChange(
            lead=LeadId(lead),
            expected=int(version) if version.isascii() and version.isdigit() else None,
            step=step,
            replan=(lambda before: replace(before, **plan)) if plan else None,
        )
        for lead, _, version in (key.partition(".") for key in dict.fromkeys(keys))
    ]


def _step(sent: Sent) -> WantedStep | None:
    word, reason, note = sent.told("step"), sent.told("reason"), sent.told("note")
    if word is None:
        if reason or note:
            raise InvalidField("A note or a reason belongs to a step; choose one.", field="step")
        return None
    return step_told(word, reason, note)


def step_told(word: str, reason: str | None, note: str | None) -> WantedStep:
    """Raises InvalidField where there is no such step or reason, or a reason is missing."""
    if word not in list(LeadStatus):
        raise InvalidField("Choose one of the steps.", field="step")
    if reason is not None and reason not in list(DeclineReason):
        raise InvalidField("Choose one of the reasons.", field="reason")
    status = LeadStatus(word)
    if status is LeadStatus.DECLINED and reason is None:
        raise InvalidField("Choose why it is declined.", field="reason")
    if status is not LeadStatus.DECLINED and reason is not None:
        raise InvalidField("A reason belongs to declining, and to no other step.", field="reason")
    return WantedStep(status=status, reason=DeclineReason(reason) if reason else None, note=note)


def plan_told(sent: Sent) -> Mapping[str, Any]:
    """What many leads' plans are to say; what is left empty stays. Raises InvalidField."""
    owner, due = sent.told("owner"), sent.told("due")
    plan: dict[str, Any] = {}
    if owner is not None:
        plan["owner"] = None if owner == NOBODY else AccountId(owner)
    if (action := sent.told("next_action")) is not None:
        plan["next_action"] = action
    if due is not None:
        plan["due"] = day_told(due)
    LeadPlan(**plan)  # says at once what cannot be kept
    return plan


def day_told(text: str, name: str = "due") -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidField("A day such as 2026-11-24 is expected, not {value}.", field=name, value=text[:60]) from None
