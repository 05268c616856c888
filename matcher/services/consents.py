"""A startup's owner says which carriers may know who the startup is, and takes it back."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import AccountId, Actor
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.consents import Consent, ConsentRequest
from matcher.domain.errors import CarrierNotFound, ConsentNotFound, InvalidField
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.permissions import Action, require
from matcher.ports import Transactions, UnitOfWork


@dataclass
class OwnConsents:
    """Each method raises SignInNeeded or NotAllowed where it is not a startup's account that asks, and StartupNotFound.

    The latter where there is no such startup, and in the same words where it is another's.
    """

    transactions: Transactions

    def give(self, actor: Actor, startup: StartupId, carrier: CarrierId, *, now: datetime) -> Consent:
        """The consent; one that is in force stays as it is.

        Raises:
            InvalidField: there is no such carrier.
        """
        owner = require(actor, Action.GIVE_CONSENT)
        with self.transactions() as uow:
            uow.lock()
            uow.startups.get(startup, owner=owner)
            _require_carrier(uow, carrier)
            before = uow.consents.in_force(startup, carrier)
            if before is not None:
                return before
            consent = Consent(startup=startup, carrier=carrier, given_at=now)
            uow.consents.give(consent, owner)
            for lead in uow.leads.of(carrier, [startup]).values():
                uow.leads.replace(lead.answered(now, refused=False))
            uow.audit.add([_entry(owner, startup, carrier, Event.CONSENT_GIVEN, now)])
            uow.commit()
        return consent

    def all(self, actor: Actor, startup: StartupId) -> list[Consent]:
        """The latest first, withdrawn ones too."""
        owner = require(actor, Action.LIST_CONSENTS)
        with self.transactions() as uow:
            uow.startups.get(startup, owner=owner)
            return uow.consents.of(startup)

    def withdraw(self, actor: Actor, startup: StartupId, carrier: CarrierId, *, now: datetime) -> Consent:
        """The consent as it ends now: from the next moment on the carrier sees the card only.

        Raises:
            ConsentNotFound: none is in force.
        """
        owner = require(actor, Action.WITHDRAW_CONSENT)
        with self.transactions() as uow:
            uow.lock()
            uow.startups.get(startup, owner=owner)
            consent = uow.consents.in_force(startup, carrier)
            if consent is None:
                raise ConsentNotFound("No consent to the carrier {id} is in force.", id=carrier)
            uow.consents.withdraw(startup, carrier, now)
            uow.audit.add([_entry(owner, startup, carrier, Event.CONSENT_WITHDRAWN, now)])
            uow.commit()
        return consent.withdrawn(now)

    def requests(self, actor: Actor, startup: StartupId) -> list[ConsentRequest]:
        """Of the carriers that have asked and are not answered yet, or were refused; the latest first."""
        owner = require(actor, Action.LIST_CONSENTS)
        with self.transactions() as uow:
            uow.startups.get(startup, owner=owner)
            consented = {one.carrier for one in uow.consents.of(startup) if one.is_in_force}
            return [one for one in uow.leads.requests(startup) if one.carrier not in consented]

    def refuse(self, actor: Actor, startup: StartupId, carrier: CarrierId, *, now: datetime) -> ConsentRequest:
        """The request as it is answered now; it is not asked again.

        Raises:
            ConsentNotFound: this carrier has not asked, or has been given its consent.
        """
        owner = require(actor, Action.WITHDRAW_CONSENT)
        with self.transactions() as uow:
            uow.lock()
            uow.startups.get(startup, owner=owner)
            lead = uow.leads.of(carrier, [startup]).get(startup)
            asked_at = lead.asked_at if lead else None
            if lead is None or asked_at is None or uow.consents.in_force(startup, carrier) is not None:
                raise ConsentNotFound("The carrier {id} has not asked for a consent that is still open.", id=carrier)
            if lead.refused_at is None:
                lead = lead.answered(now, refused=True)
                uow.leads.replace(lead)
                uow.audit.add([_entry(owner, startup, carrier, Event.CONSENT_REFUSED, now)])
                uow.commit()
        return ConsentRequest(startup=startup, carrier=carrier, asked_at=asked_at, refused_at=lead.refused_at)


def _require_carrier(uow: UnitOfWork, carrier: CarrierId) -> None:
    try:
        uow.carriers.get(carrier)
    except CarrierNotFound:
        raise InvalidField("There is no carrier {id}.", field="carrier_id", id=carrier[:100]) from None


def _entry(owner: AccountId, startup: StartupId, carrier: CarrierId, event: Event, now: datetime) -> AuditEntry:
    return AuditEntry(startup=startup, account=owner, carrier=carrier, event=event, at=now)
