"""The state of the process as documented in OpenAPI."""

from typing import Literal

from pydantic import BaseModel


class LiveOut(BaseModel):
    status: Literal["live"]
    request_id: str


class MissingOut(BaseModel):
    part: Literal["models", "store", "step", "registry", "vocabulary"]
    detail: str


class NoteOut(BaseModel):
    part: Literal["startups", "seed"]
    detail: str


class ServedOut(BaseModel):
    kind: Literal["reader", "ranker"]
    id: str  # as answers name it
    revision: str  # "released", or the model's name in the store
    trouble: str | None  # why the released one serves instead of the one in force


class ReadyOut(BaseModel):
    status: Literal["ready", "not ready"]
    missing: list[MissingOut]
    notes: list[NoteOut]  # what does not stand in the way
    models: list[ServedOut]
    request_id: str
