"""Who may know whom, how far they have come, and who has seen what."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from matcher.domain.accounts import AccountId
from matcher.domain.audit import AuditEntry, AuditPage
from matcher.domain.consents import Consent, ConsentRequest
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.interactions import Interaction
from matcher.domain.leads import Lead, LeadId, LeadStatus, LeadStep


class Consents(Protocol):
    """Consents of startups to single carriers."""

    def in_force(self, startup: StartupId, carrier: CarrierId) -> Consent | None: ...

    def was_given(self, startup: StartupId, carrier: CarrierId) -> bool:
        """Whether there was one at any time."""

    def of(self, startup: StartupId) -> list[Consent]:
        """The latest first, withdrawn ones too."""

    def to(self, carrier: CarrierId) -> frozenset[StartupId]:
        """Whose consent to this carrier is in force."""

    def ever_to(self, carrier: CarrierId) -> frozenset[StartupId]:
        """Who has consented to this carrier at any time."""

    def give(self, consent: Consent, by: AccountId) -> None: ...

    def withdraw(self, startup: StartupId, carrier: CarrierId, now: datetime) -> None:
        """Does nothing where none is in force."""


class Leads(Protocol):
    """Startups in the eyes of single carriers; who is not there is new."""

    def get(self, lead_id: LeadId, *, carrier: CarrierId) -> Lead:
        """Raises LeadNotFound where there is none, and in the same words where it is another carrier's."""

    def of(self, carrier: CarrierId, startups: Collection[StartupId]) -> Mapping[StartupId, Lead]:
        """Those of these startups that this carrier has a lead of."""

    def statuses(self, carrier: CarrierId) -> Mapping[StartupId, LeadStatus]:
        """Of all its leads."""

    def all_of(self, carrier: CarrierId) -> Mapping[StartupId, Lead]:
        """All its leads."""

    def about(self, startup: StartupId) -> list[Lead]:
        """Of all carriers, in the order of their ids."""

    def requests(self, startup: StartupId) -> list[ConsentRequest]:
        """Of the carriers that have asked for its consent, the latest first."""

    def add(self, leads: Sequence[Lead]) -> None: ...

    def replace(self, lead: Lead) -> None: ...

    def add_step(self, step: LeadStep) -> None: ...

    def steps(self, lead_id: LeadId) -> list[LeadStep]:
        """The first one first."""

    def admitted(self) -> list[date]:
        """When each startup was last admitted that lives with some carrier, and has not graduated from it."""

    def interactions(self, until: date) -> list[Interaction]:
        """What the steps of all carriers up to this day say to training, the oldest first.

        Only of startups from which models may learn.
        """


class AuditLog(Protocol):
    """What was seen and done; nothing in it is ever changed."""

    def add(self, entries: Sequence[AuditEntry]) -> None: ...

    def page(self, startup: StartupId, *, before: int | None, limit: int) -> AuditPage:
        """The latest first."""
