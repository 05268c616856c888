"""Takes in a file of an account's own startups: all of it, or, if asked, the rows that can be used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import AccountId, Actor
from matcher.domain.audit import Event
from matcher.domain.errors import ImportRefused, InvalidFile, Outdated, StartupNotFound
from matcher.domain.ids import StartupId
from matcher.domain.imports import FileRow, ImportReport, ReadFile
from matcher.domain.permissions import Action, require
from matcher.domain.registry import Registry
from matcher.domain.startup_records import StartupDraft, StartupRecord
from matcher.domain.taxonomy import Taxonomy
from matcher.ports import Transactions
from matcher.services.imported_rows import built, id_of
from matcher.services.kept_reports import kept_report, report_again
from matcher.services.own_audit import own_entry
from matcher.services.present_account import require_present
from matcher.services.read_for_keeping import ReadForKeeping
from matcher.services.register_startup import Once

MOST_TEXTS = 1_000  # new or changed ones in one file: reading them takes up to a minute
ReadDraft = Callable[[Mapping[str, object], Taxonomy, StartupDraft | None], StartupDraft]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One row: the startup that is to be written, or that stands there already."""

    id: StartupId
    draft: StartupDraft
    before: StartupRecord | None

    @property
    def outcome(self) -> str:
        if self.before is None:
            return "added"
        return "unchanged" if self.draft == self.before.draft else "changed"


@dataclass
class ImportStartups:
    """A row without id is a new startup; one with the id of an own one changes it, in what the file speaks of."""

    transactions: Transactions
    read: ReadForKeeping
    read_draft: ReadDraft
    snapshot: Callable[[], Registry]
    new_id: Callable[[], StartupId]

    def __call__(
        self, actor: Actor, file: ReadFile, *, keep_good: bool = False, now: datetime, once: Once | None = None
    ) -> ImportReport:
        """What was written, in one transaction.

        Raises:
            SignInNeeded, NotAllowed: it is not a startup's account that asks.
            ImportRefused: rows cannot be used, and `keep_good` is not asked for; nothing is written.
            InvalidFile: there are more texts to read than one import may bring.
            Outdated: a startup of the file was changed meanwhile; nothing is written.
            KeyReused: the key came before with other content.
        """
        owner = require(actor, Action.IMPORT_STARTUPS)
        with self.transactions() as uow:
            before = None if once is None else uow.keys.known(owner, once.key, once.content_hash)
            own = {record.id: record for record in uow.startups.of(owner)}
        registry = self.snapshot()
        rows, faults = built(file, lambda row: self._wanted(row, own, registry))
        if before is not None:
            return report_again(before, file, faults)
        if faults and not keep_good:
            raise ImportRefused("{n} rows cannot be used, so nothing was written.", faults=faults, notes=file.notes)
        report = ImportReport(
            **{name: [row.outcome for row in rows].count(name) for name in ("added", "changed", "unchanged")},
            ids=tuple(row.id for row in rows),
            faults=tuple(faults),
            notes=file.notes,
        )
        self._write(owner, [row for row in rows if row.outcome != "unchanged"], report, now, once)
        return report

    def _wanted(self, row: FileRow, own: Mapping[StartupId, StartupRecord], registry: Registry) -> _Wanted:
        name = id_of(row)
        before = own.get(StartupId(name)) if name else None
        if name and before is None:
            raise StartupNotFound("There is no startup {id}.", field="id", id=name[:60])
        draft = self.read_draft(row.values, registry.taxonomy, before.draft if before else None)
        registry.refuse_unknown(draft.description.stated.exclude, "exclude")
        return _Wanted(before.id if before else self.new_id(), draft, before)

    def _write(
        self, owner: AccountId, rows: list[_Wanted], report: ImportReport, now: datetime, once: Once | None
    ) -> None:
        if len(rows) > MOST_TEXTS:
            raise InvalidFile("At most {limit} new or changed startups can be read at once.", limit=MOST_TEXTS)
        reads = self.read([(row.id, row.draft.description) for row in rows], now=now)
        with self.transactions() as uow:
            uow.lock()
            require_present(uow, owner)
            if once is not None:
                if uow.keys.known(owner, once.key, once.content_hash) is not None:
                    raise Outdated("The same import is being written by another call; ask again.")
                uow.keys.keep(owner, once.key, once.content_hash, kept_report(report), now=now)
            changed = []
            for row, read in zip(rows, reads, strict=True):
                language = read.profile.language
                if row.before is None:
                    record = StartupRecord(
                        id=row.id, owner=owner, draft=row.draft, language=language, created_at=now, updated_at=now
                    )
                else:
                    uow.startups.get(row.id, owner=owner).require_version(row.before.version)
                    record = row.before.revised(row.draft, language, now)
                    changed.append(own_entry(record, Event.CORRECTED, now))
                uow.startups.put(record, read)
            uow.audit.add(changed)
            uow.commit()
