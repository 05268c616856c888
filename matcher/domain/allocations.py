"""How places were shared out: what is asked for, and what came of it in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.domain.errors import InvalidField

MOST_CHOICES = 100  # carriers of a startup
MOST_PLACES = 1_000_000  # of a carrier


class Method(StrEnum):
    """What shares the places out."""

    FLOW = "flow"  # exact: the most good visits that these pairs allow
    PRICES = "prices"  # an auction, within a stated gap of that
    ORDERS = "orders"  # deferred acceptance: no startup and carrier would both rather have each other


class WhyLeftOut(StrEnum):
    """Why a startup is placed nowhere; the first that holds."""

    NO_PAIR = "no_pair"  # it has no list, or nobody in it may take it
    UNKNOWN_PLACES = "unknown_places"  # nobody in its list has told how many places are left
    NO_PLACES = "no_places"  # nobody in its list has any
    TAKEN = "taken"  # the places of those in its list went to others


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationOrder:
    """How places are to be shared out."""

    k: int = 1  # most carriers of a startup
    method: Method | None = None  # None: exact where that can be had, else by price

    def __post_init__(self) -> None:
        if not 1 <= self.k <= MOST_CHOICES:
            raise InvalidField("{name} lies between 1 and {limit}.", field="k", name="k", limit=MOST_CHOICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeClass:
    """Carriers with about as many places: how much they are seen without and with the allocation."""

    at_least: int  # places; up to those of the next class
    n_carriers: int
    n_places: int
    n_wished: int  # how often startups had them among their k best, whatever the places
    n_placed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationFigures:
    """An allocation in numbers."""

    method: Method
    k: int
    n_startups: int
    n_carriers: int
    n_unknown: int  # carriers that have not told how many places are left: nobody is placed there
    n_places: int  # known ones
    n_placed: int  # pairs
    n_startups_placed: int
    filled: float  # share of what places and wishes together allow, in [0, 1]; NaN where they allow nothing
    worth: float  # sum over the pairs placed
    bound: float  # no allocation of these places is worth more, among all pairs that were looked at
    expected: float | None  # good visits that come of it by the calibrated probabilities; None where there are none
    left_out: Mapping[WhyLeftOut, int] = field(default_factory=dict)
    first_choices: float  # share of the pairs placed that are among as many best of the startup; NaN without pairs
    ranks_lost: float  # places that a pair placed stands further down than in the free list, mean; NaN without pairs
    most_ranks_lost: int
    n_envious: int  # startups that want a place more than one who holds it, and that the carrier would rather have
    n_wasted: int  # startups that lack a carrier while one of their list has a place left
    sizes: tuple[SizeClass, ...] = ()

    @property
    def gap(self) -> float:
        """Share of the bound that may be missing, in [0, 1]; 0 where nothing was to be had."""
        return 1 - self.worth / self.bound if self.bound > 0 else 0.0
