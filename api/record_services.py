"""The use cases around startups' and carriers' records, put together for one store."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from data.tabular.carriers import carrier_record, read_carrier_row
from data.tabular.startups import read_draft
from matcher.domain.ids import StartupId
from matcher.domain.registry import Registry
from matcher.ports import Reader, Transactions
from matcher.services.all_startups import AllStartups
from matcher.services.carrier_history import CarrierHistoryOf
from matcher.services.correct_carrier import CorrectCarrier
from matcher.services.import_carriers import ImportCarriers
from matcher.services.import_startups import ImportStartups
from matcher.services.own_startups import OwnStartups
from matcher.services.read_for_keeping import ReadForKeeping
from matcher.services.register_startup import RegisterStartup
from matcher.services.reread_startups import RereadStartups
from matcher.services.update_startup import UpdateStartup
from matcher.services.withdraw_startup import WithdrawStartup

ID_BYTES = 16  # nobody guesses one


@dataclass(frozen=True, kw_only=True)
class StartupServices:
    """What may be done with startups; reads their texts."""

    register: RegisterStartup
    update: UpdateStartup
    withdraw: WithdrawStartup
    own: OwnStartups
    take_in: ImportStartups
    reread: RereadStartups
    everybodys: AllStartups


@dataclass(frozen=True, kw_only=True)
class CarrierServices:
    """What may be done with the records of carriers, beside reading them."""

    correct: CorrectCarrier
    history: CarrierHistoryOf
    take_in: ImportCarriers


def build_startups(
    transactions: Transactions,
    reader: Reader,
    snapshot: Callable[[], Registry],
    own_writes: Callable[[], int] = lambda: 0,
) -> StartupServices:
    """Over this store; `own_writes` counts how often this process has changed startups."""
    read = ReadForKeeping(reader)
    return StartupServices(
        register=RegisterStartup(transactions=transactions, read=read, new_id=_new_id),
        update=UpdateStartup(transactions=transactions, read=read),
        withdraw=WithdrawStartup(transactions),
        own=OwnStartups(transactions),
        take_in=ImportStartups(
            transactions=transactions, read=read, read_draft=read_draft, snapshot=snapshot, new_id=_new_id
        ),
        reread=RereadStartups(transactions=transactions, read=read),
        everybodys=AllStartups(transactions, reader.id, own_writes=own_writes),
    )


def build_carriers(transactions: Transactions) -> CarrierServices:
    return CarrierServices(
        correct=CorrectCarrier(transactions, record_of=carrier_record, read=read_carrier_row),
        history=CarrierHistoryOf(transactions),
        take_in=ImportCarriers(transactions, record_of=carrier_record, read=read_carrier_row),
    )


def _new_id() -> StartupId:
    return StartupId(secrets.token_hex(ID_BYTES))
