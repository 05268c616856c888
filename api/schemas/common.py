"""What several answers share."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, Field

Lang = Annotated[
    Literal["zh", "en", "de"] | None, Query(description="Language of the answer; else Accept-Language chooses.")
]


class LabelledOut(BaseModel):
    id: str = Field(description="Id of the vocabulary.")
    label: str = Field(description="Its name in the answer's language.")


class NamesOut(BaseModel):
    """The same words in three languages; null where one is not known."""

    zh: str | None
    en: str | None
    de: str | None


class RegistryOut(BaseModel):
    """Which state of the registry an answer rests on."""

    version: str = Field(description="Changes whenever any fact changes.")
    as_of: str = Field(description="Date of the newest fact.")


class CarrierOut(BaseModel):
    """What names and places a carrier; null and empty mean unknown, never no."""

    id: str
    name: str = Field(description="In the answer's language, else in the next best one.")
    names: NamesOut
    role: Literal["carrier", "partner"]
    kind: str | None
    kind_label: str | None
    level: str | None
    level_label: str | None
    status: Literal["operating", "planned", "under_construction", "unknown"]
    status_as_of: str | None = Field(description="Date of the latest source on the status: a year, a month or a day.")
    city: str | None = Field(description="As the record names it.")
    city_name: str | None = Field(description="In the answer's language.")
    district: str | None
    country: str | None
    anchors: list[str] = Field(description="Ids of parks, institutes and universities it belongs to.")
