"""Writes what is new or changed within one session, and remembers whether anything was."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.databases import PATIENCE_MS, WRITES, kind_of
from data.mapping.sources import source_from, source_row
from data.tables import CarrierRow, EntryRuleRow, FinanceProductRow, PlaceRow, SourceRow
from matcher.domain.facts import Source

KeptRow = CarrierRow | EntryRuleRow | FinanceProductRow | PlaceRow | SourceRow


@dataclass
class Keeper:
    session: Session
    changed: bool = False  # the registry
    startups_changed: bool = False
    _known: dict[type[KeptRow], dict[str, str]] = field(default_factory=dict)  # fingerprints by table and id
    _locked: bool = False

    def lock(self) -> None:
        """Take the right to write; after a read it is had only if nobody has written since, else StoreBusy."""
        if self._locked:
            return
        if self.session.in_transaction():
            connection = self.session.connection()
            kind_of(connection).take_turn(connection)
        else:
            self.session.connection(execution_options={WRITES: PATIENCE_MS})
        self._locked = True

    def put(self, row: KeptRow) -> bool:
        """Add or replace; False where the row is there already and says the same."""
        self.lock()
        known = self._fingerprints(type(row))
        before = known.get(row.id)
        if before == row.fingerprint:
            return False
        if before is None:
            self.session.add(row)
        else:
            self.session.merge(row)
        known[row.id] = row.fingerprint
        self.changed = True
        return True

    def put_sources(self, sources: Iterable[Source]) -> bool:
        """True where one that others may share was corrected; a new one alone is no change of a known fact."""
        self.lock()
        corrected = False
        for source in sources:
            is_known = source.id in self._fingerprints(SourceRow)
            corrected |= self.put(source_row(source)) and is_known
        return corrected

    def _fingerprints(self, table: type[KeptRow]) -> dict[str, str]:
        if table not in self._known:
            self._known[table] = dict(self.session.execute(select(table.id, table.fingerprint)).all())
        return self._known[table]

    def release(self) -> None:
        """Forget what was true in the transaction that has ended."""
        self.changed = self.startups_changed = self._locked = False
        self._known.clear()


def sources_by_id(session: Session, ids: Iterable[str] | None = None) -> dict[str, Source]:
    """All sources, or those with these ids."""
    wanted = select(SourceRow) if ids is None else select(SourceRow).where(SourceRow.id.in_(list(ids)))
    return {row.id: source_from(row) for row in session.scalars(wanted)}
