"""Finds, on the day of a run, which incubatees are to move on and which carriers further along the chain suit them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from matcher.domain.eligibility import startup_facts
from matcher.domain.handovers import MOST_NEXT, Due, Handover, Incubatee, NextCarrier, due, later_steps, step_of
from matcher.domain.startup_records import ReadStartup
from matcher.domain.startups import Profile, Scope
from matcher.ports import Ranker, Transactions
from matcher.ranking.board import Board
from matcher.ranking.standings import Standings


@dataclass(frozen=True)
class FindHandovers:
    """Who is to stay on gets none; who was read by another reader waits until it is read anew."""

    transactions: Transactions
    board: Callable[[], Board]
    ranker: Ranker
    reader_id: str

    def __call__(self, scope: Scope, on: date) -> list[Handover]:
        """By startup and carrier.

        Args:
            scope: how far to look for next carriers.
            on: day on which rules are applied.
        """
        board = self.board()
        with self.transactions() as uow:
            found = uow.handovers.incubatees()
            records = uow.startups.by_id({one.startup for one in found})
            open_ones = [one for one in found if one.startup in records and records[one.startup].withdrawn_at is None]
            read = {one.startup: uow.startups.read(one.startup) for one in open_ones}
        standings = Standings(board, self.ranker, scope, on)
        made = (self._handover(one, read[one.startup], standings) for one in open_ones)
        return [one for one in made if one is not None]

    def _handover(self, one: Incubatee, read: ReadStartup | None, standings: Standings) -> Handover | None:
        registry = standings.board.registry
        carrier = registry.by_id.get(one.carrier)
        if carrier is None or read is None or read.reader_id != self.reader_id:
            return None
        facts = startup_facts(read.profile, registry.taxonomy)
        why = due(one, carrier, facts, registry.entry_rules, standings.on)
        return None if why is None else _handover(one, why, _next(one, read.profile, standings))


def _next(one: Incubatee, profile: Profile, standings: Standings) -> tuple[NextCarrier, ...]:
    """The best of those that no rule and no wish takes off, as in the startup's own list."""
    taxonomy = standings.board.registry.taxonomy
    steps = later_steps(standings.board.registry.by_id[one.carrier].kind, taxonomy)
    [standing] = standings.of([profile])
    found = []
    for place in standing.order.tolist():
        carrier = standings.carriers[place]
        step = step_of(carrier.kind, taxonomy)
        if step in steps and carrier.id != one.carrier:
            found.append(NextCarrier(carrier=carrier.id, step=step, score=float(standing.scores[place])))
    return tuple(found[:MOST_NEXT])


def _handover(one: Incubatee, why: Due, following: tuple[NextCarrier, ...]) -> Handover:
    return Handover(
        startup=one.startup,
        carrier=one.carrier,
        began_on=one.began_on,
        end=why.end,
        grounds=why.grounds,
        criteria=why.criteria,
        criteria_rule=why.criteria_rule,
        next=following,
    )
