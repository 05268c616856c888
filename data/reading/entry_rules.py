"""Entry rules from the vocabulary's file."""

from collections.abc import Collection, Mapping
from datetime import date

from data.reading.rows import Row
from matcher.domain.entry_rules import EntryRule, RuleException, Treatment
from matcher.domain.errors import InvalidField
from matcher.domain.facts import Source
from matcher.domain.ids import CarrierId, EntryRuleId
from matcher.domain.taxonomy import Facet, Taxonomy

FIELDS = (
    "id", "carrier_kinds", "carrier_id", "field", "op", "value", "default", "exceptions", "note", "source",
    "valid_from", "valid_to",
)  # fmt: skip
OPERATORS = ("<=", "<", ">=", ">", "==", "in", "between", "all", "any", "flag")
EVERY_KIND = "*"


def read_entry_rule(
    row: Row, taxonomy: Taxonomy, sources: Mapping[str, Source], carriers: Collection[CarrierId]
) -> EntryRule:
    """A rule without a date of its own holds from the date of its source."""
    source = _source(row, sources)
    valid_from = row.date("valid_from") or source.date
    valid_to = row.date("valid_to")
    return EntryRule(
        id=EntryRuleId(row.id()),
        carrier_kinds=_kinds(row, taxonomy),
        carrier_id=_carrier(row, carriers),
        subject=row.text("field"),
        op=_operator(row),
        value=_value(row),
        treatment=row.choice("default", Treatment),
        exceptions=tuple(_exception(inner, taxonomy) for inner in row.inner_list("exceptions")),
        note=row.optional_text("note"),
        source=source,
        valid_from=_first_day(valid_from) if valid_from else None,
        valid_to=_whole_day(valid_to) if valid_to else None,
        extra=row.rest(FIELDS) or None,
    )


def _source(row: Row, sources: Mapping[str, Source]) -> Source:
    source = sources.get(row.text("source"))
    if source is None:
        raise InvalidField("source: {value} is not among the sources.", field="source", value=row.text("source"))
    return source


def _kinds(row: Row, taxonomy: Taxonomy) -> tuple[str, ...]:
    if row.items("carrier_kinds") == [EVERY_KIND]:
        return (EVERY_KIND,)
    kinds = row.terms("carrier_kinds", taxonomy, Facet.KIND)
    if bool(kinds) == (row.values.get("carrier_id") is not None):
        raise InvalidField("A rule holds for kinds of carrier, or for one carrier.", field="carrier_kinds")
    return kinds


def _carrier(row: Row, carriers: Collection[CarrierId]) -> CarrierId | None:
    if row.values.get("carrier_id") is None:
        return None
    carrier_id = CarrierId(row.id("carrier_id"))
    if carrier_id not in carriers:
        raise InvalidField("There is no carrier {id}.", field="carrier_id", id=carrier_id)
    return carrier_id


def _operator(row: Row) -> str:
    op = row.text("op")
    if op not in OPERATORS:
        raise InvalidField("op: {value} is not one of {known}.", field="op", value=op, known=OPERATORS)
    return op


def _value(row: Row) -> object:
    value = row.value("value")
    if value is None or value == ():
        raise InvalidField("value: it is missing.", field="value")
    return value


def _exception(row: Row, taxonomy: Taxonomy) -> RuleException:
    row.known_fields(("fields", "value"))
    return RuleException(fields=row.terms("fields", taxonomy, Facet.INDUSTRY, Facet.SUBFIELD), value=_value(row))


def _first_day(text: str) -> date:
    year, month, day = (int(part) for part in (text + "-01-01")[:10].split("-"))
    return date(year, month, day)


def _whole_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidField(
            "valid_to: the last day is a whole date, not {value}.", field="valid_to", value=text
        ) from error
