"""Who offers: innovation carriers (科创载体), and the partners named beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.domain.facts import Fact, Grade, Source
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Texts


class Role(StrEnum):
    """A carrier can be a home; a partner helps and is never ranked as one."""

    CARRIER = "carrier"
    PARTNER = "partner"


class Status(StrEnum):
    """The state of life, as of `status_as_of`: not of a visit today."""

    OPERATING = "operating"
    PLANNED = "planned"
    UNDER_CONSTRUCTION = "under_construction"
    UNKNOWN = "unknown"

    @property
    def not_open_yet(self) -> bool:
        return self in (Status.PLANNED, Status.UNDER_CONSTRUCTION)


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierFinance:
    """Money that a carrier's record names; `product` is a term id or None."""

    product: TermId | None
    name: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """What is known about one carrier; None and empty mean unknown, never no."""

    id: CarrierId
    name: Texts
    role: Role = Role.CARRIER
    kind: TermId | None = None
    specialised: bool | None = None
    level: TermId | None = None
    status: Status = Status.UNKNOWN
    status_as_of: str | None = None
    city: str | None = None
    district: str | None = None
    country: str | None = None
    landing_in: str | None = None  # the home city of an enclave that stands elsewhere
    operator: str | None = None
    area_m2: float | None = None
    founded: int | None = None  # year
    industries: tuple[TermId, ...] = ()  # weightiest first
    subfields: tuple[TermId, ...] = ()
    services: tuple[TermId, ...] = ()
    service_items: tuple[TermId, ...] = ()
    capabilities: tuple[TermId, ...] = ()  # `cap.*`, or `platform.*` where only the platform is known
    site: tuple[TermId, ...] = ()
    anchors: tuple[TermId, ...] = ()
    finance: tuple[CarrierFinance, ...] = ()
    tenants: tuple[str, ...] = ()
    description: Texts = field(default_factory=Texts)
    evidence: Mapping[str, str] = field(default_factory=dict)  # field -> basis[; note]
    confidence: Confidence = Confidence.LOW
    sources: tuple[Source, ...] = ()

    def fact(self, field: str) -> Fact:
        """The provenance of one field; the record's sources speak for all its fields."""
        basis, _, note = self.evidence.get(field, "unspecified").partition(";")
        ranked = tuple(sorted(self.sources, key=_by_grade_then_date))
        dated = next((source.date for source in ranked if source.date), None)
        as_of = self.status_as_of if field == "status" and self.status_as_of else dated
        return Fact(field=field, basis=basis.strip(), note=note.strip() or None, sources=ranked, as_of=as_of)


def _by_grade_then_date(source: Source) -> tuple[int, tuple[int, ...]]:
    newest_first = tuple(-ord(character) for character in source.date or "0")
    return list(Grade).index(source.grade), newest_first
