"""The state of the process as documented in OpenAPI."""

from typing import Literal

from pydantic import BaseModel


class LiveOut(BaseModel):
    status: Literal["live"]
    request_id: str


class MissingOut(BaseModel):
    part: Literal["models", "store"]
    detail: str


class ReadyOut(BaseModel):
    status: Literal["ready", "not ready"]
    missing: list[MissingOut]
    request_id: str
