"""Carriers, rules, products and places as the matcher asks for them; nothing here commits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from data.keeping import Keeper, sources_by_id
from data.mapping.carriers import carrier_from, carrier_row
from data.mapping.conditions import product_from, product_row, rule_from, rule_row
from data.mapping.places import place_from, place_row
from data.tables import CarrierRow, CarrierTermRow, EntryRuleRow, FinanceProductRow, PlaceRow
from matcher.domain.carriers import Carrier
from matcher.domain.entry_rules import EntryRule
from matcher.domain.errors import CarrierNotFound, InvalidField
from matcher.domain.finance import FinanceProduct
from matcher.domain.ids import CarrierId
from matcher.domain.registry import CarrierFilter, CarrierPage, Place

WITH_LISTS = tuple(
    selectinload(part)
    for part in (CarrierRow.terms, CarrierRow.finance, CarrierRow.evidence, CarrierRow.sources, CarrierRow.corrections)
)


@dataclass
class SqlCarriers:
    session: Session
    keeper: Keeper

    def get(self, carrier_id: CarrierId) -> Carrier:
        found = self._read(select(CarrierRow).where(CarrierRow.id == carrier_id))
        if not found:
            raise CarrierNotFound("There is no carrier {id}.", id=carrier_id)
        return found[0]

    def all(self) -> list[Carrier]:
        return self._read(select(CarrierRow))

    def page(self, wanted: CarrierFilter, *, after: CarrierId | None, limit: int) -> CarrierPage:
        if limit < 1:
            raise InvalidField("A page has at least one carrier, not {limit}.", field="limit", limit=limit)
        conditions = _conditions(wanted)
        total = self.session.scalar(select(func.count()).select_from(CarrierRow).where(*conditions)) or 0
        rows = select(CarrierRow).where(*conditions)
        if after is not None:
            rows = rows.where(CarrierRow.id > after)
        found = self._read(rows.limit(limit + 1))
        carriers = tuple(found[:limit])
        return CarrierPage(carriers=carriers, next_after=carriers[-1].id if len(found) > limit else None, total=total)

    def put(self, carrier: Carrier) -> bool:
        corrected = self.keeper.put_sources(carrier.sources)
        return self.keeper.put(carrier_row(carrier)) or corrected

    def _read(self, wanted: Select[CarrierRow]) -> list[Carrier]:
        rows = self.session.scalars(wanted.order_by(CarrierRow.id).options(*WITH_LISTS)).all()
        sources = sources_by_id(self.session, {link.source_id for row in rows for link in row.sources})
        return [carrier_from(row, sources) for row in rows]


def _conditions(wanted: CarrierFilter) -> list[ColumnElement[bool]]:
    exact = {
        CarrierRow.role: wanted.role,
        CarrierRow.city: wanted.city,
        CarrierRow.kind: wanted.kind,
        CarrierRow.level: wanted.level,
        CarrierRow.status: wanted.status,
    }
    listed = {
        "industries": wanted.industry,
        "subfields": wanted.subfield,
        "services": wanted.service,
        "capabilities": wanted.capability,
    }
    conditions = [column == value for column, value in exact.items() if value is not None]
    for field, term_id in listed.items():
        if term_id is not None:
            conditions.append(
                CarrierRow.terms.any((CarrierTermRow.field == field) & (CarrierTermRow.term_id == term_id))
            )
    if wanted.district is not None:
        conditions.append(func.lower(CarrierRow.district).contains(wanted.district.lower(), autoescape=True))
    if wanted.name is not None:
        conditions.append(CarrierRow.folded_name.contains(wanted.name.casefold(), autoescape=True))
    return conditions


@dataclass
class SqlEntryRules:
    session: Session
    keeper: Keeper

    def all(self) -> list[EntryRule]:
        return self._read(select(EntryRuleRow))

    def in_force(self, on: date) -> list[EntryRule]:
        begun = or_(EntryRuleRow.valid_from.is_(None), EntryRuleRow.valid_from <= on)
        not_over = or_(EntryRuleRow.valid_to.is_(None), EntryRuleRow.valid_to >= on)
        return self._read(select(EntryRuleRow).where(begun, not_over))

    def put(self, rule: EntryRule) -> bool:
        corrected = self.keeper.put_sources([rule.source])
        return self.keeper.put(rule_row(rule)) or corrected

    def _read(self, wanted: Select[EntryRuleRow]) -> list[EntryRule]:
        rows = self.session.scalars(wanted.order_by(EntryRuleRow.id)).all()
        sources = sources_by_id(self.session, {row.source_id for row in rows})
        return [rule_from(row, sources) for row in rows]


@dataclass
class SqlFinanceProducts:
    session: Session
    keeper: Keeper

    def all(self) -> list[FinanceProduct]:
        rows = self.session.scalars(select(FinanceProductRow).order_by(FinanceProductRow.id)).all()
        sources = sources_by_id(self.session, {row.source_id for row in rows})
        return [product_from(row, sources) for row in rows]

    def put(self, product: FinanceProduct) -> bool:
        corrected = self.keeper.put_sources([product.source])
        return self.keeper.put(product_row(product)) or corrected


@dataclass
class SqlPlaces:
    session: Session
    keeper: Keeper

    def all(self) -> list[Place]:
        return [place_from(row) for row in self.session.scalars(select(PlaceRow).order_by(PlaceRow.id))]

    def put(self, place: Place) -> bool:
        return self.keeper.put(place_row(place))
