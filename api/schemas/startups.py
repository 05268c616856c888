"""A startup's record as it goes over the wire: what its owner sends, and what it gets back."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from api.schemas.carrier_query import MAX_LIMIT, Word
from api.schemas.requests import Id, Ids
from data.tabular.startups import read_draft, startup_record
from matcher.domain.messages import Language
from matcher.domain.registry import Registry
from matcher.domain.startup_records import (
    MAX_CONTACT_CHARACTERS,
    StartupDraft,
    StartupFilter,
    StartupRecord,
)
from matcher.domain.startups import MAX_CHARACTERS, MAX_COMPANY_AGE_MONTHS, MAX_NAME_CHARACTERS

NAME = f"Its name; at most {MAX_NAME_CHARACTERS} characters."
TEXT = f"What it makes and needs, in Chinese, English or German; at most {MAX_CHARACTERS} characters."


def _written_out(value: object) -> object:
    """A moment as the document describes it; a bare number would else be taken for seconds since 1970."""
    if isinstance(value, str) and "T" not in value.upper():
        raise PydanticCustomError("datetime_parsing", "not a moment")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out)]


class _Fields(BaseModel):
    """What may be left out: then it is unknown, or stays as it was."""

    model_config = ConfigDict(strict=True, extra="forbid")

    contact: str | None = Field(
        None, description=f"Kept apart, and shown on consent only; at most {MAX_CONTACT_CHARACTERS} characters."
    )
    industry: Id | None = Field(None, description="Id of an industry of the vocabulary.")
    subfields: Ids | None = Field(None, description="Ids of sub-fields.")
    stage: Id | None = Field(None, description="Id of a stage.")
    company_age_months: int | None = Field(None, ge=0, le=MAX_COMPANY_AGE_MONTHS)
    registered: bool | None = Field(None, description="Whether a company is registered.")
    foreign_invested: bool | None = Field(None, description="Whether foreign capital holds a share.")
    services: Ids | None = Field(None, description="Ids of the services asked for.")
    capabilities: Ids | None = Field(None, description="Ids of the platforms or capabilities asked for.")
    site: Ids | None = Field(None, description="Ids of what the premises must have.")
    districts: Ids = Field(default_factory=list, description="Districts where it would like to be.")
    exclude: Ids = Field(default_factory=list, description="Ids of carriers that it does not want.")
    discoverable: bool = Field(True, description="Whether carriers may see its anonymous card.")
    train_consent: bool = Field(False, description="Whether models may learn from it.")

    def draft(self, registry: Registry, before: StartupDraft | None = None) -> StartupDraft:
        """What is to be kept; what was not sent stays as it was before.

        Raises:
            InvalidText: a text is empty, too long, or holds control characters.
            SecretText: a text carries a mark of secrecy.
            InvalidField: an id is not in the vocabulary, or no carrier has it.
        """
        draft = read_draft(self.model_dump(exclude_unset=True), registry.taxonomy, before)
        registry.refuse_unknown(draft.description.stated.exclude, "exclude")
        return draft


class StartupIn(_Fields):
    """A new startup."""

    name: str = Field(description=NAME)
    text: str = Field(description=TEXT)


class StartupChangeIn(_Fields):
    """What is to change; what is left out stays, and null makes it unknown."""

    name: str = Field("", description=NAME)
    text: str = Field("", description=TEXT)


class StartupOut(BaseModel):
    """A startup as its owner sees it; null and, in the answer to a reader, an absent list mean unknown."""

    id: str
    name: str
    contact: str | None
    text: str
    industry: str | None
    subfields: list[str] | None
    stage: str | None
    company_age_months: int | None
    registered: bool | None
    foreign_invested: bool | None
    services: list[str] | None
    capabilities: list[str] | None
    site: list[str] | None
    districts: list[str]
    exclude: list[str]
    discoverable: bool
    train_consent: bool
    language: Literal["zh", "en", "de", "mixed", "other"] = Field(description="Of the text, as read.")
    version: int = Field(description="Grows by one with every change; `ETag` bears it.")
    created_at: str
    updated_at: str
    withdrawn_at: str | None = Field(description="Null while it is in lists.")


class OneStartupOut(StartupOut):
    request_id: str


class StartupPageOut(BaseModel):
    request_id: str
    startups: list[StartupOut] = Field(description="In the order of their ids.")
    total: int = Field(description="Of all pages.")
    next_cursor: str | None = Field(description="For the next page; null on the last one.")


class StartupQuery(BaseModel):
    """Filters and page; filters are joined by "and"."""

    model_config = ConfigDict(extra="forbid")

    language: Literal["zh", "en", "de", "mixed", "other"] | None = Field(None, description="Of the text, as read.")
    withdrawn: bool | None = Field(None, description="Only withdrawn ones, or only others; by default all.")
    updated_since: Moment | None = Field(None, description="Changed then or later; with its time zone.")
    name: Word | None = Field(None, description="Any part of the name.")
    limit: int = Field(20, ge=1, le=MAX_LIMIT, description="Most startups on one page.")
    cursor: Word | None = Field(None, description="`next_cursor` of the page before.")

    def filter(self) -> StartupFilter:
        return StartupFilter(
            language=Language(self.language) if self.language else None,
            withdrawn=self.withdrawn,
            updated_since=self.updated_since,
            name=self.name,
        )


def startup_out(record: StartupRecord) -> dict[str, Any]:
    return startup_record(record)
