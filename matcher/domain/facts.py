"""Where a fact comes from and when it was seen: no fact without both."""

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.ids import SourceId


class Grade(StrEnum):
    """How near a source is to the one who decides."""

    OFFICIAL = "official"
    PRESS = "press"
    COPY = "copy"  # a page elsewhere that repeats an official or press text
    PROJECT = "project"  # an editorial decision of ours, no outside fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page, notice or record; dates are as precise as the source: a year, a month or a day."""

    id: SourceId
    title: str | None = None
    publisher: str | None = None
    date: str | None = None  # ISO 8601 reduced precision: "2024", "2024-02" or "2024-02-02"
    url: str | None = None
    grade: Grade = Grade.COPY
    note: str | None = None  # what to know before relying on it: "superseded by …", "draft, not law"

    @property
    def label(self) -> str:
        """Publisher and title as one line, as far as known."""
        return " · ".join(part for part in (self.publisher, self.title) if part) or self.url or str(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One field of a carrier's record: on what basis it stands, from which sources, as of when."""

    field: str
    basis: str  # "stated", "name", "tenants or platforms", "inferred", or "unspecified" where the record does not say
    note: str | None
    sources: tuple[Source, ...]  # best grade first, then newest
    as_of: str | None  # date of the best source; None where no source carries a date

    @property
    def source(self) -> str:
        return self.sources[0].label if self.sources else ""
