"""The staff's own carrier: what it is seen as, what is unknown of it, and its facts to put right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Response

from api.pages.carrier_facts import BASES_HERE
from api.pages.desk import PLACE, Desk
from api.pages.desk_carrier_form import CarrierForm, changes_of, form_of, grounds_of, sent_back
from api.pages.desk_query import DESK
from api.pages.done import after, told
from api.pages.forms import Form, form_needs, page_needs
from api.pages.visit import PageRoute, Visitor
from api.problems import kind_of
from api.terminal.values import parts_in_words
from api.terminal.words import FIELDS, STATUSES
from matcher.domain.carriers import Carrier, Status
from matcher.domain.corrections import Correction
from matcher.domain.errors import InvalidField, Outdated
from matcher.domain.messages import Message
from matcher.domain.permissions import Action
from matcher.domain.taxonomy import Facet
from matcher.services.carrier_portraits import Weighed

CARRIER, EDIT = DESK + "/carrier", DESK + "/carrier/edit"
LATEST = 30  # entries of the history
NOTICES = {"corrected": Message.of("The facts are put right. Lists know them in a second.")}
READ_FROM = {  # what of the record each part of the portrait rests on
    "fields": ("industries", "subfields", "specialised", "anchors"),
    "stages": ("kind",),
    "offers": ("services", "capabilities", "site"),
    "standing": ("status", "level", "places_left"),
}

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class WeighedLine:
    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class Rest:
    """A fact of the record with what it rests on."""

    name: str
    parts: Sequence[str]  # empty: unknown
    basis: str
    source: str
    as_of: str | None


@router.get(CARRIER, **page_needs(Action.CORRECT_CARRIER))
def show_own_carrier(visit: Visitor) -> Response:
    desk, services = Desk(visit), visit.caller.services
    own = services.leads.own_carrier(visit.actor, desk.carrier)
    voice, portrait = desk.voice, own.portrait
    entries = services.registry.carriers.history(visit.actor, desk.carrier)
    rests = {part: [_rest(own.carrier, name, desk) for name in names] for part, names in READ_FROM.items()}
    return visit.page(
        "desk_carrier.html",
        title=Message.of("Our carrier"),
        place=PLACE,
        notice=told(visit, NOTICES),
        tab="carrier",
        carrier=own.carrier,
        portrait=portrait,
        industries=_weighed(portrait.industries, desk) if portrait else [],
        subfields=_weighed(portrait.subfields, desk) if portrait else [],
        stages=_weighed(portrait.stages, desk) if portrait else [],
        near=[voice.label(one) for one in portrait.near] if portrait else [],
        core_park_of=[voice.label(one) for one in portrait.core_park_of] if portrait else [],
        rests=rests,
        unknown=[voice.say(FIELDS[name]) for name in own.unknown],
        history=[(entry, *_entry(entry, desk)) for entry in entries[:LATEST]],
        edit=EDIT,
    )


@router.get(EDIT, **page_needs(Action.CORRECT_CARRIER))
def show_correction(visit: Visitor) -> Response:
    desk = Desk(visit)
    own = visit.caller.services.leads.own_carrier(visit.actor, desk.carrier)
    return _form_page(desk, form_of(own.carrier, own.version, visit.caller.services.now().date()))


@router.post(EDIT, **form_needs(Action.CORRECT_CARRIER))
def correct(visit: Visitor, sent: Form) -> Response:
    """What differs from the record, on the grounds that are named; over another version nothing is written."""
    desk, services = Desk(visit), visit.caller.services
    own = services.leads.own_carrier(visit.actor, desk.carrier)
    form = sent_back(form_of(own.carrier, own.version, services.now().date()), sent)
    try:
        services.registry.carriers.correct(
            visit.actor,
            desk.carrier,
            changes_of(sent, own.carrier),
            grounds_of(sent),
            expected=sent.text("version"),
            now=services.now(),
        )
    except InvalidField as error:
        return _form_page(desk, sent_back(form, sent, error), kind_of(error).status)
    except Outdated as error:
        outdated = CarrierForm(form.words, form.terms, own.version, form.confirmed, {"": error.message})
        return _form_page(desk, outdated, kind_of(error).status)
    return visit.go(after(CARRIER, "corrected"))


def _form_page(desk: Desk, form: CarrierForm, status: int = 200) -> Response:
    taxonomy, voice = desk.registry.taxonomy, desk.voice

    def terms(*facets: Facet) -> list[tuple[str, str]]:
        return [(term.id, voice.texts(term.label)) for facet in facets for term in taxonomy.of(facet)]

    by_industry = [
        (label, [(term.id, voice.texts(term.label)) for term in taxonomy.of(Facet.SUBFIELD) if term.parent == industry])
        for industry, label in terms(Facet.INDUSTRY)
    ]
    return desk.visit.page(
        "desk_carrier_form.html",
        title=Message.of("Put facts right"),
        place=PLACE,
        status=status,
        tab="carrier",
        form=form,
        errors=form.errors,
        names={name: voice.say(word) for name, word in FIELDS.items()},
        statuses=[(one.value, voice.say(STATUSES[one])) for one in Status if one is not Status.UNKNOWN],
        industries=terms(Facet.INDUSTRY),
        by_industry=[(label, some) for label, some in by_industry if some],
        offers=(
            ("services", terms(Facet.SERVICE)),
            ("service_items", terms(Facet.SERVICE_ITEM)),
            ("capabilities", terms(Facet.PLATFORM, Facet.CAPABILITY)),
            ("site", terms(Facet.SITE)),
        ),
        back=CARRIER,
        action=EDIT,
    )


def _weighed(some: Iterable[Weighed], desk: Desk) -> list[WeighedLine]:
    return [WeighedLine(desk.voice.label(one.term), one.weight) for one in some]


def _rest(carrier: Carrier, name: str, desk: Desk) -> Rest:
    fact, voice = carrier.fact(name), desk.voice
    basis = voice.say(BASES_HERE[fact.basis]) if fact.basis in BASES_HERE else fact.basis
    return Rest(voice.say(FIELDS[name]), parts_in_words(carrier, name, voice), basis, fact.source, fact.as_of)


def _entry(entry: Correction, desk: Desk) -> tuple[str, str, str, str]:
    """The field, its old and its new value in words, and who put it right."""
    name = desk.voice.say(FIELDS[entry.field]) if entry.field in FIELDS else entry.field
    unknown = desk.voice.say(Message.of("unknown"))
    return (
        name,
        _value(entry.old, entry.field, desk) or unknown,
        _value(entry.new, entry.field, desk) or unknown,
        desk.leads.login(entry.made_by),
    )


def _value(value: object, field: str, desk: Desk) -> str:
    """A value as files write it, in words."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return " / ".join(str(text) for text in value.values())
    if isinstance(value, (list, tuple)):
        return desk.voice.listed(desk.voice.label(str(one)) for one in value)
    if field == "status":
        return desk.voice.say(STATUSES[Status(str(value))])
    return f"{value:g}" if isinstance(value, float) else str(value)
