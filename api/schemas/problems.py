"""A problem as it goes over the wire (RFC 9457)."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field

from api.sentences import Sentences
from matcher.domain.errors import RowFault
from matcher.domain.messages import Language


class FieldError(BaseModel):
    """One input at fault."""

    location: Literal["body", "query", "path", "header"] = Field(alias="in")
    field: str = Field(description="Name of the field or parameter.")
    pointer: str | None = Field(description="JSON pointer into the body; null where the fault is not in the body.")
    expected: str = Field(description="What was expected, in the caller's language.")


class RowFaultOut(BaseModel):
    """A place in a file that cannot be used."""

    line: int = Field(description="From 1; the heading is a line too.")
    column: str | None = Field(description="Name of the column; null where the whole row is at fault.")
    reason: str = Field(description="What was expected, in the caller's language.")


class Problem(BaseModel):
    """What went wrong, in the caller's language."""

    type: str = Field(description="Names the kind of problem; the same for all of its kind.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="Path of the request.")
    request_id: str
    errors: list[FieldError] = Field(description="The inputs at fault; empty where none is.")


class FileProblem(Problem):
    """What went wrong with a file; where rows cannot be used, with every place at fault."""

    rows: list[RowFaultOut] = Field(default_factory=list, description="By line; absent where the file is not at fault.")


def faults_out(faults: Sequence[RowFault], sentences: Sentences, language: Language) -> list[RowFaultOut]:
    return [RowFaultOut(line=one.line, column=one.column, reason=sentences.say(one.reason, language)) for one in faults]
