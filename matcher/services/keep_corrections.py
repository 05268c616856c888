"""Writes a carrier that comes from a file without losing what its staff put right."""

from dataclasses import dataclass, field
from datetime import datetime

from matcher.domain.carriers import Carrier
from matcher.domain.corrections import Conflict, Correction, fact_value, merged
from matcher.ports import UnitOfWork


@dataclass
class KeepCorrections:
    """For one transaction; `conflicts` are those met so far.

    The newer dated fact stands: a correction gives way only to another value than the one it replaced, and only if that
    bears a later date. Then the correction is kept in the history.
    """

    uow: UnitOfWork
    now: datetime
    conflicts: list[Conflict] = field(default_factory=list)

    def put(self, fresh: Carrier, stored: Carrier | None) -> bool:
        """False where nothing changed."""
        if stored is None or not stored.corrected:
            return self.uow.carriers.put(fresh)
        record, kept = merged(fresh, stored, self._repeated(fresh, stored))
        for name in stored.corrected:
            if fact_value(fresh, name) != fact_value(stored, name) and name not in self._repeated(fresh, stored):
                self.conflicts.append(Conflict(carrier=fresh.id, field=name, file_won=name not in kept))
        self._remember(record, stored, [name for name in stored.corrected if name not in kept])
        return self.uow.carriers.put(record)

    def _repeated(self, fresh: Carrier, stored: Carrier) -> set[str]:
        """Fields in which the file says again what the staff replaced, or what it put there."""
        replaced: dict[str, list[object]] = {}
        for one in self.uow.history.of(stored.id):
            replaced.setdefault(one.field, []).append(one.old)
        return {
            name
            for name in stored.corrected
            if fact_value(fresh, name) in [*replaced.get(name, ()), fact_value(stored, name)]
        }

    def _remember(self, record: Carrier, stored: Carrier, names: list[str]) -> None:
        self.uow.history.add(
            [
                Correction(
                    carrier=record.id,
                    field=name,
                    old=fact_value(stored, name),
                    new=fact_value(record, name),
                    source=record.fact(name).sources[0],
                    made_by=None,
                    made_at=self.now,
                )
                for name in names
            ]
        )
