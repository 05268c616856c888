"""Hand-overs as they go over the wire: why a startup is to move on, until when it may stay, and where it could go."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.carrier_models import SourceOut
from api.schemas.carriers import source_out
from api.schemas.consents import NamedCarrierOut, carrier_named
from api.schemas.leads import moment_out
from api.sentences import Sentences
from matcher.domain.handovers import Ground, Handover, Stay, StayEnd
from matcher.domain.ids import EntryRuleId
from matcher.domain.messages import Language, Message
from matcher.domain.registry import Registry
from matcher.domain.rule_sentences import GRADUATION_WORDS
from matcher.domain.run_records import RunRecord
from matcher.services.see_handovers import CarrierHandovers, OwnHandovers

Json = dict[str, Any]


class StayIn(BaseModel):
    """Since when and until when a startup is at a carrier; null is unknown."""

    model_config = ConfigDict(extra="forbid")

    began_on: datetime.date | None = Field(None, description="First day.")
    ends_on: datetime.date | None = Field(None, description="Last day.")


class StayOut(BaseModel):
    carrier: NamedCarrierOut
    began_on: str | None
    ends_on: str | None
    stated_at: str


class OneStayOut(StayOut):
    request_id: str


class RuleOut(BaseModel):
    id: str
    months: int | None = Field(description="Of a rule for the length of a stay.")
    source: SourceOut | None = Field(description="Null where the rule is not in the registry any more.")


class EndOut(BaseModel):
    """When the stay ends."""

    on: str
    stated_by: Literal["startup", "rule"]
    rule: RuleOut | None = Field(description="Null where the startup itself says so.")


class GroundOut(BaseModel):
    id: Literal["stay_ends", "graduation"]
    sentence: str
    criteria: list[str] = Field(description="Of graduation, as read from the startup's text.")
    rule: RuleOut | None


class NextOut(BaseModel):
    rank: int = Field(description="From 1, by how well it fits the startup.")
    carrier: NamedCarrierOut
    step: str = Field(description="The kind of the chain that it belongs to.")
    step_label: str
    score: float


class HandoverOut(BaseModel):
    """One startup that is to move on."""

    carrier: NamedCarrierOut = Field(description="Where it is now.")
    began_on: str | None
    end: EndOut | None = Field(description="Null where it is unknown.")
    grounds: list[GroundOut]
    next: list[NextOut] = Field(
        description="Carriers further along the chain; empty where it has no place for this kind."
    )


class SeenHandoverOut(HandoverOut):
    startup: str = Field(description="Its name.")
    lead_id: str | None


class RunOut(BaseModel):
    id: str
    on: str = Field(description="The day on which rules were applied.")


class CarrierHandoversOut(BaseModel):
    request_id: str
    run: RunOut | None = Field(description="The run in force; null where there is none yet.")
    handovers: list[SeenHandoverOut]


class OwnHandoversOut(BaseModel):
    request_id: str
    run: RunOut | None = Field(description="The run in force; null where there is none yet.")
    handovers: list[HandoverOut]
    stays: list[StayOut] = Field(description="Where the startup says that it is.")


@dataclass(frozen=True)
class HandoverWriter:
    """Says hand-overs in one language."""

    language: Language
    sentences: Sentences
    registry: Registry

    def of_carrier(self, found: CarrierHandovers) -> Json:
        shown = [self._one(view.handover) | {"startup": view.name, "lead_id": view.lead} for view in found.handovers]
        return {"run": _run(found.run), "handovers": shown}

    def own(self, found: OwnHandovers) -> Json:
        return {
            "run": _run(found.run),
            "handovers": [self._one(one) for one in found.handovers],
            "stays": [self.stay(one) for one in found.stays],
        }

    def stay(self, stay: Stay) -> Json:
        return {
            "carrier": carrier_named(stay.carrier, self.language, self.registry),
            "began_on": _day(stay.began_on),
            "ends_on": _day(stay.ends_on),
            "stated_at": moment_out(stay.stated_at),
        }

    def _one(self, one: Handover) -> Json:
        label = self.registry.taxonomy.label
        return {
            "carrier": carrier_named(one.carrier, self.language, self.registry),
            "began_on": _day(one.began_on),
            "end": None if one.end is None else self._end(one.end),
            "grounds": [self._ground(ground, one) for ground in one.grounds],
            "next": [
                {
                    "rank": rank,
                    "carrier": carrier_named(place.carrier, self.language, self.registry),
                    "step": place.step,
                    "step_label": label(place.step).say(self.language),
                    "score": place.score,
                }
                for rank, place in enumerate(one.next, start=1)
            ],
        }

    def _end(self, end: StayEnd) -> Json:
        return {
            "on": end.on.isoformat(),
            "stated_by": "startup" if end.rule is None else "rule",
            "rule": self._rule(end.rule, end.months),
        }

    def _ground(self, ground: Ground, one: Handover) -> Json:
        if ground is Ground.STAY_ENDS and one.end is not None:
            criteria, rule = [], self._rule(one.end.rule, one.end.months)
        else:
            criteria, rule = [*one.criteria], self._rule(one.criteria_rule)
        said = self.sentences.say(ground_sentence(ground, one), self.language)
        return {"id": ground.value, "sentence": said, "criteria": criteria, "rule": rule}

    def _rule(self, rule_id: EntryRuleId | None, months: int | None = None) -> Json | None:
        if rule_id is None:
            return None
        rule = next((rule for rule in self.registry.entry_rules if rule.id == rule_id), None)
        return {"id": rule_id, "months": months, "source": None if rule is None else source_out(rule.source)}


def ground_sentence(ground: Ground, one: Handover) -> Message:
    """Why it is to move on."""
    return _stay_ends(one.end) if ground is Ground.STAY_ENDS and one.end is not None else _graduation(one.criteria)


def _stay_ends(end: StayEnd) -> Message:
    if end.rule is None:
        return Message.of("The stay ends on {date}, as the startup says.", date=end.on)
    return Message.of(
        "The stay ends on {date}: the rule of this kind of carrier gives it {months} months.",
        date=end.on,
        months=end.months,
    )


def _graduation(criteria: Sequence[str]) -> Message:
    words = tuple(GRADUATION_WORDS[name] for name in criteria if name in GRADUATION_WORDS)
    return Message.of("It meets a criterion of graduation: {criteria}.", criteria=words)


def _run(run: RunRecord | None) -> Json | None:
    return None if run is None or run.inputs is None else {"id": run.id, "on": run.inputs.on.isoformat()}


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
