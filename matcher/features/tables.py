"""Startups and carriers as columns of numbers, one row each: what pair features are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.domain.carriers import Carrier, Status
from matcher.domain.ids import TermId
from matcher.domain.startups import Profile
from matcher.domain.taxonomy import CHAINS, Facet, Taxonomy
from matcher.features.kinds import LEVEL_RANK, fit_of_kind

Floats = NDArray[np.float64]
Masks = NDArray[np.uint64]
OPENNESS = {Status.OPERATING: 1.0, Status.UNDER_CONSTRUCTION: 0.4, Status.PLANNED: 0.2, Status.UNKNOWN: np.nan}
FURTHER_INDUSTRY = 0.8  # a field that a carrier names after its first: served, but not its centre
RELATED_SUBFIELD = 0.5  # a neighbour named by the vocabulary counts half


@dataclass(frozen=True)
class StartupTable:
    """One row per startup; NaN is unknown. Masks hold one bit per term, in the vocabulary's order."""

    subfields: Floats  # probabilities, shape (n, n_subfields)
    industries: Floats  # probabilities, shape (n, n_industries)
    stages: Floats  # probabilities, shape (n, n_stages); a row of NaN where the stage cannot be told
    services: Masks  # asked for, shape (n,)
    capabilities: Masks
    site: Masks
    embedding: NDArray[np.float32]  # shape (n, dims)

    def __len__(self) -> int:
        return len(self.subfields)

    def rows(self, chosen: NDArray[np.int64] | slice) -> Self:
        """The same columns for some rows."""
        return type(self)(**{column.name: getattr(self, column.name)[chosen] for column in fields(self)})

    def facing_all(self) -> Self:
        """The same with an axis for carriers behind that of the startups: each is paired with every carrier."""
        return type(self)(**{column.name: getattr(self, column.name)[:, None] for column in fields(self)})


@dataclass(frozen=True)
class CarrierTable:
    """One row per carrier; NaN is unknown."""

    serves_subfield: Floats  # in [0, 1], shape (m, n_subfields); a row of NaN where none is named
    serves_industry: Floats  # in [0, 1], shape (m, n_industries); a row of NaN where none is named
    near_industry: Floats  # 1 where an adjacent industry is near one that the carrier serves
    specialised: Floats  # 1 yes, 0 no
    general_home: Floats  # 1 where it takes firms of any field: it names none, or says so
    core_park_of: Floats  # 1 where it is the core park of a chain, shape (m, 4)
    stage_fit: Floats  # in [0, 1], shape (m, n_stages); a row of NaN where the kind is unknown
    services: Masks  # offered, shape (m,); 0 where none is known
    capabilities: Masks
    site: Masks
    openness: Floats  # in [0, 1]
    level: Floats  # in [0, 1]
    embedding: NDArray[np.float32]  # shape (m, dims)

    def __len__(self) -> int:
        return len(self.serves_subfield)

    def rows(self, chosen: NDArray[np.int64] | slice) -> Self:
        """The same columns for some rows."""
        return type(self)(**{column.name: getattr(self, column.name)[chosen] for column in fields(self)})


def mask_of(terms: Sequence[TermId], order: Sequence[TermId]) -> np.uint64:
    """One bit per term that is in the order; others are left out."""
    if not terms:
        return np.uint64(0)
    place = {term: number for number, term in enumerate(order)}
    return np.uint64(sum(1 << place[term] for term in set(terms) if term in place))


def startup_table(profiles: Sequence[Profile], taxonomy: Taxonomy) -> StartupTable:
    """Profiles as columns; a startup without any field left has probabilities of zero."""
    masks = {
        name: np.array(
            [mask_of([finding.id for finding in getattr(profile, name)], taxonomy.ids(facet)) for profile in profiles],
            np.uint64,
        )
        for name, facet in (("services", Facet.SERVICE), ("capabilities", Facet.CAPABILITY), ("site", Facet.SITE))
    }
    return StartupTable(
        subfields=np.array([profile.subfield_probabilities for profile in profiles]),
        industries=np.array([profile.industry_probabilities for profile in profiles]),
        stages=np.array([_stage_row(profile) for profile in profiles]),
        embedding=np.array([profile.embedding for profile in profiles], np.float32),
        **masks,
    )


