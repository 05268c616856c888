"""A carrier as it goes over the wire: short beside a match, or in full with the source of each fact."""

from typing import Any

from matcher.domain.carriers import Carrier, Status
from matcher.domain.facts import Source
from matcher.domain.ids import TermId
from matcher.domain.messages import Language, Texts
from matcher.domain.registry import Registry

Json = dict[str, Any]

TERM_FIELDS = ("kind", "level")
TERM_LIST_FIELDS = ("industries", "subfields", "services", "service_items", "capabilities", "site", "anchors", "wanted")
PLAIN_FIELDS = (
    "specialised",
    "status",
    "city",
    "district",
    "country",
    "landing_in",
    "operator",
    "area_m2",
    "founded",
    "tenants",
    "places_left",
)
UNKNOWN = (None, (), "", Status.UNKNOWN)


def carrier_out(carrier: Carrier, language: Language, registry: Registry) -> Json:
    """What names and places a carrier; null and empty mean unknown, never no."""
    return {
        "id": str(carrier.id),
        "name": carrier.name.say(language),
        "names": texts_out(carrier.name),
        "role": carrier.role.value,
        "kind": carrier.kind,
        "kind_label": _label(carrier.kind, language, registry),
        "level": carrier.level,
        "level_label": _label(carrier.level, language, registry),
        "status": carrier.status.value,
        "status_as_of": carrier.status_as_of,
        "city": carrier.city,
        "city_name": registry.place_name(carrier.city).say(language) or None,
        "district": carrier.district,
        "country": carrier.country,
        "anchors": [str(anchor) for anchor in carrier.anchors],
    }


def carrier_line_out(carrier: Carrier, language: Language, registry: Registry) -> Json:
    """A carrier in a list of many."""
    return carrier_out(carrier, language, registry) | {
        "industries": _terms(carrier.industries, language, registry),
        "subfields": _terms(carrier.subfields, language, registry),
        "services": _terms(carrier.services, language, registry),
        "description": carrier.description.say(language) or None,
        "confidence": carrier.confidence.value,
    }


def carrier_record_out(carrier: Carrier, language: Language, registry: Registry) -> Json:
    """Everything known of a carrier, each field with its basis, source and date, and what is not known."""
    values = _values(carrier, language, registry)
    known = {name: value for name, value in values.items() if getattr(carrier, name) not in UNKNOWN}
    return carrier_out(carrier, language, registry) | {
        "description": carrier.description.say(language) or None,
        "descriptions": texts_out(carrier.description),
        "facts": [_fact_out(carrier, name, value) for name, value in known.items()],
        "unknown": [name for name in values if name not in known],
        "confidence": carrier.confidence.value,
        "sources": [source_out(source) for source in carrier.sources],
    }


def source_out(source: Source) -> Json:
    """A page, notice or record; its date is as precise as known."""
    return {
        "id": str(source.id),
        "label": source.label,
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "grade": source.grade.value,
    }


def texts_out(texts: Texts) -> Json:
    """The words by language; null where not known."""
    return {"zh": texts.zh or None, "en": texts.en or None, "de": texts.de or None}


def _values(carrier: Carrier, language: Language, registry: Registry) -> Json:
    values: Json = {}
    for name in TERM_FIELDS:
        term = getattr(carrier, name)
        values[name] = _terms((term,), language, registry)[0] if term else None
    for name in PLAIN_FIELDS:
        values[name] = getattr(carrier, name)
    for name in TERM_LIST_FIELDS:
        values[name] = _terms(getattr(carrier, name), language, registry)
    values["finance"] = [
        {"product": money.product, "name": money.name, "note": money.note} for money in carrier.finance
    ]
    return values


def _fact_out(carrier: Carrier, name: str, value: object) -> Json:
    fact = carrier.fact(name)
    return {
        "field": name,
        "value": value,
        "basis": fact.basis,
        "note": fact.note,
        "source": fact.source,
        "as_of": fact.as_of,
    }


def _terms(ids: tuple[TermId, ...], language: Language, registry: Registry) -> list[Json]:
    return [{"id": str(one), "label": registry.taxonomy.label(one).say(language)} for one in ids]


def _label(term_id: TermId | None, language: Language, registry: Registry) -> str | None:
    return registry.taxonomy.label(term_id).say(language) if term_id else None
