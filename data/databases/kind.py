"""What the store asks of a database, in the words in which SQLite and PostgreSQL differ."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, Insert
from sqlalchemy.exc import DBAPIError

from matcher.domain.errors import MatcherError

WRITES = "writes"  # execution option of a connection that takes its turn to write as it begins: patience in ms
PATIENCE_MS = 10_000  # how long one writer waits for another
MIGRATION_PATIENCE_MS = 60_000


class DatabaseKind(Protocol):
    """One writer at a time on both: whoever has the turn reads what stays true until the commit.

    A transaction sees the store as it was when it first looked, whatever others write meanwhile.
    """

    def options(self) -> dict[str, Any]:
        """For `create_engine`."""

    def prepare(self, engine: Engine) -> None:
        """Hang in what every connection and every transaction needs."""

    def in_our_words(self, raised: DBAPIError) -> MatcherError | None:
        """An error of the driver as one of ours; None where it is a defect of this program."""

    def take_turn(self, connection: Connection) -> None:
        """The right to write, in a transaction that has begun.

        Raises:
            StoreBusy: another one writes for too long, or has written since this transaction first looked.
        """

    def is_there(self, url: URL) -> bool:
        """Whether looking into it makes nothing."""

    def make_place(self, url: URL) -> None:
        """Where it has to lie in a folder, that folder."""

    def migrating(self, engine: Engine) -> AbstractContextManager[Connection]:
        """A transaction that alone changes tables: a second one waits. It is committed where the block ends well."""

    def scrub(self, engine: Engine) -> bool:
        """Have what was deleted leave the disk as well, as far as that can be done now; False: try again later."""

    def insert_new(self, table: type[Any]) -> Insert:
        """Rows that are there already stay as they are."""

    def after_restoring(self, connection: Connection) -> None:
        """What rows that came with their numbers have to be followed by."""
