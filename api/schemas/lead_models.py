"""Leads as documented in OpenAPI; `leads` writes them."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.answer_models import CriterionOut
from api.schemas.carrier_query import MAX_LIMIT, Word
from api.schemas.common import LabelledOut
from matcher.domain.leads import (
    MAX_ACTION_CHARACTERS,
    MAX_NOTE_CHARACTERS,
    DeclineReason,
    LeadPlan,
    LeadStatus,
)
from matcher.services.lead_changes import WantedStep

Status = Literal["new", "contacted", "visited", "reviewed", "offered", "admitted", "declined", "graduated"]
Reason = Literal[
    "outside_field", "too_early", "too_late", "no_space", "facilities_missing", "entry_rule", "not_convincing",
    "went_elsewhere", "no_answer", "gave_up",
]  # fmt: skip
AccountWord = Annotated[str, StringConstraints(min_length=1, max_length=128)]


class CardOut(BaseModel):
    """What is shown without consent: words of the vocabulary; null and empty mean unknown."""

    chain: LabelledOut = Field(description="One of the four chains, or the id `none`.")
    industry: LabelledOut
    subfields: list[LabelledOut] = Field(description="At most two, and only those that are nearly certain.")
    stage: LabelledOut | None
    services: list[LabelledOut]
    capabilities: list[LabelledOut]
    site: list[LabelledOut]
    company_age: LabelledOut | None = Field(description="A band.")
    places: list[str] = Field(description="Cities and districts on record where it would like to be.")
    language: Literal["zh", "en", "de", "mixed", "other"] = Field(description="Of its text.")


class PartOut(BaseModel):
    criterion: Literal["field", "stage", "services", "facilities", "place", "wish", "standing", "history"]
    part: float


class LeadVerdictOut(BaseModel):
    """An entry rule applied to this startup."""

    rule: str
    verdict: Literal["pass", "warn", "ask", "exclude"]
    source: str
    url: str | None
    as_of: str | None


class LeadStateOut(BaseModel):
    """How far the carrier has come."""

    id: str = Field(description="Of the lead, not of the startup: another carrier knows it by another one.")
    version: int = Field(description="Grows by one with every step and plan; `ETag` bears it.")
    status: Status
    next: list[Status] = Field(description="To which it may go on.")
    asked_at: str | None = Field(description="When the startup was last asked for its consent.")
    refused_at: str | None
    owner: str | None = Field(description="Id of an account of the carrier's staff.")
    next_action: str | None
    due: str | None
    updated_at: str


class LeadOut(LeadStateOut):
    """A lead as its carrier may see it."""

    consented: bool
    name: str | None = Field(description="Null without consent.")
    card: CardOut
    score: float = Field(description="The sum of the parts, exactly.")
    band: Literal["high", "medium", "low"]
    startup_utility: float = Field(description="What the startup gains, in [0, 1].")
    carrier_utility: float = Field(description="What speaks for admitting it, in [0, 1].")
    parts: list[PartOut]
    eligibility: list[LeadVerdictOut]


class LeadPageOut(BaseModel):
    request_id: str
    language: Literal["zh", "en", "de"]
    carrier: str
    leads: list[LeadOut] = Field(description="Best first.")
    total: int = Field(description="Of all pages.")
    next_cursor: str | None = Field(description="For the next page; null on the last one.")


class ConsentedOut(BaseModel):
    """Who it is."""

    name: str
    contact: str | None
    text: str


class StepOut(BaseModel):
    status: Status
    reason: Reason | None
    note: str | None
    made_by: str | None = Field(description="Id of the account; null where it is gone.")
    made_at: str


class OneLeadOut(LeadOut):
    request_id: str
    language: Literal["zh", "en", "de"]
    startup: ConsentedOut | None = Field(description="Null without consent.")
    reasons: list[CriterionOut] = Field(
        description="With the words of its text, as they are said to the startup; empty without consent."
    )
    labels: dict[str, str] = Field(description="Names of the bare ids in the reasons.")
    steps: list[StepOut] = Field(description="The first one first.")


class MovedLeadOut(LeadStateOut):
    request_id: str


class LeadQuery(BaseModel):
    """Filters and page; filters are joined by "and"."""

    model_config = ConfigDict(extra="forbid")

    chain: Literal["equipment", "materials", "aerospace", "biomed", "none"] | None = Field(
        None, description="As the card says; `none` for those outside the four chains."
    )
    stage: Word | None = Field(None, description="Id of a stage, as the card says.")
    consented: bool | None = Field(None, description="Only those that have consented, or only others.")
    status: Status | None = None
    lang: Literal["zh", "en", "de"] | None = Field(
        None, description="Language of the answer; else Accept-Language chooses."
    )
    limit: int = Field(20, ge=1, le=MAX_LIMIT, description="Most leads on one page.")
    cursor: Word | None = Field(None, description="`next_cursor` of the page before.")


class StepIn(BaseModel):
    """One step along the pipeline."""

    model_config = ConfigDict(extra="forbid")

    status: Status = Field(description="To which the lead goes; see `next`.")
    reason: Reason | None = Field(None, description="Belongs to `declined`, and to no other status.")
    note: str | None = Field(None, max_length=MAX_NOTE_CHARACTERS, description="For the carrier's own staff.")

    def wanted(self) -> WantedStep:
        reason = DeclineReason(self.reason) if self.reason else None
        return WantedStep(status=LeadStatus(self.status), reason=reason, note=self.note)


class PlanIn(BaseModel):
    """What is to change; what is left out stays, and null takes it away."""

    model_config = ConfigDict(extra="forbid")

    owner: AccountWord | None = Field(None, description="Id of an account of the carrier's staff.")
    next_action: str | None = Field(None, max_length=MAX_ACTION_CHARACTERS)
    due: datetime.date | None = Field(None, description="By when.")

    def changed(self, plan: LeadPlan) -> LeadPlan:
        """Raises InvalidField where a value cannot be kept."""
        before = {"owner": plan.owner, "next_action": plan.next_action, "due": plan.due}
        return LeadPlan(**{**before, **self.model_dump(exclude_unset=True)})
