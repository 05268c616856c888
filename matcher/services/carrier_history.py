"""What changed in the record of one's own carrier, and who changed it."""

from dataclasses import dataclass

from matcher.domain.accounts import Actor
from matcher.domain.corrections import Correction
from matcher.domain.errors import CarrierNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.permissions import Action, reaches, require
from matcher.ports import Transactions


@dataclass
class CarrierHistoryOf:
    transactions: Transactions

    def __call__(self, actor: Actor, carrier_id: CarrierId) -> list[Correction]:
        """The latest first.

        Raises:
            SignInNeeded, NotAllowed: this account has no carrier.
            CarrierNotFound: there is none, or it is another's.
        """
        require(actor, Action.READ_CARRIER_HISTORY)
        if not reaches(actor, Action.READ_CARRIER_HISTORY, carrier=carrier_id):
            raise CarrierNotFound("There is no carrier {id}.", id=carrier_id)
        with self.transactions() as uow:
            uow.carriers.get(carrier_id)
            return uow.history.of(carrier_id)
