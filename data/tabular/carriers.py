"""Carriers as rows of a file and back, as a seed writes them."""

from collections.abc import Mapping

from data.reading.carriers import read_carrier
from data.reading.rows import Row
from data.tabular.columns import EXAMPLE, Column, Holds
from matcher.domain.carriers import Carrier
from matcher.domain.facts import Source
from matcher.domain.messages import Texts
from matcher.domain.taxonomy import Taxonomy

SOURCES = '[{"title": "Example notice", "publisher": "Example bureau", "date": "2026-01-31", "grade": "official"}]'
LISTS = (
    "industries", "subfields", "services", "service_items", "capabilities", "site", "anchors", "tenants", "wanted",
)  # fmt: skip
PLAIN = (
    "kind", "specialised", "level", "status_as_of", "city", "district", "country", "landing_in", "operator", "area_m2",
    "founded", "places_left", "places_left_as_of",
)  # fmt: skip
CHOICES = ("role", "status", "confidence")
COLUMNS = (
    Column("id", example=EXAMPLE),
    *(
        Column(f"name_{language}", inside="name", example=example)
        for language, example in (("zh", "示例孵化器"), ("en", "Example incubator"), ("de", None))
    ),
    Column("role", example="carrier"),
    Column("kind", example="kind.incubator"),
    Column("specialised", Holds.FLAG),
    Column("level"),
    Column("status", example="operating"),
    Column("status_as_of", example="2026-01-31"),
    Column("city", example="太仓"),
    Column("district"),
    Column("country", example="CN"),
    Column("landing_in"),
    Column("operator"),
    Column("area_m2", Holds.NUMBER, 12000),
    Column("founded", Holds.NUMBER, 2015),
    Column("industries", Holds.LIST, "biomed"),
    Column("subfields", Holds.LIST, "biomed.devices"),
    Column("wanted", Holds.LIST),
    Column("places_left", Holds.NUMBER),
    Column("places_left_as_of"),
    Column("services", Holds.LIST, "service.site"),
    Column("service_items", Holds.LIST),
    Column("capabilities", Holds.LIST),
    Column("site", Holds.LIST),
    Column("anchors", Holds.LIST),
    Column("finance", Holds.JSON),
    Column("tenants", Holds.LIST),
    *(Column(f"description_{language}", inside="description") for language in ("zh", "en", "de")),
    Column("evidence", Holds.JSON),
    Column("confidence", example="low"),
    Column("sources", Holds.JSON, SOURCES),
    Column("corrected", Holds.JSON, read_only=True),
)  # fmt: skip


def carrier_record(carrier: Carrier) -> dict[str, object]:
    """As a line of JSON has it; `corrected` says which facts the carrier put right, and is not read back."""
    return {
        "id": str(carrier.id),
        "name": _texts(carrier.name),
        **{name: getattr(carrier, name).value for name in CHOICES},
        **{name: getattr(carrier, name) for name in PLAIN},
        **{name: [str(item) for item in getattr(carrier, name)] for name in LISTS},
        "finance": [_known(product=one.product, name=one.name, note=one.note) for one in carrier.finance] or None,
        "description": _texts(carrier.description),
        "evidence": dict(carrier.evidence) or None,
        "sources": [_source(source) for source in carrier.sources],
        "corrected": {name: _source(source) for name, source in carrier.corrected.items()} or None,
    }


def read_carrier_row(values: Mapping[str, object], taxonomy: Taxonomy) -> Carrier:
    """Raises InvalidInput where a value cannot be used; `field` names it."""
    return read_carrier(
        Row({name: value for name, value in values.items() if name != "corrected"}, "file", 0), taxonomy
    )


def _texts(texts: Texts) -> dict[str, str] | None:
    words = {"zh": texts.zh, "en": texts.en, "de": texts.de}
    return {language: text for language, text in words.items() if text} or None


def _source(source: Source) -> dict[str, object]:
    return _known(
        title=source.title,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        grade=source.grade.value,
        note=source.note,
    )


def _known(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
