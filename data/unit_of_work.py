"""The store: one database, its transactions, and its shape."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.orm import Session, sessionmaker

from data.accounts import SqlAccounts, SqlApiKeys, SqlPageSessions, SqlSignInFailures
from data.carrier_history import SqlCarrierHistory
from data.databases import WRITES, kind_of
from data.engine import open_engine
from data.feedback import SqlFeedbacks, SqlImpressions
from data.handovers import SqlHandovers
from data.idempotency import SqlIdempotencyKeys
from data.integrity import drop_unused_sources, read_version, refuse_dangling, renew_version
from data.keeping import Keeper
from data.leads import SqlAuditLog, SqlConsents, SqlLeads
from data.migrations import HEAD
from data.own_writes import OwnWrites
from data.personal.repository import SqlPersonalData
from data.personal.retention import SqlRetention
from data.repositories import SqlCarriers, SqlEntryRules, SqlFinanceProducts, SqlPlaces
from data.runs import SqlRuns
from data.shared_answers import SqlSharedAnswers
from data.startups import SqlStartups
from data.vocabulary import SqlVocabulary
from matcher.domain.errors import StoreNotReady
from matcher.domain.registry import Registry, RegistryVersion


@dataclass
class SqlUnitOfWork:
    """One transaction: leaving the block without `commit()` undoes everything."""

    open_session: sessionmaker[Session]
    own_writes: OwnWrites

    def __enter__(self) -> Self:
        self.session = self.open_session()
        self.keeper = Keeper(self.session)
        self.carriers = SqlCarriers(self.session, self.keeper)
        self.entry_rules = SqlEntryRules(self.session, self.keeper)
        self.finance = SqlFinanceProducts(self.session, self.keeper)
        self.places = SqlPlaces(self.session, self.keeper)
        self.vocabulary = SqlVocabulary(self.session, self.keeper)
        self.accounts = SqlAccounts(self.session, self.keeper)
        self.api_keys = SqlApiKeys(self.session, self.keeper)
        self.page_sessions = SqlPageSessions(self.session, self.keeper)
        self.sign_in_failures = SqlSignInFailures(self.session, self.keeper)
        self.startups = SqlStartups(self.session, self.keeper)
        self.history = SqlCarrierHistory(self.session, self.keeper)
        self.keys = SqlIdempotencyKeys(self.session, self.keeper)
        self.impressions = SqlImpressions(self.session, self.keeper)
        self.feedback = SqlFeedbacks(self.session, self.keeper)
        self.consents = SqlConsents(self.session, self.keeper)
        self.leads = SqlLeads(self.session, self.keeper)
        self.audit = SqlAuditLog(self.session, self.keeper)
        self.personal = SqlPersonalData(self.session, self.keeper)
        self.retention = SqlRetention(self.session, self.keeper)
        self.runs = SqlRuns(self.session, self.keeper)
        self.handovers = SqlHandovers(self.session, self.keeper)
        self.shared_answers = SqlSharedAnswers(self.session, self.keeper)
        return self

    def __exit__(self, *exit_info: object) -> None:
        self.session.close()  # rolls back what was not committed

    def lock(self) -> None:
        self.keeper.lock()

    def registry_version(self) -> RegistryVersion:
        return read_version(self.session)

    def registry(self) -> Registry:
        return Registry(
            version=self.registry_version(),
            taxonomy=self.vocabulary.load(),
            carriers=tuple(self.carriers.all()),
            entry_rules=tuple(self.entry_rules.all()),
            finance=tuple(self.finance.all()),
            places={place.id: place for place in self.places.all()},
        )

    def commit(self) -> None:
        """Keep everything; InvalidField where a row names something that is not there, and nothing is kept."""
        if self.keeper.changed:
            self.session.flush()
            drop_unused_sources(self.session)
            refuse_dangling(self.session)
            renew_version(self.session)
        self.session.commit()
        if self.keeper.changed or self.keeper.startups_changed:
            self.own_writes.count(registry=self.keeper.changed, startups=self.keeper.startups_changed)
        self.keeper.release()


@dataclass
class Store:
    """An open database; close it when done."""

    engine: Engine
    own_writes: OwnWrites = field(default_factory=OwnWrites, init=False)
    _checked: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._sessions = sessionmaker(self.engine)

    def transactions(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A new unit of work; StoreNotReady where the tables are missing, older or newer than this program."""
        if not self._checked:
            self.require_head()
            self._checked = True
        return SqlUnitOfWork(self._sessions, self.own_writes)

    @contextmanager
    def writing(self, patience_ms: int) -> Iterator[Connection]:
        """A writing transaction for what is no fact: it leaves the registry's version alone.

        Raises:
            StoreBusy: another one writes for longer than `patience_ms`.
        """
        with self.engine.connect().execution_options(**{WRITES: patience_ms}) as connection, connection.begin():
            yield connection

    def migrate(self) -> None:
        """Bring the tables to this program's state; does nothing where they are there already.

        Raises:
            StoreNotReady: the store was written by a newer version, or its file cannot be made.
        """
        if self.revision() == HEAD:
            return
        from data.migrating import upgrade  # noqa: PLC0415 - Alembic is not needed on the usual start

        kind_of(self.engine).make_place(self.engine.url)
        upgrade(self.engine)

    def revision(self) -> str | None:
        """The last migration applied; None for a store without tables."""
        if not kind_of(self.engine).is_there(self.engine.url):
            return None  # asking must not create it
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return None if revision is None else str(revision)

    def scrub(self) -> bool:
        """Have what was deleted leave the disk as well; False where it has to be tried again later."""
        return kind_of(self.engine).scrub(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def require_head(self) -> None:
        """StoreNotReady where the tables are missing, older or newer than this program."""
        revision = self.revision()
        if revision is None:
            raise StoreNotReady("The store has no tables yet; make them with `matcher init`.")
        if revision != HEAD:
            raise StoreNotReady(
                "The store is at step {found}, this program at {expected}; bring it up with `matcher init`.",
                found=revision,
                expected=HEAD,
            )


def open_store(url: str) -> Store:
    """The store behind an SQLAlchemy URL, of SQLite or PostgreSQL; nothing is made until `migrate`."""
    return Store(open_engine(url))
