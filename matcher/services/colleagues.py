"""Who else works for the same carrier: to say who looks after a lead, and who made a step."""

from dataclasses import dataclass

from matcher.domain.accounts import Account, Actor
from matcher.domain.ids import CarrierId
from matcher.domain.permissions import Action
from matcher.ports import Transactions
from matcher.services.show_leads import require_own


@dataclass
class Colleagues:
    transactions: Transactions

    def __call__(self, actor: Actor, carrier: CarrierId) -> list[Account]:
        """In the order of their logins, and those whose account is disabled by now: their names stand in histories.

        Raises:
            SignInNeeded, NotAllowed: it is no carrier's staff that asks.
            CarrierNotFound: there is none, or it is another's.
        """
        require_own(actor, carrier, Action.SEE_LEADS)
        with self.transactions() as uow:
            return uow.accounts.staff_of(carrier)
