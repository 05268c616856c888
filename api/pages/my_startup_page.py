"""One of an account's startups: its text, who may know whose it is, who looked, and what may be done with it."""

from collections.abc import Sequence

from fastapi import APIRouter, Response

from api.cursors import cursor_after, id_before
from api.pages.done import after, told
from api.pages.event_words import event_in_words
from api.pages.forms import Form, Sent, form_needs, page_needs
from api.pages.handover_lines import carrier_link, handover_line
from api.pages.my_startups_page import ME, ONE, PLACE, address_of
from api.pages.visit import PageRoute, Visit, Visitor
from api.routes.carrier_corrections import OneCarrier
from api.routes.consents import audit_position
from api.routes.startups import OneStartup
from matcher.domain.carriers import Carrier, Role
from matcher.domain.consents import CONSENT_TEXT
from matcher.domain.errors import InvalidField, MatcherError
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.messages import Message
from matcher.domain.name_order import name_key
from matcher.domain.permissions import Action
from matcher.domain.registry import Registry

AT_ONCE = 50  # entries of the log
STAY_FIELDS = ("stay_at", "began_on", "ends_on")
NOTICES = {
    "added": Message.of("The startup is kept, and in the lists from now on."),
    "changed": Message.of("The change is kept."),
    "withdrawn": Message.of("The startup is in no list any more. It is kept for you until you erase it."),
    "returned": Message.of("The startup is back in the lists."),
    "consented": Message.of("From now on this carrier may know who you are."),
    "taken_back": Message.of("From now on this carrier sees the anonymous card only."),
    "refused": Message.of("The request is refused; this carrier cannot ask again."),
    "stated": Message.of("It is kept where you are. The next run over all startups heeds it."),
    "unstated": Message.of("What you said of this carrier is taken back. The next run over all startups heeds it."),
}

router = APIRouter(route_class=PageRoute)


@router.get(ONE, **page_needs(Action.READ_STARTUP))
def show_my_startup(visit: Visitor, startup_id: OneStartup) -> Response:
    """Counts as a use of it, as reading it over the API does."""
    return startup_page(visit, StartupId(startup_id))


@router.post(ONE + "/withdraw", **form_needs(Action.WITHDRAW_STARTUP))
def withdraw(visit: Visitor, startup_id: OneStartup) -> Response:
    services = visit.caller.services
    services.startups.withdraw(visit.actor, StartupId(startup_id), expected=None, now=services.now())
    return visit.go(after(address_of(startup_id), "withdrawn"))


@router.post(ONE + "/return", **form_needs(Action.UPDATE_STARTUP))
def bring_back(visit: Visitor, startup_id: OneStartup) -> Response:
    services = visit.caller.services
    services.startups.update(
        visit.actor, StartupId(startup_id), lambda before: before, expected=None, now=services.now()
    )
    return visit.go(after(address_of(startup_id), "returned"))


@router.post(ONE + "/erase", **form_needs(Action.ERASE_MY_DATA))
def erase(visit: Visitor, startup_id: OneStartup, sent: Form) -> Response:
    """Cannot be undone, so it has to be confirmed."""
    if "sure" not in sent:
        error = InvalidField("Confirm that it is to be erased.", field="sure")
        return startup_page(visit, StartupId(startup_id), error)
    visit.caller.services.registry.identity.rights.erase_startup(visit.actor, StartupId(startup_id), expected=None)
    return visit.go(after(ME, "erased"))


@router.post(ONE + "/consents", **form_needs(Action.GIVE_CONSENT))
def consent(visit: Visitor, startup_id: OneStartup, sent: Form) -> Response:
    services = visit.caller.services
    try:
        services.leads.consents.give(
            visit.actor, StartupId(startup_id), CarrierId(sent.text("carrier_id")), now=services.now()
        )
    except InvalidField as error:
        return startup_page(visit, StartupId(startup_id), error)
    return visit.go(after(address_of(startup_id), "consented"))


@router.post(ONE + "/consents/{carrier_id}/withdraw", **form_needs(Action.WITHDRAW_CONSENT))
def take_back(visit: Visitor, startup_id: OneStartup, carrier_id: OneCarrier) -> Response:
    services = visit.caller.services
    services.leads.consents.withdraw(visit.actor, StartupId(startup_id), CarrierId(carrier_id), now=services.now())
    return visit.go(after(address_of(startup_id), "taken_back"))


@router.post(ONE + "/requests/{carrier_id}/refuse", **form_needs(Action.WITHDRAW_CONSENT))
def refuse(visit: Visitor, startup_id: OneStartup, carrier_id: OneCarrier) -> Response:
    services = visit.caller.services
    services.leads.consents.refuse(visit.actor, StartupId(startup_id), CarrierId(carrier_id), now=services.now())
    return visit.go(after(address_of(startup_id), "refused"))


def startup_page(
    visit: Visit, startup_id: StartupId, error: MatcherError | None = None, stay: Sent | None = None
) -> Response:
    """The page, with what was wrong; `stay` is the form on a stay as it was sent."""
    services, actor = visit.caller.services, visit.actor
    record = services.startups.own.get(actor, startup_id)
    services.registry.identity.rights.uses.note_startup(record.id, services.now())
    registry = services.registry.snapshot()
    cursor = visit.request.query_params.get("cursor")
    log = services.leads.audit(
        actor, startup_id, before=audit_position(id_before(cursor)) if cursor else None, limit=AT_ONCE
    )
    consents = services.leads.consents.all(actor, startup_id)
    requests = services.leads.consents.requests(actor, startup_id)
    taken = {one.carrier for one in consents if one.is_in_force}
    kept = services.registry.identity.rights.kept(actor, now=services.now())
    moves = services.batch.handovers.own(actor, startup_id)
    return visit.page(
        "my_startup.html",
        title=Message.of("My startup"),
        place=PLACE,
        status=200 if error is None else 422,
        notice=told(visit, NOTICES),
        record=record,
        address=address_of(startup_id),
        stage=registry.taxonomy.label(record.stated.stage) if record.stated.stage else None,
        consents=[(registry.by_id.get(one.carrier), one) for one in consents],
        requests=[(registry.by_id.get(one.carrier), one) for one in requests],
        consent_text=CONSENT_TEXT,
        choices=_choices(visit, registry, taken),
        found_on=None if moves.run is None or moves.run.inputs is None else moves.run.inputs.on,
        handovers=[handover_line(one, registry) for one in moves.handovers],
        stays=[(carrier_link(one.carrier, registry), one) for one in moves.stays],
        places_to_stay=_choices(visit, registry, set()),
        stay={name: "" if stay is None else stay.text(name) for name in STAY_FIELDS},
        log=[(entry.at, event_in_words(entry, actor.account, registry)) for entry in log.entries],
        older=cursor_after(str(log.next_before)) if log.next_before is not None else None,
        erased_from=next((one.erased_from for one in kept.notices if one.startup == startup_id), None),
        errors={} if error is None else {error.field: error.message},
    )


def _choices(visit: Visit, registry: Registry, taken: set[CarrierId]) -> Sequence[tuple[bool, Sequence[Carrier]]]:
    """Carriers other than those taken, by name: those of the home city first."""
    home = visit.caller.services.settings.home_city
    language = visit.language
    free = sorted(
        (one for one in registry.carriers if one.role is Role.CARRIER and one.id not in taken),
        key=lambda one: name_key(one.name.say(language), language),
    )
    here = [one for one in free if home in (one.city, one.landing_in)]
    return [(True, here), (False, [one for one in free if one not in here])]
