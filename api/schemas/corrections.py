"""Corrections of a carrier's record and its history, as they go over the wire."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from matcher.domain.corrections import CORRECTABLE, Correction
from matcher.services.correct_carrier import Grounds

OWN_WORD = "carrier itself"
Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]


class SourceIn(BaseModel):
    """A page or a document that shows it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    title: Line
    url: Line | None = Field(None, description="Begins with https:// or http://.")


class CorrectionIn(BaseModel):
    """New values for some fields, with the source and the date that hold for all of them."""

    model_config = ConfigDict(extra="forbid")

    changes: dict[str, Any] = Field(
        description="By field, in the form of a file of carriers; null makes it unknown, and a value that stays is "
        f"confirmed. Fields: {', '.join(CORRECTABLE)}."
    )
    source: Literal["carrier itself"] | SourceIn = Field(description=f'Where that can be read, or "{OWN_WORD}".')
    date: datetime.date = Field(description="The day on which that was true; not later than today.")

    def grounds(self) -> Grounds:
        """Raises InvalidField where the address or the date is none."""
        if isinstance(self.source, SourceIn):
            return Grounds(title=self.source.title, url=self.source.url, on=self.date)
        return Grounds(on=self.date)


class HistoryEntryOut(BaseModel):
    """One change of one field; values in the form of a file of carriers, null is unknown."""

    field: str
    old: Any
    new: Any
    source: str
    url: str | None
    date: str | None
    made_by: str | None = Field(description="Id of the account; null for a file, or where the account is gone.")
    made_at: str


class HistoryOut(BaseModel):
    request_id: str
    carrier: str
    entries: list[HistoryEntryOut] = Field(description="The latest first.")


def entry_out(entry: Correction) -> dict[str, Any]:
    return {
        "field": entry.field,
        "old": entry.old,
        "new": entry.new,
        "source": entry.source.label,
        "url": entry.source.url,
        "date": entry.source.date,
        "made_by": entry.made_by,
        "made_at": entry.made_at.astimezone(datetime.UTC).isoformat(),
    }
