"""Lists and records of carriers, and the vocabulary, as documented in OpenAPI."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.schemas.common import CarrierOut, LabelledOut, NamesOut, RegistryOut


class CarrierLineOut(CarrierOut):
    """A carrier in a list of many."""

    industries: list[LabelledOut]
    subfields: list[LabelledOut]
    services: list[LabelledOut]
    description: str | None
    confidence: Literal["high", "medium", "low"]


class CarrierPageOut(BaseModel):
    request_id: str
    language: Literal["zh", "en", "de"]
    registry: RegistryOut
    carriers: list[CarrierLineOut] = Field(description="In the order of their ids.")
    total: int = Field(description="Of all pages.")
    next_cursor: str | None = Field(description="For the next page; null on the last one.")


class CarrierFactOut(BaseModel):
    """One known field of the record; the record's sources speak for all of its fields."""

    field: str
    value: Any
    basis: str = Field(description="stated, name, tenants or platforms, inferred, or unspecified.")
    note: str | None
    source: str
    as_of: str | None


class SourceOut(BaseModel):
    """A page, notice or record; its date is a year, a month or a day."""

    id: str
    label: str
    title: str | None
    publisher: str | None
    date: str | None
    url: str | None
    grade: Literal["official", "press", "copy", "project"]


class CarrierRecordOut(CarrierOut):
    """Everything known of a carrier, and what is not."""

    request_id: str
    language: Literal["zh", "en", "de"]
    registry: RegistryOut
    description: str | None
    descriptions: NamesOut
    facts: list[CarrierFactOut]
    unknown: list[str] = Field(description="Names of the fields of which nothing is known.")
    confidence: Literal["high", "medium", "low"]
    sources: list[SourceOut]


class TermOut(LabelledOut):
    labels: NamesOut
    parent: str | None
    source: str


class TaxonomyOut(BaseModel):
    request_id: str
    version: str
    language: Literal["zh", "en", "de"]
    facets: dict[str, list[TermOut]]
