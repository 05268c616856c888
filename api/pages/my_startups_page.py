"""An account's own startups: the list of them, a form for a new one, and one for what is to change."""

from dataclasses import dataclass

from fastapi import APIRouter, Response

from api.cursors import cursor_after, id_before
from api.pages.done import after, told
from api.pages.forms import Form, form_needs, page_needs
from api.pages.startup_form import LIMITS, StartupForm, draft_of, empty_form, form_of, sent_back
from api.pages.visit import PageRoute, Visit, Visitor
from api.problems import kind_of
from api.routes.startups import OneStartup
from matcher.domain.errors import InvalidInput, Outdated
from matcher.domain.ids import StartupId
from matcher.domain.messages import Message
from matcher.domain.permissions import Action
from matcher.domain.startup_records import StartupFilter, StartupRecord
from matcher.domain.taxonomy import Facet

ME, NEW, ONE = "/me", "/me/startups/new", "/me/startups/{startup_id}"
PLACE = "me"
AT_ONCE = 50
TITLE = Message.of("My startups")
NOTICES = {"erased": Message.of("The startup is erased, with everything that belonged to it.")}

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True)
class OwnOne:
    """A line of the list."""

    record: StartupRecord
    n_consents: int  # in force
    n_requests: int  # that wait for an answer


@router.get(ME, **page_needs(Action.LIST_STARTUPS))
def show_my_startups(visit: Visitor) -> Response:
    """In the order of their ids, withdrawn ones too, with what waits for an answer and what will be erased."""
    services, actor = visit.caller.services, visit.actor
    cursor = visit.request.query_params.get("cursor")
    page = services.startups.own.page(
        actor, StartupFilter(), after=StartupId(id_before(cursor)) if cursor else None, limit=AT_ONCE
    )
    kept = services.registry.identity.rights.kept(actor, now=services.now())
    return visit.page(
        "my_startups.html",
        title=TITLE,
        place=PLACE,
        notice=told(visit, NOTICES),
        own=[_line(visit, record) for record in page.startups],
        total=page.total,
        next_cursor=cursor_after(page.next_after) if page.next_after is not None else None,
        notices={one.startup: one for one in kept.notices},
        retention_days=services.settings.retention_days,
        new=NEW,
    )


@router.get(NEW, **page_needs(Action.CREATE_STARTUP))
def show_new_startup(visit: Visitor) -> Response:
    return form_page(visit, empty_form(), NEW)


@router.post(NEW, **form_needs(Action.CREATE_STARTUP))
def add_startup(visit: Visitor, sent: Form) -> Response:
    """Its text is read once; what cannot be kept is said beside its field."""
    services = visit.caller.services
    try:
        draft = draft_of(sent, services.registry.snapshot())
        record, _ = services.startups.register(visit.actor, draft, now=services.now())
    except InvalidInput as error:
        return form_page(visit, sent_back(sent, error), NEW, kind_of(error).status)
    return visit.go(after(address_of(record.id), "added"))


@router.get(ONE + "/edit", **page_needs(Action.UPDATE_STARTUP))
def show_change(visit: Visitor, startup_id: OneStartup) -> Response:
    record = visit.caller.services.startups.own.get(visit.actor, StartupId(startup_id))
    return form_page(visit, form_of(record.draft, record.version), address_of(record.id) + "/edit")


@router.post(ONE + "/edit", **form_needs(Action.UPDATE_STARTUP))
def change_startup(visit: Visitor, startup_id: OneStartup, sent: Form) -> Response:
    """A withdrawn one that is changed is back in lists; another version than that of the form stays as it is."""
    services, form = visit.caller.services, sent_back(sent)
    address = address_of(startup_id)
    try:
        services.startups.update(
            visit.actor,
            StartupId(startup_id),
            lambda before: draft_of(sent, services.registry.snapshot(), before),
            expected=form.version,
            now=services.now(),
        )
    except InvalidInput as error:
        return form_page(visit, sent_back(sent, error), address + "/edit", kind_of(error).status)
    except Outdated as error:
        changed = StartupForm(form.values, form.version, {"": error.message})
        return form_page(visit, changed, address + "/edit", kind_of(error).status)
    return visit.go(after(address, "changed"))


def form_page(visit: Visit, form: StartupForm, action: str, status: int = 200) -> Response:
    """The form, as it stands."""
    return visit.page(
        "my_startup_form.html",
        title=Message.of("A new startup") if action == NEW else Message.of("Change the startup"),
        place=PLACE,
        status=status,
        form=form,
        action=action,
        back=ME if action == NEW else action.removesuffix("/edit"),
        stages=visit.caller.services.registry.snapshot().taxonomy.of(Facet.STAGE),
        limits=LIMITS,
    )


def address_of(startup_id: str) -> str:
    """Of a startup's own page."""
    return ONE.format(startup_id=startup_id)


def _line(visit: Visit, record: StartupRecord) -> OwnOne:
    consents = visit.caller.services.leads.consents
    return OwnOne(
        record,
        sum(one.is_in_force for one in consents.all(visit.actor, record.id)),
        sum(one.refused_at is None for one in consents.requests(visit.actor, record.id)),
    )
