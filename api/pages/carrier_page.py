"""One carrier: its facts with source, date and basis, what is unknown, entry rules, and neighbours in the chain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Response

from api.pages.carrier_facts import CarrierFacts
from api.pages.carrier_filters import address_of_list
from api.pages.carrier_lines import CarrierLine, carrier_line
from api.pages.carrier_rules import rules_of
from api.pages.visit import PageRoute, Visitor
from api.routes.carrier_corrections import OneCarrier
from api.terminal.voice import Voice
from matcher.domain.carriers import Carrier
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Message
from matcher.services.chain_neighbours import Neighbours, Step, chain_neighbours

MOST_NEIGHBOURS = 12  # of one step; the list of carriers shows the others
BESIDE = Message.of("Beside the way")

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the chain."""

    name: str
    carriers: Sequence[CarrierLine]
    n_more: int
    href: str  # of all carriers of this step; empty where no list shows them
    is_own: bool


@router.get("/carriers/{carrier_id}")
def show_carrier(visit: Visitor, carrier_id: OneCarrier) -> Response:
    """The same record as `GET /v1/carriers/{id}`."""
    services = visit.caller.services
    registry = services.registry.snapshot()
    carrier = registry.carrier(CarrierId(carrier_id))
    voice = Voice(services.sentences, visit.language, registry)
    around = chain_neighbours(registry, carrier)
    return visit.page(
        "carrier.html",
        title=Message.of("{name}", name=carrier.name),
        place="carriers",
        carrier=carrier_line(carrier, voice),
        is_own=visit.shown_actor.carrier == carrier.id,
        names=[name for name in dict.fromkeys(carrier.name) if name and name != voice.texts(carrier.name)],
        status_as_of=carrier.status_as_of,
        facts=CarrierFacts(carrier, voice, services.today()),
        rules=rules_of(carrier, voice, services.today()),
        around=around,
        around_field=voice.label(around.industry) if around else "",
        around_city=voice.city(around.city) if around else "",
        steps=_steps(around, voice) if around else (),
        partners=_lines(around.partners[:MOST_NEIGHBOURS], voice) if around else (),
        registry=registry.version,
    )


def _steps(around: Neighbours, voice: Voice) -> list[StepShown]:
    """The step beside the way is left out where nobody stands there."""
    return [_step(one, around, voice) for one in around.steps if one.kind is not None or one.carriers]


def _step(step: Step, around: Neighbours, voice: Voice) -> StepShown:
    shown = step.carriers[:MOST_NEIGHBOURS]
    filters = {"industry": around.industry, "city": around.city}
    return StepShown(
        name=voice.label(step.kind) if step.kind else voice.say(BESIDE),
        carriers=_lines(shown, voice),
        n_more=len(step.carriers) - len(shown),
        href=address_of_list(filters | ({"kind": step.kind} if step.kind else {})),
        is_own=step.is_own,
    )


def _lines(carriers: Iterable[Carrier], voice: Voice) -> list[CarrierLine]:
    return [carrier_line(one, voice) for one in carriers]
