"""Whether a startup's list is that of the run in force, or has moved since."""

from dataclasses import dataclass

from matcher.domain.ids import StartupId
from matcher.domain.matches import Answer, ListOrder
from matcher.domain.run_records import RunId
from matcher.ports import Transactions


@dataclass(frozen=True)
class ServedLists:
    """Answers are computed in any case: reading the text costs more than ranking, and the reasons rest on both."""

    transactions: Transactions

    def run_of(self, answer: Answer, startup: StartupId) -> RunId | None:
        """The run in force, where its list has the same carriers and scores in the same order, of the same models.

        None where anything has moved it since, and where the run has no list of as many places.
        """
        if answer.order is not ListOrder.FIT:
            return None
        with self.transactions() as uow:
            run = uow.runs.served()
            found = None if run is None else uow.runs.list_of(run.id, startup)
        if run is None or run.inputs is None or found is None:
            return None
        if (run.wish.scope, run.inputs.models) != (answer.scope, answer.models):
            return None
        told = [(match.carrier.id, match.score) for match in answer.matches]
        kept = [(place.carrier, place.score) for place in found.places]
        if len(told) > run.wish.k or not told:
            return None
        return run.id if told == kept[: len(told)] else None
