"""A carrier among others: what a list says of it, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from api.pages.city_plan import district_label
from api.terminal.voice import Voice
from api.terminal.words import CONFIDENCES, ROLES, STATUSES
from matcher.domain.carriers import Carrier, Role, Status
from matcher.domain.messages import Message
from matcher.domain.taxonomy import CHAINS


@dataclass(frozen=True, slots=True)
class Field:
    """An industry; `chain` is one of the four, or empty."""

    label: str
    chain: str


@dataclass(frozen=True, slots=True)
class CarrierLine:
    """Empty where something is not known."""

    id: str
    name: str
    kind: str  # what a partner is called where its kind is not known
    level: str
    place: str
    fields: Sequence[Field]
    state: str  # unless it is open
    description: str
    confidence: str

    @property
    def href(self) -> str:
        return address_of_carrier(self.id)


def address_of_carrier(carrier_id: str) -> str:
    return f"/carriers/{quote(carrier_id, safe='')}"


def carrier_line(carrier: Carrier, voice: Voice) -> CarrierLine:
    return CarrierLine(
        id=str(carrier.id),
        name=voice.texts(carrier.name),
        kind=kind_of_carrier(carrier, voice),
        level=voice.label(carrier.level) if carrier.level else "",
        place=place_of(carrier, voice),
        fields=fields_of(carrier, voice),
        state="" if carrier.status is Status.OPERATING else voice.say(STATUSES[carrier.status]),
        description=voice.texts(carrier.description),
        confidence=voice.say(CONFIDENCES[carrier.confidence]),
    )


def kind_of_carrier(carrier: Carrier, voice: Voice) -> str:
    """A partner is called one, whatever its kind: it is no home."""
    kind = voice.label(carrier.kind) if carrier.kind else ""
    if carrier.role is Role.CARRIER:
        return kind
    partner = voice.say(ROLES[Role.PARTNER])
    return voice.say(Message.of("{kind} ({role})", kind=kind, role=partner)) if kind else partner


def place_of(carrier: Carrier, voice: Voice) -> str:
    return " · ".join(part for part in (voice.city(carrier.city), district_text(carrier, voice)) if part)


def district_text(carrier: Carrier, voice: Voice) -> str:
    return voice.texts(district_label(carrier.district)) if carrier.district else ""


def fields_of(carrier: Carrier, voice: Voice) -> list[Field]:
    """Its industries, weightiest first."""
    return [Field(voice.label(one), one if one in CHAINS else "") for one in carrier.industries]
