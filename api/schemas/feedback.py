"""What came of a place on a list, as it is sent and answered."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.requests import Id
from api.schemas.startups import Moment
from matcher.domain.ids import CarrierId
from matcher.domain.impressions import Feedback, FeedbackKind
from matcher.services.record_feedback import Told

Kind = Literal["click", "contact", "visit", "admission", "dismissed"]
RequestId = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class FeedbackIn(BaseModel):
    """One thing that happened with one carrier of one list."""

    model_config = ConfigDict(strict=True, extra="forbid")

    request_id: RequestId = Field(description="Of the answer in which the list was.")
    carrier_id: Id = Field(description="Of a carrier on that list.")
    kind: Kind
    at: Moment | None = Field(
        None, strict=False, description="When it happened, with its offset from UTC; by default now."
    )

    def told(self) -> Told:
        return Told(
            request_id=self.request_id,
            carrier=CarrierId(self.carrier_id),
            kind=FeedbackKind(self.kind),
            at=self.at,
        )


class FeedbackOut(BaseModel):
    """As it is on record."""

    list_id: str = Field(description="The `request_id` that was sent.")
    carrier_id: str
    kind: Kind
    rank: int = Field(description="Of the carrier on that list, from 1.")
    at: str = Field(description="When it happened.")
    recorded_at: str


class RecordedFeedbackOut(BaseModel):
    request_id: str
    is_new: bool = Field(description="False where it had been told before: then the first record stays.")
    feedback: FeedbackOut


def feedback_out(feedback: Feedback) -> dict[str, Any]:
    return {
        "list_id": feedback.request_id,
        "carrier_id": str(feedback.carrier),
        "kind": feedback.kind.value,
        "rank": feedback.rank,
        "at": feedback.at.isoformat(),
        "recorded_at": feedback.recorded_at.isoformat(),
    }
