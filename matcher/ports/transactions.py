"""One transaction, and all that can be read and written in it."""

from contextlib import AbstractContextManager
from typing import Protocol

from matcher.domain.registry import Registry, RegistryVersion
from matcher.ports.feedback import Feedbacks, Impressions
from matcher.ports.handovers import Handovers
from matcher.ports.identity import Accounts, ApiKeys, PageSessions, SignInFailures
from matcher.ports.leads import AuditLog, Consents, Leads
from matcher.ports.personal import PersonalData
from matcher.ports.registry import CarrierHistory, Carriers, EntryRules, FinanceProducts, Places, Vocabulary
from matcher.ports.retention import Retention
from matcher.ports.runs import Runs
from matcher.ports.shared_answers import SharedAnswers
from matcher.ports.startups import IdempotencyKeys, Startups


class UnitOfWork(Protocol):
    """One transaction: leaving the block without `commit()` undoes everything."""

    @property
    def carriers(self) -> Carriers: ...
    @property
    def entry_rules(self) -> EntryRules: ...
    @property
    def finance(self) -> FinanceProducts: ...
    @property
    def places(self) -> Places: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def startups(self) -> Startups: ...
    @property
    def history(self) -> CarrierHistory: ...
    @property
    def keys(self) -> IdempotencyKeys: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def leads(self) -> Leads: ...
    @property
    def audit(self) -> AuditLog: ...
    @property
    def impressions(self) -> Impressions: ...
    @property
    def feedback(self) -> Feedbacks: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def page_sessions(self) -> PageSessions: ...
    @property
    def sign_in_failures(self) -> SignInFailures: ...
    @property
    def personal(self) -> PersonalData: ...
    @property
    def retention(self) -> Retention: ...
    @property
    def runs(self) -> Runs: ...
    @property
    def handovers(self) -> Handovers: ...
    @property
    def shared_answers(self) -> SharedAnswers: ...

    def lock(self) -> None:
        """Take the right to write now, so that what is read next stays true until the commit; raises StoreBusy.

        A `put` takes it by itself; call this where a decision to write rests on something read before.
        """

    def registry_version(self) -> RegistryVersion:
        """Raises StoreNotReady where the store has not been filled."""

    def registry(self) -> Registry:
        """The whole registry as a snapshot; raises StoreNotReady."""

    def commit(self) -> None: ...


class Transactions(Protocol):
    """Opens units of work."""

    def __call__(self) -> AbstractContextManager[UnitOfWork]: ...
