"""What the office may know: counts by field, stage, need and carrier, none of startups below five."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Texts
from matcher.domain.small_cells import Count
from matcher.domain.targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Carriers that name a field; places left are unknown, not none, where no carrier has told them."""

    n_open: int
    n_planned: int  # or under construction
    places_left: int | None  # of those that have told; None where none has
    n_places_unknown: int  # carriers that have not told


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An industry or a sub-field, with who is in it and who serves it."""

    id: TermId
    part_of: TermId | None  # the industry of a sub-field
    startups: Count
    by_stage: tuple[Count, ...]  # in the order of `Demand.stages`; empty for a sub-field
    supply: Supply


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Startups that get a list, by field and stage, each in one industry and at most one sub-field."""

    total: Count
    stages: tuple[TermId | None, ...]  # None: cannot be told
    by_stage: tuple[Count, ...]
    industries: tuple[Field, ...]
    subfields: tuple[Field, ...]
    without_subfield: dict[TermId, Count]  # by industry
    n_carriers: int  # in scope
    n_any_field: int  # of them, those that name no field or take firms of any


class Offer(StrEnum):
    """Whether a need is known to be met by anybody in scope."""

    OFFERED = "offered"
    NOWHERE = "nowhere"  # records speak of such things, none names this one
    UNKNOWN = "unknown"  # no record speaks of such things


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A service, capability or site need, how many ask for it and how many are known to offer it."""

    id: TermId
    asked: Count
    n_offering: int
    n_speaking: int  # carriers whose record names anything of this kind
    n_silent: int  # carriers whose record names nothing of this kind

    @property
    def offer(self) -> Offer:
        if self.n_offering:
            return Offer.OFFERED
        return Offer.NOWHERE if self.n_speaking else Offer.UNKNOWN


class Size(StrEnum):
    """Of a carrier, by its area; 10,000 m² is the bar of the national rule of 2018."""

    SMALL = "small"  # below 10,000 m²
    MEDIUM = "medium"
    LARGE = "large"  # 100,000 m² or more
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierAttention:
    """In how many startups' lists a carrier stands among the first."""

    id: CarrierId
    name: Texts
    kind: TermId | None
    size: Size
    lists: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAttention:
    """How many of the first places of all lists fall to the carriers of one kind or size."""

    id: TermId | Size | None  # None: kind unknown
    n_carriers: int
    places: Count
    share: float | None  # of all first places; None where it would tell `places`


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Who gets seen; nothing of it is told where the number of lists may not be."""

    k: int  # places of a list that count
    n_places: int  # of all lists together
    carriers: tuple[CarrierAttention, ...]  # most often seen first
    by_kind: tuple[GroupAttention, ...]
    by_size: tuple[GroupAttention, ...]
    gini_at_least: float  # in [0, 1], over the carriers in scope, from what is shown alone

    @property
    def starved(self) -> tuple[CarrierAttention, ...]:
        """In fewer than five lists."""
        return tuple(one for one in self.carriers if one.lists.few)


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """Startups that carriers have admitted and that have not graduated yet."""

    total: Count
    by_year: tuple[tuple[int, Count], ...]  # of admission


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A target beside what the registry holds today."""

    target: Target
    known: int | None  # None: nothing in the registry compares
    n_unknown: int | None  # carriers in scope of which the fact is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFigures:
    """All charts of the office at one moment."""

    demand: Demand
    needs: tuple[Need, ...]
    attention: Attention | None  # None: too few startups
    residents: Residents | None  # None: no admission is on record
    standings: Sequence[Standing]

    @property
    def gaps(self) -> tuple[Need, ...]:
        """Asked for by five or more, and not known to be offered by anybody in scope, most asked for first."""
        found = [one for one in self.needs if one.asked.n is not None and one.offer is not Offer.OFFERED]
        return tuple(sorted(found, key=lambda one: (-(one.asked.n or 0), one.id)))
