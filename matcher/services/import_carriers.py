"""Takes in a file of carriers for the registry; what their staff put right is not lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.carriers import Carrier
from matcher.domain.corrections import Conflict
from matcher.domain.errors import ImportRefused, InvalidField
from matcher.domain.ids import CarrierId
from matcher.domain.imports import FileRow, ImportReport, ReadFile
from matcher.domain.permissions import Action, require
from matcher.domain.taxonomy import Taxonomy
from matcher.ports import Transactions
from matcher.services.imported_rows import built, id_of
from matcher.services.keep_corrections import KeepCorrections
from matcher.services.kept_reports import conflicts_again, kept_report, report_again
from matcher.services.register_startup import Once


@dataclass
class ImportCarriers:
    """A row changes the carrier with its id in what the file speaks of, or adds one."""

    transactions: Transactions
    record_of: Callable[[Carrier], Mapping[str, object]]
    read: Callable[[Mapping[str, object], Taxonomy], Carrier]

    def __call__(
        self, actor: Actor, file: ReadFile, *, keep_good: bool = False, now: datetime, once: Once | None = None
    ) -> tuple[ImportReport, tuple[Conflict, ...]]:
        """What was written, in one transaction, and where the file and a carrier's staff differ.

        Raises:
            SignInNeeded, NotAllowed: it is not an admin who asks.
            ImportRefused: rows cannot be used, and `keep_good` is not asked for; nothing is written.
            KeyReused: the key came before with other content.
        """
        owner = require(actor, Action.IMPORT_CARRIERS)
        with self.transactions() as uow:
            uow.lock()
            before = None if once is None else uow.keys.known(owner, once.key, once.content_hash)
            known = {carrier.id: carrier for carrier in uow.carriers.all()}
            taxonomy = uow.vocabulary.load()
            carriers, faults = built(file, lambda row: self._carrier(row, known, taxonomy))
            if before is not None:
                return report_again(before, file, faults), conflicts_again(before)
            if faults and not keep_good:
                raise ImportRefused("{n} rows cannot be used, so nothing was written.", faults=faults, notes=file.notes)
            keeper = KeepCorrections(uow, now)
            outcomes = [(carrier.id in known, keeper.put(carrier, known.get(carrier.id))) for carrier in carriers]
            report = ImportReport(
                added=sum(not was_known for was_known, _ in outcomes),
                changed=sum(was_known and differs for was_known, differs in outcomes),
                unchanged=sum(was_known and not differs for was_known, differs in outcomes),
                ids=tuple(carrier.id for carrier in carriers),
                faults=tuple(faults),
                notes=file.notes,
            )
            if once is not None:
                uow.keys.keep(owner, once.key, once.content_hash, kept_report(report, keeper.conflicts), now=now)
            uow.commit()
        return report, tuple(keeper.conflicts)

    def _carrier(self, row: FileRow, known: Mapping[CarrierId, Carrier], taxonomy: Taxonomy) -> Carrier:
        name = id_of(row)
        if name is None:
            raise InvalidField("A carrier has an id.", field="id")
        before = known.get(CarrierId(name))
        return self.read({**(self.record_of(before) if before else {}), **row.values, "id": name}, taxonomy)
