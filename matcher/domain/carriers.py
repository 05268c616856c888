"""Who offers: innovation carriers (科创载体), and the partners named beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from matcher.domain.facts import Fact, Grade, Source
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Texts

CORRECTED = "corrected by the carrier"  # the basis of a fact that its staff put right


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
    wanted: tuple[TermId, ...] = ()  # sub-fields that it would like to take next
    places_left: int | None = None  # teams that can still be taken, as of `places_left_as_of`
    places_left_as_of: str | None = None
    description: Texts = field(default_factory=Texts)
    evidence: Mapping[str, str] = field(default_factory=dict)  # field -> basis[; note]
    confidence: Confidence = Confidence.LOW
    sources: tuple[Source, ...] = ()
    corrected: Mapping[str, Source] = field(
        default_factory=dict
    )  # fields put right by the carrier, each with its source

    def fact(self, field: str) -> Fact:
        """The provenance of one field; the record's sources speak for all its fields that were not corrected."""
        if field in self.corrected:
            source = self.corrected[field]
            return Fact(field=field, basis=CORRECTED, note=None, sources=(source,), as_of=source.date)
        basis, _, note = self.evidence.get(field, "unspecified").partition(";")
        ranked = tuple(sorted(self.sources, key=_by_grade_then_date))
        dated = next((source.date for source in ranked if source.date), None)
        own = {"status": self.status_as_of, "places_left": self.places_left_as_of}.get(field)
        as_of = own or dated
        return Fact(field=field, basis=basis.strip(), note=note.strip() or None, sources=ranked, as_of=as_of)


def version_of(carrier: Carrier) -> str:
    """Changes with every change of the record: for tags, and to see that nobody has changed it meanwhile."""
    in_order = replace(
        carrier, evidence=dict(sorted(carrier.evidence.items())), corrected=dict(sorted(carrier.corrected.items()))
    )
    return sha256(repr(in_order).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _by_grade_then_date(source: Source) -> tuple[int, tuple[int, ...]]:
    newest_first = tuple(-ord(character) for character in source.date or "0")
    return list(Grade).index(source.grade), newest_first
