"""The answer to a recommendation as documented in OpenAPI; `answers` writes it, a test holds the two together."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.schemas.common import CarrierOut, LabelledOut, RegistryOut


class SpanOut(BaseModel):
    """Words of the text, by offsets in Unicode code points; `end` is exclusive."""

    start: int
    end: int
    text: str


class FindingOut(LabelledOut):
    probability: float = Field(description="In [0, 1]; 1 where stated in a field.")
    stated: bool
    evidence: list[SpanOut]


class AmountOut(BaseModel):
    value: float
    evidence: list[SpanOut]


class ProfileOut(BaseModel):
    """What was read from the text and what was stated; findings are sorted, most probable first."""

    language: Literal["zh", "en", "de", "mixed", "other"]
    outcome_probabilities: dict[str, float]
    chain: FindingOut = Field(description="One of the four chains, or the id `none`.")
    industry: FindingOut
    subfields: list[FindingOut]
    stage: FindingOut | None
    company_age_months: int | None
    company_age_evidence: list[SpanOut]
    registered: bool | None
    foreign_invested: bool | None
    services: list[FindingOut]
    capabilities: list[FindingOut]
    site: list[FindingOut]
    amounts: dict[str, AmountOut] = Field(description="Amounts read from the text, by name.")


class FactOut(BaseModel):
    """A field of the carrier's record."""

    field: str
    basis: str
    source: str
    as_of: str | None


class CriterionOut(BaseModel):
    """What one criterion adds to the score or takes from it, and why."""

    criterion: Literal["field", "stage", "services", "facilities", "place", "wish", "standing", "history"]
    part: float
    covered: list[str] = Field(description="Ids asked for and offered.")
    missing: list[str] = Field(description="Ids asked for and known to be absent.")
    unknown: list[str] = Field(description="Ids asked for, of which the carrier's record does not speak.")
    evidence: list[SpanOut]
    facts: list[FactOut]
    sentence: str


class EligibilityOut(BaseModel):
    """An entry rule applied to this startup."""

    rule: str
    verdict: Literal["pass", "warn", "ask", "exclude"]
    sentence: str
    source: str
    url: str | None
    as_of: str | None


class DifferenceOut(BaseModel):
    criterion: str
    difference: float


class BeforeNextOut(BaseModel):
    """Why a match stands before the next one."""

    carrier: str = Field(description="Id of the next one.")
    difference: float = Field(
        description="Of the scores: the sum of the parts, exactly; below 0 where the core park was lifted."
    )
    parts: list[DifferenceOut]
    sentence: str


class MatchOut(BaseModel):
    rank: int = Field(description="From 1.")
    carrier: CarrierOut
    score: float = Field(description="The sum of the parts, exactly.")
    probability: float = Field(
        description="That this is a good visit, in [0, 1], as calibrated on judgements; not that the carrier admits."
    )
    band: Literal["high", "medium", "low"] = Field(
        description="The probability in words, before it is rounded: high from 0.6, medium from 0.3."
    )
    startup_utility: float = Field(description="What the startup gains, in [0, 1].")
    carrier_utility: float = Field(description="What speaks for the carrier admitting it, in [0, 1].")
    criteria: list[CriterionOut]
    eligibility: list[EligibilityOut]
    flags: list[str] = Field(description="Legal notes; they never filter.")
    next_step: str
    before_next: BeforeNextOut | None = Field(description="Null for the last one of the list.")


class PartnerOut(BaseModel):
    """Helps this startup; never ranked as a home."""

    carrier: CarrierOut
    sentence: str


class NotEligibleOut(BaseModel):
    """Taken off the list by the carrier's own rule or the startup's own wish."""

    carrier: CarrierOut
    rule: str
    sentence: str


class QuestionOut(BaseModel):
    """Its answer would change the list; `field` is the field of the request that takes it."""

    field: str
    sentence: str


class AdviceOut(BaseModel):
    """A realistic change that raises a score, with the proof."""

    kind: Literal["describe", "become"] = Field(description="Whether to say more or to be more.")
    sentence: str
    carrier: CarrierOut
    change: dict[str, Any] = Field(
        description="Fields of the request: the same request with these gives score and rank after. "
        "Empty where the carrier changes."
    )
    score_before: float
    score_after: float
    rank_before: int = Field(description="In the whole list, which may be longer than `k`.")
    rank_after: int


class ModelsOut(BaseModel):
    encoder: str
    reader: str
    ranker: str


class AnswerOut(BaseModel):
    """One of the four honest outcomes, with everything that led to it."""

    request_id: str
    startup_id: str | None = Field(description="Of the kept startup that it is for; null where no text is kept.")
    served_from: Literal["run", "live"] = Field(
        description="run: the list is that of the run in force, place for place; live: of this moment alone."
    )
    run_id: str | None = Field(description="Of that run; null where it is live.")
    outcome: Literal["ranked", "no_core_chain", "needs_more_information", "out_of_scope"]
    language: Literal["zh", "en", "de"] = Field(description="Of all sentences and labels.")
    scope: Literal["home", "delta", "all"]
    order: Literal["fit", "neutral"] = Field(description="Best first, or alphabetically by name.")
    models: ModelsOut
    registry: RegistryOut
    profile: ProfileOut
    matches: list[MatchOut] = Field(description="In this `order`; may be shorter than asked, is never padded.")
    partners: list[PartnerOut]
    not_eligible: list[NotEligibleOut]
    questions: list[QuestionOut]
    advice: list[AdviceOut] = Field(description="At most three; empty where nothing realistic would help.")
    general: list[str] = Field(description="Legal flags and notes for the whole answer.")
    labels: dict[str, str] = Field(description="Names of the bare ids in `covered`, `missing`, `unknown`, `anchors`.")
