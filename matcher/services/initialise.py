"""Fills the store from checked files: what is new is added, what differs is corrected, the rest stays."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from matcher.domain.corrections import Conflict
from matcher.domain.errors import InvalidFile, StoreNotReady
from matcher.domain.registry import RegistryVersion
from matcher.domain.seed import BrokenRow, SeedBatch
from matcher.ports import Transactions, UnitOfWork
from matcher.services.keep_corrections import KeepCorrections


@dataclass(frozen=True, slots=True, kw_only=True)
class InitReport:
    """What one filling did, in numbers by kind; the vocabulary counts as one."""

    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    broken: tuple[BrokenRow, ...]
    version: RegistryVersion  # of the registry afterwards
    conflicts: tuple[Conflict, ...] = ()  # facts on which the files and a carrier's staff differ

    @property
    def nothing_new(self) -> bool:
        return not any(self.added.values()) and not any(self.changed.values())


@dataclass
class Initialise:
    """Loads a batch in one transaction; what the store holds beyond the batch is left alone."""

    transactions: Transactions
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __call__(self, batch: SeedBatch, strict: bool = False) -> InitReport:
        """Says what was done.

        Raises:
            InvalidFile: a row is broken and `strict` is asked for; nothing is written.
            InvalidField: a record names something that the new vocabulary no longer has; nothing is written.
            StoreBusy: another process is writing.
        """
        if strict and batch.broken:
            raise _refusal(batch.broken)
        with self.transactions() as uow:
            uow.lock()  # what is counted as known must still be so when it is written
            keeper = KeepCorrections(uow, self.clock())
            counts = {kind: _count(news) for kind, news in _put_all(uow, batch, keeper)}
            uow.commit()
            version = uow.registry_version()
        added, changed, unchanged = ({kind: count[i] for kind, count in counts.items()} for i in range(3))
        return InitReport(
            added=added,
            changed=changed,
            unchanged=unchanged,
            broken=batch.broken,
            version=version,
            conflicts=tuple(keeper.conflicts),
        )


def _put_all(
    uow: UnitOfWork, batch: SeedBatch, keeper: KeepCorrections
) -> Iterable[tuple[str, list[tuple[bool, bool]]]]:
    """By kind: of each thing, whether it was known before, and whether it is new or different."""
    yield "vocabulary", [(_has_vocabulary(uow), uow.vocabulary.put(batch.vocabulary))]
    known = {str(place.id) for place in uow.places.all()}
    yield "places", [(place.id in known, uow.places.put(place)) for place in batch.places]
    stored = {carrier.id: carrier for carrier in uow.carriers.all()}
    yield "carriers", [(one.id in stored, keeper.put(one, stored.get(one.id))) for one in batch.carriers]
    known = {str(rule.id) for rule in uow.entry_rules.all()}
    yield "entry_rules", [(rule.id in known, uow.entry_rules.put(rule)) for rule in batch.entry_rules]
    known = {product.id for product in uow.finance.all()}
    yield "finance", [(product.id in known, uow.finance.put(product)) for product in batch.finance]


def _count(news: Collection[tuple[bool, bool]]) -> tuple[int, int, int]:
    """How many were added, changed and left as they were."""
    added = sum(not known for known, _ in news)
    changed = sum(known and differs for known, differs in news)
    return added, changed, len(news) - added - changed


def _has_vocabulary(uow: UnitOfWork) -> bool:
    try:
        uow.vocabulary.load()
    except StoreNotReady:
        return False
    return True


def _refusal(broken: tuple[BrokenRow, ...]) -> InvalidFile:
    first = broken[0]
    return InvalidFile(
        "{n} rows cannot be used, so nothing was written. The first is {file}, line {line}: {reason}",
        n=len(broken),
        file=first.file,
        line=first.line,
        reason=first.reason,
    )
