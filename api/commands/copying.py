"""Copies the store into a file and back, and says what was done."""

import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from api.commands.lines import written_whole
from api.commands.opened import settings
from api.commands.voice import Voice
from api.terminal.progress import counting
from data.backups.reading import checked
from data.backups.restoring import refuse_other_step, restore
from data.backups.writing import reading_all
from data.unit_of_work import open_store
from matcher.domain.messages import Message

OWNER_ONLY = 0o600  # it holds what startups wrote


def back_up(path: Path, lang: str | None) -> None:
    """Raises StoreNotReady, and InvalidFile where the file cannot be written."""
    voice = Voice(lang)
    with (
        closing(open_store(settings().store_url)) as store,
        reading_all(store, program=version("matcher"), now=datetime.now(UTC)) as writing,
        counting(writing.header.n_rows, voice.sentence(Message.of("Copying the store"))) as told,
        _private(path) as file,
    ):
        writing(file, told)
    voice.out(Message.of("Backed up: {n} rows in {file}.", n=writing.header.n_rows, file=str(path)), "green")


def fill_from(path: Path, *, replace: bool, lang: str | None) -> None:
    """Raises InvalidFile where the backup is damaged or of another step, InvalidInput where the store is not empty."""
    voice = Voice(lang)
    header = checked(path)
    refuse_other_step(header, path)
    with (
        closing(open_store(settings().store_url)) as store,
        counting(header.n_rows, voice.sentence(Message.of("Filling the store"))) as told,
    ):
        store.migrate()
        restore(store, path, replace=replace, told=told)
    voice.out(
        Message.of("Restored: {n} rows, backed up on {date}.", n=header.n_rows, date=header.made_at.date().isoformat()),
        "green",
    )


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """Written whole, readable by its owner alone, and on the disk before it gets its name."""
    with written_whole(path) as file:
        is_plain = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        if is_plain:
            os.fchmod(file.fileno(), OWNER_ONLY)
        yield file
        file.flush()
        if is_plain:
            os.fsync(file.fileno())
