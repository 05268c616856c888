"""Which model of a kind is in force, and which ones were before it: one small file that is whole or not there."""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from matcher.domain.errors import ModelNotFound, StoreBusy
from models.artefacts import RELEASED, SAFE_NAME
from models.model_files import told_as_damage

POINTER = "in_force.json"
LOCK = "lock.db"
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A model that is or was in force."""

    revision: str = RELEASED
    digest: str | None = None  # of its files; the released one changes with the repository and has none
    since: str | None = None  # ISO date
    figures: Mapping[str, Any] = field(default_factory=dict)  # with which it passed the gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """The entry in force, and those that rolling back brings again, the last one first to come."""

    in_force: Entry = field(default_factory=Entry)
    before: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> "Pointer":
        """The released model where nothing was ever promoted.

        Raises:
            ModelNotFound: the file is damaged.
        """
        path = folder / POINTER
        if not path.exists():
            return cls()
        with told_as_damage(f"{folder.name}/{POINTER}"):
            content = json.loads(path.read_text(encoding="utf-8"))
            pointer = cls(
                in_force=Entry(**content["in_force"]), before=tuple(Entry(**entry) for entry in content["before"])
            )
            for entry in (pointer.in_force, *pointer.before):
                if not SAFE_NAME.fullmatch(entry.revision):
                    raise ValueError(f"{entry.revision!r} cannot be the name of a revision")
            return pointer

    def write(self, folder: Path) -> None:
        """Replace the old one at one stroke: who reads sees the old or the new."""
        part = folder / f".{POINTER}.part"
        with part.open("w", encoding="utf-8") as file:
            file.write(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / POINTER)

    def promoted(self, revision: str, digest: str | None, on: date, figures: Mapping[str, Any]) -> "Pointer":
        entry = Entry(revision=revision, digest=digest, since=on.isoformat(), figures=figures)
        return Pointer(in_force=entry, before=(*self.before, self.in_force))

    def rolled_back(self) -> "Pointer":
        """Raises ModelNotFound where nothing was in force before."""
        if not self.before:
            raise ModelNotFound("There is nothing to go back to: no other model was in force before.")
        *before, last = self.before
        return Pointer(in_force=last, before=tuple(before))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time; the lock is SQLite's, which the end of a process frees, however it ends.

    Raises:
        StoreBusy: another process did not finish in time.
    """
    with closing(sqlite3.connect(folder / LOCK, timeout=PATIENCE_S, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise StoreBusy("Another process is changing the store of models. Try again later.") from None
        yield
