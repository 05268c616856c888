"""One lead: who it is or its card, why it fits, its way so far, and what its carrier does next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import APIRouter, Response

from api.pages.desk import PLACE, Desk
from api.pages.desk_choices import owners, reasons
from api.pages.desk_page import day_told, step_told
from api.pages.desk_query import DESK, NOBODY
from api.pages.desk_table import LIMITS
from api.pages.desk_words import CHANGED_MEANWHILE, in_words
from api.pages.done import after, told
from api.pages.forms import Form, Sent, form_needs, page_needs
from api.pages.lead_reasons import lead_reasons, rule_lines
from api.pages.lead_steps import step_lines
from api.pages.visit import PageRoute, Visit, Visitor
from api.problems import kind_of
from api.routes.leads import OneLead
from matcher.domain.accounts import AccountId
from matcher.domain.errors import IllegalStep, InvalidField, MatcherError, Outdated
from matcher.domain.leads import LeadId, LeadPlan, LeadStatus
from matcher.domain.messages import Message
from matcher.domain.permissions import Action

ONE = DESK + "/leads/{lead_id}"
NOTICES = {
    "asked": Message.of("The startup is asked for its consent; its owner sees that on its page."),
    "step": Message.of("The step is kept."),
    "plan": Message.of("The plan is kept."),
}

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a form on the page could not bring about."""

    errors: Mapping[str, Message] = field(default_factory=dict)  # by field; "" for the page
    values: Mapping[str, str] = field(default_factory=dict)  # as they were sent
    status: int = 200


NOTHING_TRIED = Tried()


@router.get(ONE, **page_needs(Action.SEE_LEADS))
def show_lead(visit: Visitor, lead_id: OneLead) -> Response:
    return _page(visit, LeadId(lead_id))


@router.post(ONE, **form_needs(Action.MOVE_LEAD))
def change_lead(visit: Visitor, lead_id: OneLead, sent: Form) -> Response:
    """A step where the form names one, else a plan; what was changed by another meanwhile stays as it is."""
    desk = Desk(visit)
    words = {name: sent.text(name) for name in ("reason", "note", "owner", "next_action", "due")}
    try:
        done = _step(desk, LeadId(lead_id), sent) if sent.told("step") else _plan(desk, LeadId(lead_id), sent)
    except Outdated as error:
        return _page(visit, LeadId(lead_id), _refused(words, "", CHANGED_MEANWHILE, error))
    except (InvalidField, IllegalStep) as error:
        return _page(visit, LeadId(lead_id), _refused(words, error.field or "", in_words(error), error))
    return visit.go(after(ONE.format(lead_id=lead_id), done))


def _step(desk: Desk, lead_id: LeadId, sent: Sent) -> str:
    services = desk.visit.caller.services
    wanted = step_told(sent.text("step"), sent.told("reason"), sent.told("note"))
    now = services.now()
    lead = services.leads.move.step(desk.visit.actor, desk.carrier, lead_id, wanted, expected=_version(sent), now=now)
    return "asked" if wanted.status is LeadStatus.CONTACTED and lead.asked_at == now else "step"


def _plan(desk: Desk, lead_id: LeadId, sent: Sent) -> str:
    """The form says all of the plan: what stands empty in it is taken away."""
    services = desk.visit.caller.services
    owner, due = sent.told("owner"), sent.told("due")
    new: dict[str, Any] = {
        "owner": None if owner in (None, NOBODY) else AccountId(str(owner)),
        "next_action": sent.told("next_action"),
        "due": day_told(due) if due else None,
    }
    LeadPlan(**new)  # says at once what cannot be kept
    services.leads.move.plan(
        desk.visit.actor,
        desk.carrier,
        lead_id,
        lambda before: replace(before, **new),
        expected=_version(sent),
        now=services.now(),
    )
    return "plan"


def _page(visit: Visit, lead_id: LeadId, tried: Tried = NOTHING_TRIED) -> Response:
    desk, services = Desk(visit), visit.caller.services
    view = services.leads.see.one(visit.actor, desk.carrier, lead_id, now=services.now())
    line, leads = desk.leads.line(view), desk.leads
    plan = view.lead.plan
    stored = {
        "owner": plan.owner or "",
        "next_action": line.next_action,
        "due": plan.due.isoformat() if plan.due else "",
    }
    known_owners = owners(desk)
    return visit.page(
        "desk_lead.html",
        title=Message.of("Lead"),
        place=PLACE,
        status=tried.status,
        notice=told(visit, NOTICES),
        tab="",
        carrier_name=desk.name,
        line=line,
        address=line.href,
        draft=view.record.draft if view.record else None,
        card=view.card,
        chain=leads.chain(view.card),
        age=leads.age(view.card),
        services=leads.labels(view.card.services),
        facilities=leads.labels((*view.card.capabilities, *view.card.site)),
        wishes=[desk.voice.texts(place) for place in view.card.places],
        parts=leads.parts(view),
        reasons=lead_reasons(view, desk.registry.by_id.get(desk.carrier), desk.voice),
        utilities=(view.startup_utility, view.carrier_utility),
        rules=rule_lines(view.eligibility, desk.voice),
        steps=step_lines(view.steps, desk),
        decline_reasons=reasons(desk),
        owners=known_owners,
        former_owner=plan.owner if plan.owner and plan.owner not in [one.value for one in known_owners] else None,
        values={**stored, "reason": "", "note": "", **tried.values},
        errors=tried.errors,
        limits=LIMITS,
    )


def _refused(words: Mapping[str, str], name: str, message: Message, error: MatcherError) -> Tried:
    at = name if name in words else ""
    return Tried(errors={at: message}, values=words, status=kind_of(error).status)


def _version(sent: Sent) -> int | None:
    """That of the page; a form without one changes nothing."""
    word = sent.text("version")
    if not (word.isascii() and word.isdigit()):
        raise Outdated("The record has changed since you read it. Read it again, then change it.")
    return int(word)
