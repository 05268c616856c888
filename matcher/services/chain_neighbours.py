"""Who stands before and after a carrier in its field: makerspace, incubator, accelerator, park."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.domain.carriers import Carrier, Role
from matcher.domain.ids import TermId
from matcher.domain.registry import Registry
from matcher.domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of carrier on the way of a firm; None stands for kinds beside it, such as university parks."""

    kind: TermId | None
    carriers: tuple[Carrier, ...]  # by id
    is_own: bool  # whether the carrier that was asked for stands here


@dataclass(frozen=True, slots=True)
class Neighbours:
    industry: TermId
    city: str
    steps: tuple[Step, ...]  # in the order in which firms are handed on
    partners: tuple[Carrier, ...]


def chain_neighbours(registry: Registry, carrier: Carrier) -> Neighbours | None:
    """Carriers of the same city that name its weightiest industry; None where its industry or city is not known."""
    if not carrier.industries or carrier.city is None:
        return None
    industry, city = carrier.industries[0], carrier.city
    partners = [one for one in _near(registry, industry, city) if one.role is Role.PARTNER and one.id != carrier.id]
    return Neighbours(industry, city, way_in(registry, industry, city, carrier), tuple(partners))


def way_in(registry: Registry, industry: str, city: str, own: Carrier | None = None) -> tuple[Step, ...]:
    """All steps of one industry in one city, also those on which nobody is known to stand."""
    taxonomy = registry.taxonomy
    homes = [one for one in _near(registry, industry, city) if one.role is Role.CARRIER]
    steps: list[TermId | None] = [*taxonomy.handover_chain, None]
    return tuple(_step(kind, homes, own, taxonomy) for kind in steps)


def step_of(carrier: Carrier, taxonomy: Taxonomy) -> TermId | None:
    """The step of its kind, or of the kind that this one belongs to; None where it stands beside the way."""
    kind = carrier.kind
    while kind is not None and kind not in taxonomy.handover_chain:
        term = taxonomy.by_id.get(kind)
        kind = term.parent if term else None
    return kind


def _near(registry: Registry, industry: str, city: str) -> list[Carrier]:
    return [one for one in registry.carriers if industry in one.industries and one.city == city]


def _step(kind: TermId | None, homes: Iterable[Carrier], own: Carrier | None, taxonomy: Taxonomy) -> Step:
    found = tuple(one for one in homes if step_of(one, taxonomy) == kind)
    return Step(kind, found, own is not None and any(one.id == own.id for one in found))
