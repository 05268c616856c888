"""A problem as it goes over the wire (RFC 9457)."""

from typing import Literal

from pydantic import BaseModel, Field


class FieldError(BaseModel):
    """One input at fault."""

    location: Literal["body", "query", "path", "header"] = Field(alias="in")
    field: str = Field(description="Name of the field or parameter.")
    pointer: str | None = Field(description="JSON pointer into the body; null where the fault is not in the body.")
    expected: str = Field(description="What was expected, in the caller's language.")


class Problem(BaseModel):
    """What went wrong, in the caller's language."""

    type: str = Field(description="Names the kind of problem; the same for all of its kind.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="Path of the request.")
    request_id: str
    errors: list[FieldError] = Field(description="The inputs at fault; empty where none is.")
