"""Carriers from their JSON lines."""

from data.reading.rows import Row
from data.reading.sources import read_source
from matcher.domain.carriers import Carrier, CarrierFinance, Confidence, Role, Status
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Texts
from matcher.domain.taxonomy import Facet, Taxonomy

FIELDS = (
    "id", "name", "role", "kind", "specialised", "level", "status", "status_as_of", "city", "district", "country",
    "landing_in", "operator", "area_m2", "founded", "industries", "subfields", "services", "service_items",
    "capabilities", "site", "anchors", "finance", "tenants", "description", "evidence", "confidence", "sources",
    "wanted", "places_left", "places_left_as_of",
)  # fmt: skip
MOST_PLACES = 100_000
LARGEST_M2 = 1e9  # a thousand square kilometres: more is a slip of units


def read_carrier(row: Row, taxonomy: Taxonomy) -> Carrier:
    row.known_fields(FIELDS)
    industries = row.terms("industries", taxonomy, Facet.INDUSTRY)
    sources = tuple(read_source(inner) for inner in row.inner_list("sources"))
    if not sources:
        raise InvalidField("A record names at least one source.", field="sources")
    return Carrier(
        id=CarrierId(row.id()),
        name=row.texts("name"),
        role=row.choice("role", Role, Role.CARRIER),
        kind=row.term("kind", taxonomy, Facet.KIND),
        specialised=row.optional_flag("specialised"),
        level=row.term("level", taxonomy, Facet.LEVEL),
        status=row.choice("status", Status, Status.UNKNOWN),
        status_as_of=row.date("status_as_of"),
        city=row.optional_text("city"),
        district=row.optional_text("district"),
        country=read_country(row) if row.values.get("country") is not None else None,
        landing_in=row.optional_text("landing_in"),
        operator=row.optional_text("operator"),
        area_m2=row.number("area_m2", 1, LARGEST_M2),
        founded=row.year("founded"),
        industries=industries,
        subfields=_subfields(row, taxonomy, industries),
        services=row.terms("services", taxonomy, Facet.SERVICE),
        service_items=row.terms("service_items", taxonomy, Facet.SERVICE_ITEM),
        capabilities=row.terms("capabilities", taxonomy, Facet.CAPABILITY, Facet.PLATFORM),
        site=row.terms("site", taxonomy, Facet.SITE),
        anchors=row.terms("anchors", taxonomy, Facet.ANCHOR),
        finance=tuple(_finance(inner, taxonomy) for inner in row.inner_list("finance")),
        tenants=row.text_list("tenants"),
        wanted=row.terms("wanted", taxonomy, Facet.SUBFIELD),
        places_left=_places_left(row),
        places_left_as_of=row.date("places_left_as_of"),
        description=row.optional_texts("description") or Texts(),
        evidence=_evidence(row),
        confidence=row.choice("confidence", Confidence, Confidence.LOW),
        sources=sources,
    )


def _places_left(row: Row) -> int | None:
    places = row.number("places_left", 0, MOST_PLACES)
    if places is not None and not places.is_integer():
        raise InvalidField("A whole number is expected.", field="places_left")
    return None if places is None else int(places)


def read_country(row: Row) -> str:
    country = row.text("country")
    if not (len(country) == 2 and country.isascii() and country.isupper()):
        raise InvalidField("country: a code of two capital letters, not {value}.", field="country", value=country[:20])
    return country


def _subfields(row: Row, taxonomy: Taxonomy, industries: tuple[TermId, ...]) -> tuple[TermId, ...]:
    subfields = row.terms("subfields", taxonomy, Facet.SUBFIELD)
    for subfield in subfields:
        if taxonomy.get(subfield).parent not in industries:
            raise InvalidField("{value} lies in none of the record's industries.", field="subfields", value=subfield)
    return subfields


def _finance(row: Row, taxonomy: Taxonomy) -> CarrierFinance:
    row.known_fields(("product", "name", "note"))
    return CarrierFinance(
        product=row.term("product", taxonomy, Facet.FINANCE), name=row.text("name"), note=row.optional_text("note")
    )


def _evidence(row: Row) -> dict[str, str]:
    if row.values.get("evidence") is None:
        return {}
    evidence = row.inner("evidence")
    evidence.known_fields((*FIELDS, "name_zh", "name_en", "name_de"))
    return {field: evidence.text(field) for field in evidence.values}
