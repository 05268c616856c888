"""What everybody may ask for with their own data, put together for one store."""

from dataclasses import dataclass

from data.unit_of_work import Store
from data.uses import SqlUses
from matcher.domain.credentials import SessionLimits
from matcher.domain.retention import Terms
from matcher.ports import PasswordHasher, StartupUses
from matcher.services.erase import EraseAccount, EraseStartup
from matcher.services.export_my_data import ExportMyData
from matcher.services.run_retention import RunRetention
from matcher.services.what_is_kept import WhatIsKept


@dataclass(frozen=True, kw_only=True)
class Rights:
    """To take along what is kept, and to have it erased."""

    export: ExportMyData
    erase_startup: EraseStartup
    erase_account: EraseAccount
    kept: WhatIsKept
    retention: RunRetention
    uses: StartupUses


def build_rights(store: Store, hasher: PasswordHasher, sessions: SessionLimits, terms: Terms) -> Rights:
    return Rights(
        export=ExportMyData(store.transactions),
        erase_startup=EraseStartup(transactions=store.transactions, scrub=store.scrub),
        erase_account=EraseAccount(transactions=store.transactions, hasher=hasher, scrub=store.scrub),
        kept=WhatIsKept(store.transactions, terms),
        retention=RunRetention(transactions=store.transactions, scrub=store.scrub, sessions=sessions, terms=terms),
        uses=SqlUses(store),
    )
