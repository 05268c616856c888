"""Moves a lead along the pipeline, and plans what comes next."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Actor
from matcher.domain.ids import CarrierId
from matcher.domain.leads import Lead, LeadId
from matcher.ports import Transactions
from matcher.services.lead_changes import (
    Change,
    Replan,
    WantedStep,
    replanned,
    stepped,
    visible_lead,
    write,
    writer_of,
)
from matcher.services.register_startup import Once


@dataclass
class MoveLead:
    """Each method raises SignInNeeded or NotAllowed where it is no carrier's staff that asks."""

    transactions: Transactions

    def step(
        self,
        actor: Actor,
        carrier: CarrierId,
        lead_id: LeadId,
        wanted: WantedStep,
        *,
        expected: int | None,
        now: datetime,
        once: Once | None = None,
    ) -> Lead:
        """The lead after this step, which is kept with who made it; with a key that came before, as it stands now.

        Args:
            actor: who asks.
            carrier: whose lead it is.
            lead_id: of the lead.
            wanted: the step.
            expected: version that it rests on; None takes any.
            now: when.
            once: so that the same call again makes no second step.

        Raises:
            CarrierNotFound: there is none, or it is another's.
            LeadNotFound: there is none, it is of another carrier, or the startup is not to be seen any more.
            Outdated: the lead has another version by now.
            IllegalStep: that step cannot follow, or needs a consent.
            KeyReused: the key came before with other content.
            InvalidField: a note is too long or no text, or a reason is missing or too many.
        """
        writer = writer_of(actor, carrier, now)
        with self.transactions() as uow:
            uow.lock()
            before = visible_lead(uow, carrier, lead_id)
            if once is not None:
                if uow.keys.known(writer.account, once.key, once.content_hash) is not None:
                    return before
                uow.keys.keep(writer.account, once.key, once.content_hash, {"id": lead_id}, now=now)
            before.require_version(expected)
            change = stepped(uow, Change(before), wanted, writer)
            write(uow, change)
            uow.commit()
        return change.lead

    def plan(
        self,
        actor: Actor,
        carrier: CarrierId,
        lead_id: LeadId,
        replan: Replan,
        *,
        expected: int | None,
        now: datetime,
    ) -> Lead:
        """The lead with another plan; one that says the same is no change.

        Args:
            actor: who asks.
            carrier: whose lead it is.
            lead_id: of the lead.
            replan: from what stands there to what is to stand there.
            expected: version that it rests on; None takes any.
            now: when.

        Raises:
            CarrierNotFound: there is none, or it is another's.
            LeadNotFound: there is none, it is of another carrier, or the startup is not to be seen any more.
            Outdated: the lead has another version by now.
            InvalidField: the owner is not of this carrier's staff, or a value cannot be kept.
        """
        writer = writer_of(actor, carrier, now)
        with self.transactions() as uow:
            uow.lock()
            before = visible_lead(uow, carrier, lead_id)
            before.require_version(expected)
            change = replanned(uow, Change(before), replan, writer)
            write(uow, change)
            uow.commit()
        return change.lead