def _stage_row(profile: Profile) -> Floats:
    total = float(profile.stage_probabilities.sum())
    if profile.stage is None or total <= 0:
        return np.full(len(profile.stage_probabilities), np.nan)
    return profile.stage_probabilities / total


def carrier_table(
    carriers: Sequence[Carrier],
    taxonomy: Taxonomy,
    embedding: NDArray[np.float32],
    core_parks: Sequence[Sequence[bool]],
) -> CarrierTable:
    """Records as columns.

    Args:
        carriers: one row each.
        taxonomy: gives the order of all columns.
        embedding: of the descriptions, shape (n_carriers, dims).
        core_parks: for each carrier, whether it is the core park of each of the four chains.
    """
    subfields, industries = taxonomy.ids(Facet.SUBFIELD), taxonomy.ids(Facet.INDUSTRY)
    stages = taxonomy.ids(Facet.STAGE)
    return CarrierTable(
        serves_subfield=_matrix([_subfield_row(one, subfields, taxonomy) for one in carriers], len(subfields)),
        serves_industry=_matrix([_industry_row(one, industries) for one in carriers], len(industries)),
        near_industry=_matrix([_near_row(one, industries, taxonomy) for one in carriers], len(industries)),
        specialised=np.array([np.nan if one.specialised is None else float(one.specialised) for one in carriers]),
        general_home=np.array(
            [float(one.specialised is False or (one.specialised is None and not one.industries)) for one in carriers]
        ),
        core_park_of=_matrix(core_parks, len(CHAINS)),
        stage_fit=_matrix([[fit_of_kind(one.kind, stage) for stage in stages] for one in carriers], len(stages)),
        services=np.array([mask_of(one.services, taxonomy.ids(Facet.SERVICE)) for one in carriers], np.uint64),
        capabilities=np.array(
            [mask_of(one.capabilities, taxonomy.ids(Facet.CAPABILITY)) for one in carriers], np.uint64
        ),
        site=np.array([mask_of(one.site, taxonomy.ids(Facet.SITE)) for one in carriers], np.uint64),
        openness=np.array([OPENNESS[one.status] for one in carriers]),
        level=np.array([np.nan if one.level is None else LEVEL_RANK.get(one.level, np.nan) for one in carriers]),
        embedding=embedding,
    )


def _matrix(rows: Sequence[Sequence[float]] | Sequence[Floats], n_columns: int) -> Floats:
    """Shape (n_rows, n_columns), also where there are no rows."""
    return np.array(rows, np.float64).reshape(-1, n_columns)


def _subfield_row(carrier: Carrier, subfields: Sequence[TermId], taxonomy: Taxonomy) -> Floats:
    if not carrier.subfields:
        return np.full(len(subfields), np.nan)
    related = {near for name in carrier.subfields for near in taxonomy.related(name)}
    return np.array(
        [1.0 if name in carrier.subfields else RELATED_SUBFIELD if name in related else 0.0 for name in subfields]
    )


def _industry_row(carrier: Carrier, industries: Sequence[TermId]) -> Floats:
    if not carrier.industries:
        return np.full(len(industries), np.nan)
    return np.array(
        [
            1.0 if name == carrier.industries[0] else FURTHER_INDUSTRY if name in carrier.industries else 0.0
            for name in industries
        ]
    )


def _near_row(carrier: Carrier, industries: Sequence[TermId], taxonomy: Taxonomy) -> Floats:
    return np.array(
        [
            float(name not in carrier.industries and any(near in carrier.industries for near in taxonomy.near(name)))
            for name in industries
        ]
    )
