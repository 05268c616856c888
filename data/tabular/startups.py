"""Startups as rows of a file and back."""

from collections.abc import Mapping
from datetime import UTC

from data.reading.rows import Row
from data.tabular.columns import EXAMPLE, Column, Holds
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.startup_records import StartupDraft, StartupRecord
from matcher.domain.startups import MAX_COMPANY_AGE_MONTHS, Description, Stated
from matcher.domain.taxonomy import Facet, Taxonomy

COLUMNS = (
    Column("id", example=EXAMPLE),  # empty for a new startup; an export fills it
    Column("name", example="Example Catheter Ltd."),
    Column("contact", example="how carriers reach you once you consent"),
    Column("text", example="We develop single-use cardiac catheters; animal trials are done. We need a cleanroom."),
    Column("industry", example="biomed"),
    Column("subfields", Holds.LIST, "biomed.devices; biomed.implants"),
    Column("stage", example="stage.team"),
    Column("company_age_months", Holds.NUMBER, 14),
    Column("registered", Holds.FLAG, True),
    Column("foreign_invested", Holds.FLAG),
    Column("services", Holds.LIST, "service.site"),
    Column("capabilities", Holds.LIST),
    Column("site", Holds.LIST),
    Column("districts", Holds.LIST),
    Column("exclude", Holds.LIST),
    Column("discoverable", Holds.FLAG, True),
    Column("train_consent", Holds.FLAG, False),
    *(
        Column(name, read_only=True)
        for name in ("language", "version", "created_at", "updated_at", "withdrawn_at")
    ),
)  # fmt: skip
LISTS = {
    "subfields": (Facet.SUBFIELD,),
    "services": (Facet.SERVICE,),
    "capabilities": (Facet.CAPABILITY, Facet.PLATFORM),
    "site": (Facet.SITE,),
}


def startup_record(record: StartupRecord) -> dict[str, object]:
    """As a line of JSON has it."""
    return {
        "id": str(record.id),
        **_plain(record.draft),
        "language": record.language.value,
        "version": record.version,
        "created_at": record.created_at.astimezone(UTC).isoformat(),
        "updated_at": record.updated_at.astimezone(UTC).isoformat(),
        "withdrawn_at": record.withdrawn_at.astimezone(UTC).isoformat() if record.withdrawn_at else None,
    }


def read_draft(values: Mapping[str, object], taxonomy: Taxonomy, before: StartupDraft | None) -> StartupDraft:
    """What a row says of a startup; what it does not speak of stays as it was before.

    Raises:
        InvalidInput: a value cannot be used; `field` names it.
    """
    known = _plain(before) if before else {}
    row = Row({**known, **values}, "file", 0)
    return StartupDraft(
        name=_words(row, "name") or "",
        contact=_words(row, "contact"),
        description=Description(text=_words(row, "text") or "", stated=_stated(row, taxonomy)),
        discoverable=_flag(row, "discoverable", default=True),
        train_consent=_flag(row, "train_consent", default=False),
    )


def _stated(row: Row, taxonomy: Taxonomy) -> Stated:
    lists = {
        name: None if row.values.get(name) is None else row.terms(name, taxonomy, *facets)
        for name, facets in LISTS.items()
    }
    return Stated(
        industry=row.term("industry", taxonomy, Facet.INDUSTRY),
        stage=row.term("stage", taxonomy, Facet.STAGE),
        company_age_months=_months(row),
        registered=row.optional_flag("registered"),
        foreign_invested=row.optional_flag("foreign_invested"),
        districts=row.text_list("districts"),
        exclude=frozenset(CarrierId(one) for one in row.text_list("exclude")),
        **lists,
    )


def _months(row: Row) -> int | None:
    months = row.number("company_age_months", 0, MAX_COMPANY_AGE_MONTHS)
    if months is not None and not months.is_integer():
        raise InvalidField("A whole number is expected.", field="company_age_months")
    return None if months is None else int(months)


def _words(row: Row, name: str) -> str | None:
    """A text as it is: the record says itself what it refuses."""
    value = row.values.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidField("A text is expected.", field=name)
    return value


def _flag(row: Row, name: str, *, default: bool) -> bool:
    value = row.optional_flag(name)
    return default if value is None else value


def _plain(draft: StartupDraft) -> dict[str, object]:
    stated = draft.description.stated
    lists = ("subfields", "services", "capabilities", "site")
    plain = ("industry", "stage", "company_age_months", "registered", "foreign_invested")
    return {
        "name": draft.name,
        "contact": draft.contact,
        "text": draft.description.text,
        **{name: getattr(stated, name) for name in plain},
        **{name: _list(getattr(stated, name)) for name in lists},
        "districts": list(stated.districts),
        "exclude": sorted(stated.exclude),
        "discoverable": draft.discoverable,
        "train_consent": draft.train_consent,
    }


def _list(terms: tuple[TermId, ...] | None) -> list[str] | None:
    return None if terms is None else [str(term) for term in terms]
