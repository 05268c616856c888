"""The figures of the office: computed once for each state of the registry and of the startups."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from matcher.domain.accounts import Actor
from matcher.domain.carriers import Carrier
from matcher.domain.office_figures import OfficeFigures, Residents, Standing
from matcher.domain.permissions import Action, require
from matcher.domain.small_cells import Flow, shown
from matcher.domain.startup_records import StartupChanges
from matcher.domain.startups import Profile, Scope
from matcher.domain.targets import LEVELS_OF, Target
from matcher.evaluation.attention import attention
from matcher.evaluation.demand import demand, needs
from matcher.ports import Ranker, Transactions
from matcher.ranking.board import Board
from matcher.ranking.standings import Standings
from matcher.services.all_startups import ListedStartups
from matcher.services.recommend import DEFAULT_K, gets_a_list

AT_ONCE = 512  # startups whose pairs are scored in one pass
World = tuple[str, StartupChanges, str, date]


@dataclass
class OfficeBoard:
    """One instance serves all requests; it keeps nothing of a single startup."""

    transactions: Transactions
    board: Callable[[], Board]
    everybodys: Callable[[], ListedStartups]
    ranker: Ranker  # as it serves startups
    targets: tuple[Target, ...] = ()
    _known: tuple[World, OfficeFigures] | None = field(default=None, init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def __call__(self, actor: Actor, *, now: datetime) -> OfficeFigures:
        """All startups that get a list, in the home scope; what carriers have admitted is asked for each time.

        Raises:
            SignInNeeded, NotAllowed: who asks is not of an office.
        """
        require(actor, Action.READ_COUNTS)
        figures = self._figures(now.date())
        with self.transactions() as uow:
            return replace(figures, residents=residents([one.year for one in uow.leads.admitted()]))

    def _figures(self, on: date) -> OfficeFigures:
        with self._lock:  # who comes second waits for what the first one computes
            board, listed = self.board(), self.everybodys()
            world = (board.registry.version.version, listed.changes, self.ranker.id, on)
            if self._known is None or self._known[0] != world:
                self._known = world, self._computed(board, listed, on)
            return self._known[1]

    def _computed(self, board: Board, listed: ListedStartups, on: date) -> OfficeFigures:
        profiles = [one.profile for one in listed.startups if gets_a_list(one.profile)]
        carriers = board.carriers_of_scope[Scope.HOME]
        taxonomy = board.registry.taxonomy
        by_field = demand(profiles, carriers, taxonomy)
        seen = None
        if by_field.total.n is not None:
            standings = Standings(board, self.ranker, Scope.HOME, on)
            seen = attention(times_listed(profiles, standings, DEFAULT_K), carriers, DEFAULT_K)
        return OfficeFigures(
            demand=by_field,
            needs=needs(profiles, carriers, taxonomy),
            attention=seen,
            residents=None,
            standings=[standing(target, carriers) for target in self.targets],
        )


def times_listed(profiles: Sequence[Profile], standings: Standings, k: int) -> NDArray[np.int64]:
    """Of each carrier of the scope, in how many lists it is among the first k, as the startups are shown them."""
    times = np.zeros(len(standings.rows), np.int64)
    for start in range(0, len(profiles), AT_ONCE):
        for one in standings.of(profiles[start : start + AT_ONCE]):
            times[one.order[:k]] += 1
    return times


def residents(years: Sequence[int]) -> Residents | None:
    """Those admitted, by the year of admission; None where nobody is on record."""
    if not years:
        return None
    by_year = sorted(Counter(years).items())
    counts = shown([*(Flow("all", "sum", n) for _, n in by_year), Flow("sum", "all", len(years))])
    return Residents(
        total=counts[-1], by_year=tuple((year, one) for (year, _), one in zip(by_year, counts, strict=False))
    )


def standing(target: Target, carriers: Sequence[Carrier]) -> Standing:
    """What these carriers' records say about a target."""
    if target.measure is None:
        return Standing(target=target, known=None, n_unknown=None)
    return Standing(
        target=target,
        known=sum(one.level in LEVELS_OF[target.measure] for one in carriers),
        n_unknown=sum(one.level is None for one in carriers),
    )
