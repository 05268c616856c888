"""The figures of the office as they go over the wire, and as rows of a table."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel
from pydantic import Field as Described

from api.sentences import Sentences
from data.tabular.columns import Column, Holds
from matcher.domain.ids import TermId
from matcher.domain.messages import Language, Message
from matcher.domain.office_figures import CarrierAttention, Field, GroupAttention, Need, OfficeFigures, Size, Standing
from matcher.domain.registry import Registry
from matcher.domain.small_cells import LEAST_SHOWN, Count

Json = dict[str, Any]
UNKNOWN = "unknown"
SIZES: Mapping[Size, Message] = {
    Size.SMALL: Message.of("below 10,000 m²"),
    Size.MEDIUM: Message.of("10,000 to 100,000 m²"),
    Size.LARGE: Message.of("100,000 m² or more"),
    Size.UNKNOWN: Message.of("Area unknown"),
}
KIND_UNKNOWN = Message.of("Kind unknown")
BY_STAGE = "by_stage_"


class Chart(StrEnum):
    """What may be had as a table of its own."""

    FIELDS = "fields"
    SUBFIELDS = "subfields"
    NEEDS = "needs"
    CARRIERS = "carriers"
    GROUPS = "groups"
    RESIDENTS = "residents"
    TARGETS = "targets"


class CountOut(BaseModel):
    """A count of startups that is never below five."""

    n: int | None = Described(description="Null where it is not shown.")
    hidden: Literal["few", "withheld"] | None = Described(
        description="few: below five; withheld: another count below five could be worked out from it, or it is one."
    )


class FieldOut(BaseModel):
    id: str
    label: str
    part_of: str | None = Described(description="The industry of a sub-field.")
    startups: CountOut
    by_stage: dict[str, CountOut] = Described(description="By stage id, `unknown` where it cannot be told.")
    carriers_open: int
    carriers_planned: int = Described(description="Planned or under construction.")
    places_left: int | None = Described(description="Of the carriers that have told; null where none has.")
    carriers_without_places: int = Described(description="Carriers that have not told how many places they have left.")


class NeedOut(BaseModel):
    id: str
    label: str
    asked: CountOut
    carriers_offering: int
    carriers_speaking: int = Described(description="Their record names something of this kind.")
    carriers_silent: int = Described(description="Their record names nothing of this kind: unknown, not no.")
    offer: Literal["offered", "nowhere", "unknown"]


class SeenOut(BaseModel):
    id: str
    label: str
    kind: str | None
    size: Literal["small", "medium", "large", "unknown"]
    lists: CountOut = Described(description="Startups in whose lists it stands among the first `k`.")


class GroupOut(BaseModel):
    by: Literal["kind", "size"]
    id: str
    label: str
    carriers: int
    places: CountOut = Described(description="First places of all lists.")
    share: float | None = Described(description="Of all first places, in [0, 1]; null where it would tell too much.")


class YearOut(BaseModel):
    year: int
    startups: CountOut


class TargetOut(BaseModel):
    id: str
    label: str
    at_least: float
    unit: str
    year: int = Described(description="By the end of which it was to be reached: no fact of today.")
    source: str
    source_date: str | None
    known_today: int | None = Described(description="What the registry holds; null where nothing in it compares.")
    unknown_today: int | None = Described(description="Carriers in scope of which the fact is not known.")


class OfficeBoardOut(BaseModel):
    request_id: str
    on: date
    startups: CountOut = Described(description="That get a list; all other counts of startups are of these.")
    by_stage: dict[str, CountOut]
    carriers: int = Described(description="In the home scope.")
    carriers_any_field: int = Described(description="Of them, those that name no field or take firms of any.")
    fields: list[FieldOut]
    subfields: list[FieldOut]
    needs: list[NeedOut]
    k: int | None = Described(description="Places of a list that count; null where too few startups are there.")
    first_places: int | None
    gini_at_least: float | None = Described(description="How unevenly they fall to the carriers, in [0, 1].")
    carriers_seen: list[SeenOut]
    groups: list[GroupOut]
    residents: CountOut | None = Described(description="Admitted and not graduated; null: no admission is on record.")
    residents_by_year: list[YearOut]
    targets: list[TargetOut]


def board_out(
    figures: OfficeFigures, on: date, request_id: str, language: Language, registry: Registry, sentences: Sentences
) -> Json:
    """All of it, with names in one language."""
    seen, residents = figures.attention, figures.residents
    rows = {chart: rows_of(chart, figures, language, registry, sentences) for chart in Chart}
    return {
        "request_id": request_id,
        "on": on.isoformat(),
        "startups": count_out(figures.demand.total),
        "by_stage": _by_stage(figures, figures.demand.by_stage),
        "carriers": figures.demand.n_carriers,
        "carriers_any_field": figures.demand.n_any_field,
        "fields": rows[Chart.FIELDS],
        "subfields": rows[Chart.SUBFIELDS],
        "needs": rows[Chart.NEEDS],
        "k": seen and seen.k,
        "first_places": seen and seen.n_places,
        "gini_at_least": seen and seen.gini_at_least,
        "carriers_seen": rows[Chart.CARRIERS],
        "groups": rows[Chart.GROUPS],
        "residents": residents and count_out(residents.total),
        "residents_by_year": rows[Chart.RESIDENTS],
        "targets": rows[Chart.TARGETS],
    }


def rows_of(
    chart: Chart, figures: OfficeFigures, language: Language, registry: Registry, sentences: Sentences
) -> list[Json]:
    """One chart as rows; each count as `count_out` has it."""

    def label(id: str) -> str:
        return registry.taxonomy.label(id).say(language)

    seen = figures.attention
    match chart:
        case Chart.FIELDS:
            return [_field(one, figures, label(one.id)) for one in figures.demand.industries]
        case Chart.SUBFIELDS:
            return [_field(one, figures, label(one.id)) for one in figures.demand.subfields]
        case Chart.NEEDS:
            return [_need(one, label(one.id)) for one in figures.needs]
        case Chart.CARRIERS:
            return [] if seen is None else [_seen(one, one.name.say(language)) for one in seen.carriers]
        case Chart.GROUPS if seen is not None:
            kinds = [
                _group("kind", one, label(one.id) if one.id else sentences.say(KIND_UNKNOWN, language))
                for one in seen.by_kind
            ]
            return kinds + [
                _group("size", one, sentences.say(SIZES[Size(str(one.id))], language)) for one in seen.by_size
            ]
        case Chart.RESIDENTS if figures.residents is not None:
            return [{"year": year, "startups": count_out(count)} for year, count in figures.residents.by_year]
        case Chart.TARGETS:
            return [_target(one, one.target.name.say(language)) for one in figures.standings]
    return []


def columns_of(chart: Chart, figures: OfficeFigures) -> list[Column]:
    """Of a table with these rows; those of by_stage have one column a stage."""
    models: dict[Chart, type[BaseModel]] = {
        Chart.FIELDS: FieldOut,
        Chart.SUBFIELDS: FieldOut,
        Chart.NEEDS: NeedOut,
        Chart.CARRIERS: SeenOut,
        Chart.GROUPS: GroupOut,
        Chart.RESIDENTS: YearOut,
        Chart.TARGETS: TargetOut,
    }
    found: list[Column] = []
    for name in models[chart].model_fields:
        if name != "by_stage":
            found.append(Column(name))
        elif chart is Chart.FIELDS:
            found += [Column(BY_STAGE + (stage or UNKNOWN), Holds.TEXT) for stage in figures.demand.stages]
    return found


def flat_row(row: Mapping[str, Any]) -> Json:
    """Counts as a table has them: a number, "<5" or "withheld"."""
    flat: Json = {}
    for name, value in row.items():
        if name == "by_stage":
            flat |= {BY_STAGE + stage: _in_cell(count) for stage, count in value.items()}
        else:
            flat[name] = _in_cell(value) if isinstance(value, dict) else value
    return flat


def count_out(count: Count) -> Json:
    return {"n": count.n, "hidden": None if count.n is not None else "few" if count.few else "withheld"}


def _in_cell(count: Mapping[str, Any]) -> int | str:
    if count["n"] is not None:
        return int(count["n"])
    return f"<{LEAST_SHOWN}" if count["hidden"] == "few" else "withheld"


def _by_stage(figures: OfficeFigures, counts: Sequence[Count]) -> Json:
    return {stage or UNKNOWN: count_out(count) for stage, count in zip(figures.demand.stages, counts, strict=False)}


def _field(field: Field, figures: OfficeFigures, label: str) -> Json:
    supply = field.supply
    return {
        "id": field.id,
        "label": label,
        "part_of": field.part_of,
        "startups": count_out(field.startups),
        "by_stage": _by_stage(figures, field.by_stage),
        "carriers_open": supply.n_open,
        "carriers_planned": supply.n_planned,
        "places_left": supply.places_left,
        "carriers_without_places": supply.n_places_unknown,
    }


def _need(need: Need, label: str) -> Json:
    return {
        "id": need.id,
        "label": label,
        "asked": count_out(need.asked),
        "carriers_offering": need.n_offering,
        "carriers_speaking": need.n_speaking,
        "carriers_silent": need.n_silent,
        "offer": need.offer.value,
    }


def _seen(one: CarrierAttention, label: str) -> Json:
    return {"id": one.id, "label": label, "kind": one.kind, "size": one.size.value, "lists": count_out(one.lists)}


def _group(by: str, one: GroupAttention, label: str) -> Json:
    id: TermId | Size | str = UNKNOWN if one.id is None else one.id
    return {
        "by": by,
        "id": str(id),
        "label": label,
        "carriers": one.n_carriers,
        "places": count_out(one.places),
        "share": one.share,
    }


def _target(one: Standing, label: str) -> Json:
    target = one.target
    return {
        "id": target.id,
        "label": label,
        "at_least": target.at_least,
        "unit": target.unit.value,
        "year": target.year,
        "source": target.source.label,
        "source_date": target.source.date,
        "known_today": one.known,
        "unknown_today": one.n_unknown,
    }
