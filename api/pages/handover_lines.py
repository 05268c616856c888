"""Hand-overs as pages show them: why one is to move on, on what that rests, and where it could go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.schemas.handovers import ground_sentence
from matcher.domain.facts import Source
from matcher.domain.handovers import Ground, Handover
from matcher.domain.ids import CarrierId, EntryRuleId
from matcher.domain.leads import LeadId
from matcher.domain.messages import Message, Texts
from matcher.domain.registry import Registry


@dataclass(frozen=True, slots=True)
class CarrierLink:
    id: CarrierId
    name: Texts | None  # None where it is not in the registry any more


@dataclass(frozen=True, slots=True)
class GroundLine:
    sentence: Message
    rule: EntryRuleId | None  # None where the startup itself says so
    source: Source | None  # None as well where the rule is not in the registry any more


@dataclass(frozen=True, slots=True)
class NextLine:
    carrier: CarrierLink
    step: Texts  # the kind of the chain that it belongs to


@dataclass(frozen=True, slots=True)
class HandoverLine:
    carrier: CarrierLink  # where it is now
    began_on: date | None
    ends_on: date | None
    grounds: Sequence[GroundLine]
    next: Sequence[NextLine]  # best first
    name: str = ""  # of the startup, where it is told
    lead: LeadId | None = None


def handover_line(one: Handover, registry: Registry, name: str = "", lead: LeadId | None = None) -> HandoverLine:
    return HandoverLine(
        carrier=carrier_link(one.carrier, registry),
        began_on=one.began_on,
        ends_on=None if one.end is None else one.end.on,
        grounds=[_ground(ground, one, registry) for ground in one.grounds],
        next=[
            NextLine(carrier_link(place.carrier, registry), registry.taxonomy.label(place.step)) for place in one.next
        ],
        name=name,
        lead=lead,
    )


def carrier_link(carrier_id: CarrierId, registry: Registry) -> CarrierLink:
    carrier = registry.by_id.get(carrier_id)
    return CarrierLink(carrier_id, None if carrier is None else carrier.name)


def _ground(ground: Ground, one: Handover, registry: Registry) -> GroundLine:
    by_stay = None if one.end is None else one.end.rule
    rule_id = by_stay if ground is Ground.STAY_ENDS else one.criteria_rule
    rule = next((rule for rule in registry.entry_rules if rule.id == rule_id), None)
    return GroundLine(ground_sentence(ground, one), rule_id, None if rule is None else rule.source)
