"""A carrier as the ranker reads it: the numbers of its row, by name, and what is unknown and so left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.accounts import Actor
from matcher.domain.carriers import Carrier, version_of
from matcher.domain.corrections import CORRECTABLE, fact_value
from matcher.domain.errors import CarrierNotFound
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.permissions import Action, reaches, require
from matcher.domain.taxonomy import CHAINS, Facet
from matcher.ports import Transactions
from matcher.ranking.board import Board


@dataclass(frozen=True, slots=True)
class Weighed:
    """A term and how much it counts, in (0, 1]."""

    term: TermId
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierPortrait:
    """What decides on a carrier's place in lists; empty and None are unknown."""

    industries: tuple[Weighed, ...]
    near: tuple[TermId, ...]  # industries beside its own, which count a little
    subfields: tuple[Weighed, ...]  # those that it names, then their neighbours
    takes_any_field: bool
    specialised: bool | None
    core_park_of: tuple[str, ...]  # chains
    stages: tuple[Weighed, ...]  # all of them, also those that it does not suit
    openness: float | None  # in [0, 1]
    level: float | None  # in [0, 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCarrier:
    """A carrier's record with the version that a correction rests on, and how the ranker reads it."""

    carrier: Carrier
    version: str
    unknown: tuple[str, ...]  # fields that could be told
    portrait: CarrierPortrait | None  # None where it is ranked nowhere: a partner, or just added


@dataclass
class OwnCarrierOf:
    transactions: Transactions
    board: Callable[[], Board]

    def __call__(self, actor: Actor, carrier_id: CarrierId) -> OwnCarrier:
        """The record as it is stored; the portrait follows a correction within a second.

        Raises:
            SignInNeeded, NotAllowed: this account corrects no carriers.
            CarrierNotFound: there is none, or it is another's.
        """
        require(actor, Action.CORRECT_CARRIER)
        if not reaches(actor, Action.CORRECT_CARRIER, carrier=carrier_id):
            raise CarrierNotFound("There is no carrier {id}.", id=carrier_id)
        with self.transactions() as uow:
            carrier = uow.carriers.get(carrier_id)
        board = self.board()
        row = next((number for number, one in enumerate(board.carriers) if one.id == carrier_id), None)
        return OwnCarrier(
            carrier=carrier,
            version=version_of(carrier),
            unknown=tuple(name for name in CORRECTABLE if fact_value(carrier, name) is None),
            portrait=None if row is None else portrait(board, row),
        )


def portrait(board: Board, row: int) -> CarrierPortrait:
    """Of the carrier in this row of the board."""
    table, taxonomy, carrier = board.table, board.registry.taxonomy, board.carriers[row]
    industries = taxonomy.ids(Facet.INDUSTRY)
    near = _weighed(industries, table.near_industry[row])
    return CarrierPortrait(
        industries=_weighed(industries, table.serves_industry[row]),
        near=tuple(one.term for one in near),
        subfields=_weighed(taxonomy.ids(Facet.SUBFIELD), table.serves_subfield[row]),
        takes_any_field=bool(table.general_home[row]),
        specialised=carrier.specialised,
        core_park_of=tuple(chain for chain, is_park in zip(CHAINS, table.core_park_of[row], strict=True) if is_park),
        stages=_all(taxonomy.ids(Facet.STAGE), table.stage_fit[row]),
        openness=_known(table.openness[row]),
        level=_known(table.level[row]),
    )


def _weighed(terms: Sequence[TermId], weights: NDArray[np.float64]) -> tuple[Weighed, ...]:
    """Those that count at all, the weightiest first; NaN, which is unknown, does not."""
    found = [Weighed(term, float(weight)) for term, weight in zip(terms, weights, strict=True) if weight > 0]
    return tuple(sorted(found, key=lambda one: -one.weight))


def _all(terms: Sequence[TermId], weights: NDArray[np.float64]) -> tuple[Weighed, ...]:
    """In their own order; none where they are unknown."""
    if np.isnan(weights).any():
        return ()
    return tuple(Weighed(term, float(weight)) for term, weight in zip(terms, weights, strict=True))


def _known(number: np.float64) -> float | None:
    return None if np.isnan(number) else float(number)
