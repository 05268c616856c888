"""What the pipelines of all carriers say to training."""

from dataclasses import dataclass
from datetime import date

from matcher.domain.interactions import Interaction
from matcher.ports import Transactions


@dataclass
class RecordedInteractions:
    transactions: Transactions

    def __call__(self, until: date) -> list[Interaction]:
        """Each step up to this day that says something, the oldest first.

        `contacted` is a lead, `visited` a visit, `admitted` an admission, `declined` the carrier's no. Only of startups
        from which models may learn: of the others there is no text to learn with.
        """
        with self.transactions() as uow:
            return uow.leads.interactions(until)
