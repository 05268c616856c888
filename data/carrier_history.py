"""The history of carriers' records; nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.keeping import Keeper
from data.mapping.sources import correction_source
from data.tables import CarrierHistoryRow
from matcher.domain.accounts import AccountId
from matcher.domain.corrections import Correction
from matcher.domain.ids import CarrierId


@dataclass
class SqlCarrierHistory:
    session: Session
    keeper: Keeper

    def add(self, corrections: Sequence[Correction]) -> None:
        self.keeper.lock()
        for one in corrections:
            self.session.add(
                CarrierHistoryRow(
                    carrier_id=one.carrier,
                    field=one.field,
                    old=one.old,
                    new=one.new,
                    title=one.source.title,
                    url=one.source.url,
                    date=one.source.date,
                    made_by=one.made_by,
                    made_at=one.made_at,
                )
            )
            self.session.flush()  # numbered in this order

    def of(self, carrier_id: CarrierId) -> list[Correction]:
        wanted = select(CarrierHistoryRow).where(CarrierHistoryRow.carrier_id == carrier_id)
        return [_correction(row) for row in self.session.scalars(wanted.order_by(CarrierHistoryRow.id.desc()))]


def _correction(row: CarrierHistoryRow) -> Correction:
    return Correction(
        carrier=CarrierId(row.carrier_id),
        field=row.field,
        old=row.old,
        new=row.new,
        source=correction_source(row.title, row.url, row.date),
        made_by=AccountId(row.made_by) if row.made_by else None,
        made_at=row.made_at,
    )
