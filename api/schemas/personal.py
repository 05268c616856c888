"""One's own data as it goes over the wire."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.identity import AccountOut, Password
from matcher.services.what_is_kept import Notice

Row = dict[str, Any]


class EraseMeBody(BaseModel):
    """What shows that it is really wanted."""

    model_config = ConfigDict(strict=True, extra="forbid")

    password: Password = Field(description="The current one.")
    confirm: Annotated[str, StringConstraints(max_length=64)] = Field(description="The login of the account.")


class NoticeOut(BaseModel):
    startup_id: str
    unused_since: datetime
    erased_from: datetime = Field(description="It is erased then, unless it is read, written or matched before.")

    @classmethod
    def of(cls, notice: Notice) -> Self:
        return cls(startup_id=notice.startup, unused_since=notice.unused_since, erased_from=notice.erased_from)


class KeptOut(BaseModel):
    request_id: str
    account: AccountOut
    kept: dict[str, int] = Field(description="How many entries each section of an export would have.")
    notices: list[NoticeOut] = Field(description="Startups that nobody uses.")
    retention_days: int = Field(description="After so many days without use a startup is erased.")


class PersonalDataOut(BaseModel):
    """All that is kept about an account: one list a section, empty where there is nothing."""

    form: str = Field(description="Of this document: `matcher-personal-data/1`.")
    exported_at: str
    account: list[Row] = Field(description="One entry: the account.")
    keys: list[Row] = Field(description="API keys without their secrets.")
    sessions: list[Row] = Field(description="Pages that are signed in.")
    idempotency_keys: list[Row] = Field(description="Writes of the last day that came with a key.")
    corrections: list[Row] = Field(description="Facts of carriers that this account put right.")
    startups: list[Row] = Field(description="As they stand; earlier versions are not kept.")
    profiles: list[Row] = Field(description="What was read of each startup's text, and its vector.")
    activity: list[Row] = Field(description="When each was last used, and since when you are told that it goes.")
    consents: list[Row] = Field(description="To whom one has consented, and until when.")
    leads: list[Row] = Field(description="How far carriers have come with one's startups.")
    lead_steps: list[Row] = Field(description="The steps of these leads.")
    leads_in_my_care: list[Row] = Field(description="Leads of one's carrier that one looks after.")
    lead_steps_of_mine: list[Row] = Field(description="Steps of leads that one has made.")
    audit: list[Row] = Field(description="Which carrier has seen what of one's startups, and when.")
    audit_of_mine: list[Row] = Field(description="What this account has seen and done.")
    lists: list[Row] = Field(description="Lists of carriers that were shown for one's startups.")
    impressions: list[Row] = Field(description="Each place on them.")
    impressions_with_carriers: list[Row] = Field(description="Where one's startups stood on lists of carriers' staff.")
    feedback: list[Row] = Field(description="What was told to have come of these places.")
    run_lists: list[Row] = Field(description="Lists that runs of the batch made for one's startups.")
    handovers: list[Row] = Field(description="Where one's startups might go next, as runs found it.")
    stays: list[Row] = Field(description="Where one's startups say that they are, and until when.")
    runs_of_mine: list[Row] = Field(description="Runs of the batch that one has started.")
