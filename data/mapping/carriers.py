"""Carriers to rows and back."""

from collections import defaultdict
from collections.abc import Mapping

from data.fingerprints import fingerprint, plain
from data.mapping.sources import correction_source
from data.mapping.texts import texts_column, texts_from
from data.tables import (
    CarrierCorrectionRow,
    CarrierEvidenceRow,
    CarrierFinanceRow,
    CarrierRow,
    CarrierSourceRow,
    CarrierTermRow,
)
from matcher.domain.carriers import Carrier, CarrierFinance, Confidence, Role, Status
from matcher.domain.facts import Source
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Texts

LATER = ("wanted", "places_left", "places_left_as_of", "corrected")
TERM_LISTS = ("industries", "subfields", "services", "service_items", "capabilities", "site", "anchors", "wanted")


def carrier_from(row: CarrierRow, sources: Mapping[str, Source]) -> Carrier:
    """The carrier of a row whose lists are loaded; `sources` holds at least those it names."""
    terms: dict[str, list[TermId]] = defaultdict(list)
    for link in row.terms:
        terms[link.field].append(TermId(link.term_id))
    return Carrier(
        id=CarrierId(row.id),
        name=texts_from(row.name),
        role=Role(row.role),
        kind=TermId(row.kind) if row.kind else None,
        specialised=row.specialised,
        level=TermId(row.level) if row.level else None,
        status=Status(row.status),
        status_as_of=row.status_as_of,
        city=row.city,
        district=row.district,
        country=row.country,
        landing_in=row.landing_in,
        operator=row.operator,
        area_m2=row.area_m2,
        founded=row.founded,
        industries=tuple(terms["industries"]),
        subfields=tuple(terms["subfields"]),
        services=tuple(terms["services"]),
        service_items=tuple(terms["service_items"]),
        capabilities=tuple(terms["capabilities"]),
        site=tuple(terms["site"]),
        anchors=tuple(terms["anchors"]),
        wanted=tuple(terms["wanted"]),
        places_left=row.places_left,
        places_left_as_of=row.places_left_as_of,
        finance=tuple(_finance_from(one) for one in row.finance),
        tenants=tuple(row.tenants),
        description=texts_from(row.description),
        evidence={one.field: one.basis for one in row.evidence},
        confidence=Confidence(row.confidence),
        sources=tuple(sources[link.source_id] for link in row.sources),
        corrected={one.field: correction_source(one.title, one.url, one.date) for one in row.corrections},
    )


def carrier_row(carrier: Carrier) -> CarrierRow:
    return CarrierRow(
        id=carrier.id,
        name=texts_column(carrier.name),
        folded_name=folded_name(carrier.name),
        role=carrier.role.value,
        kind=carrier.kind,
        specialised=carrier.specialised,
        level=carrier.level,
        status=carrier.status.value,
        status_as_of=carrier.status_as_of,
        city=carrier.city,
        district=carrier.district,
        country=carrier.country,
        landing_in=carrier.landing_in,
        operator=carrier.operator,
        area_m2=carrier.area_m2,
        founded=carrier.founded,
        tenants=list(carrier.tenants),
        places_left=carrier.places_left,
        places_left_as_of=carrier.places_left_as_of,
        description=texts_column(carrier.description),
        confidence=carrier.confidence.value,
        fingerprint=_fingerprint(carrier),
        terms=[
            CarrierTermRow(carrier_id=carrier.id, field=name, term_id=term_id, position=position)
            for name in TERM_LISTS
            for position, term_id in enumerate(getattr(carrier, name))
        ],
        finance=[_finance_row(carrier.id, position, one) for position, one in enumerate(carrier.finance)],
        evidence=[
            CarrierEvidenceRow(carrier_id=carrier.id, field=name, basis=basis)
            for name, basis in carrier.evidence.items()
        ],
        sources=[
            CarrierSourceRow(carrier_id=carrier.id, position=position, source_id=source.id)
            for position, source in enumerate(carrier.sources)
        ],
        corrections=[
            CarrierCorrectionRow(
                carrier_id=carrier.id, field=name, title=source.title, url=source.url, date=source.date or ""
            )
            for name, source in carrier.corrected.items()
        ],
    )


def _fingerprint(carrier: Carrier) -> str:
    """What came to records later counts only where it says something: else every known record would look changed."""
    said = plain(carrier)
    if isinstance(said, dict):
        said |= {"corrected": {name: [one.title, one.url, one.date] for name, one in carrier.corrected.items()}}
        said = {name: value for name, value in said.items() if name not in LATER or value}
        if carrier.places_left is not None:
            said["places_left"] = carrier.places_left
    return fingerprint(said)


def folded_name(name: Texts) -> str:
    """All its names, one a line, so that a part of any is found without regard to case."""
    return "\n".join(name).casefold()


def _finance_from(row: CarrierFinanceRow) -> CarrierFinance:
    return CarrierFinance(product=TermId(row.product) if row.product else None, name=row.name, note=row.note)


def _finance_row(carrier_id: CarrierId, position: int, finance: CarrierFinance) -> CarrierFinanceRow:
    return CarrierFinanceRow(
        carrier_id=carrier_id, position=position, product=finance.product, name=finance.name, note=finance.note
    )
