"""One function per feature over a block of pairs, and one ordered tuple of them.

The name of a function is the name of its column. Both tables of a block have as many rows, or one of them has a single
row that is paired with each row of the other, or each startup faces all carriers. NaN is unknown: neither good nor bad.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from matcher.domain.taxonomy import CHAINS
from matcher.features.tables import FURTHER_INDUSTRY, CarrierTable, StartupTable

N_YOUNG_STAGES = 3  # team, seed, incubation
FloatVector = NDArray[np.float64]
FloatMatrix = NDArray[np.float64]


@dataclass(frozen=True)
class PairBlock:
    """Startups and carriers to be paired row by row, one with all, or all with all.

    Pairs are numbered along `shape`: (n_pairs,), or (n_startups, n_carriers) where the startups are
    `StartupTable.facing_all`.
    """

    startups: StartupTable
    carriers: CarrierTable
    chain_columns: tuple[int, ...]  # where the four chains stand among the industries
    wished_place: NDArray[np.float64] | None = None  # 1 where the carrier lies in a place wished for, 0 where it does
    # not, NaN where that is unknown, one for each pair; None where no place was wished for
    rated: NDArray[np.float64] | None = None  # mean grades by startups alike, two for each pair, see `PastRatings`

    @property
    def shape(self) -> tuple[int, ...]:
        n_startups, n_carriers = len(self.startups), len(self.carriers)
        if self.startups.subfields.ndim > self.carriers.serves_subfield.ndim:
            return n_startups, n_carriers
        return (min(n_startups, n_carriers) and max(n_startups, n_carriers),)  # nobody pairs with nobody

    @property
    def n_pairs(self) -> int:
        return prod(self.shape)


def _expected(probabilities: FloatMatrix, values: FloatMatrix) -> FloatVector:
    """The mean of values under probabilities, pair by pair; a row of NaN stays NaN."""
    expected: FloatVector
    if probabilities.ndim > values.ndim:
        expected = probabilities[:, 0] @ values.T
    elif len(probabilities) == 1:
        expected = values @ probabilities[0]
    elif len(values) == 1:
        expected = probabilities @ values[0]
    else:
        expected = np.einsum("ij,ij->i", probabilities, values)
    return expected


def _coverage(asked: NDArray[np.uint64], offered: NDArray[np.uint64]) -> FloatVector:
    """Share of what is asked for that is offered; NaN where nothing is asked for or nothing is known to be offered."""
    n_asked = np.bitwise_count(asked).astype(np.float64)
    shared = np.bitwise_count(asked & offered).astype(np.float64)
    known = (n_asked > 0) & (offered > 0)
    coverage: FloatVector = np.divide(shared, n_asked, out=np.full(known.shape, np.nan), where=known)
    return coverage


def subfield_match(pairs: PairBlock) -> FloatVector:
    """How probably the carrier serves the startup's main sub-field, in [0, 1]; NaN where it names none."""
    return _expected(pairs.startups.subfields, pairs.carriers.serves_subfield)


def industry_match(pairs: PairBlock) -> FloatVector:
    """How probably the carrier serves the startup's industry, in [0, 1]; NaN where it names none."""
    return _expected(pairs.startups.industries, pairs.carriers.serves_industry)


def near_field(pairs: PairBlock) -> FloatVector:
    """How probably the startup's industry is adjacent to one that the carrier serves, in [0, 1]."""
    return _expected(pairs.startups.industries, pairs.carriers.near_industry)


def general_home(pairs: PairBlock) -> FloatVector:
    """1 where the carrier takes firms of any field; 0 where it has fields of its own."""
    return pairs.carriers.general_home


def open_to_others(pairs: PairBlock) -> FloatVector:
    """How probably the startup is in no core chain while the carrier takes firms of any field, in [0, 1]."""
    in_a_chain = pairs.startups.industries[..., pairs.chain_columns].sum(axis=-1)
    open_to: FloatVector = (1 - in_a_chain) * pairs.carriers.general_home
    return open_to


def core_park(pairs: PairBlock) -> FloatVector:
    """How probably the carrier is the core park of the startup's chain, in [0, 1]."""
    return _expected(pairs.startups.industries[..., pairs.chain_columns], pairs.carriers.core_park_of)


def text_similarity(pairs: PairBlock) -> FloatVector:
    """Cosine of the two descriptions' centred embeddings, in [-1, 1]; NaN where either side has no words."""
    startups, carriers = (side.embedding.astype(np.float64) for side in (pairs.startups, pairs.carriers))
    described = startups.any(axis=-1) & carriers.any(axis=-1)
    return np.where(described, _expected(startups, carriers), np.nan)


def stage_fit(pairs: PairBlock) -> FloatVector:
    """How well the carrier's kind suits the startup's stage, in [0, 1]; NaN where either is unknown."""
    return _expected(pairs.startups.stages, pairs.carriers.stage_fit)


def service_coverage(pairs: PairBlock) -> FloatVector:
    """Share of the services asked for that the carrier is known to offer, in [0, 1]; NaN where nothing is known."""
    return _coverage(pairs.startups.services, pairs.carriers.services)


def capability_coverage(pairs: PairBlock) -> FloatVector:
    """Share of the platform capabilities asked for that the carrier is known to have, in [0, 1]; else NaN."""
    return _coverage(pairs.startups.capabilities, pairs.carriers.capabilities)


def site_coverage(pairs: PairBlock) -> FloatVector:
    """Share of the site needs that the carrier is known to meet, in [0, 1]; else NaN."""
    return _coverage(pairs.startups.site, pairs.carriers.site)


def off_field(pairs: PairBlock) -> FloatVector:
    """How probably the startup lies outside a specialised carrier's field, in [0, 1]; NaN if it may be general."""
    specialised = np.where(pairs.carriers.specialised == 1, 1.0, np.nan)
    outside: FloatVector = specialised * (1 - np.minimum(1.0, industry_match(pairs) / FURTHER_INDUSTRY))
    return outside


def in_wished_place(pairs: PairBlock) -> FloatVector:
    """1 where the carrier lies in a district or city that the startup wishes for, else 0; NaN without a wish."""
    return np.full(pairs.shape, np.nan) if pairs.wished_place is None else pairs.wished_place


def openness(pairs: PairBlock) -> FloatVector:
    """1 operating, less under construction, least planned; NaN where the state is unknown."""
    return pairs.carriers.openness


def space_not_ready(pairs: PairBlock) -> FloatVector:
    """How probably space is needed now while the carrier is not open yet, in [0, 1].

    A young firm that names a site need is taken to need it now; an expansion in growth or volume production has time.
    """
    young = pairs.startups.stages[..., :N_YOUNG_STAGES].sum(axis=-1)
    needs_it_now = np.where(pairs.startups.site > 0, np.nan_to_num(young, nan=1.0), 0.0)
    not_ready: FloatVector = needs_it_now * (pairs.carriers.openness < 1)
    return not_ready


def level(pairs: PairBlock) -> FloatVector:
    """The carrier's recognition, in [0, 1]; NaN where not known."""
    return pairs.carriers.level


def rated_in_field_and_stage(pairs: PairBlock) -> FloatVector:
    """Mean grade, 0 to 3, by past startups alike in field and stage; NaN where nothing was recorded."""
    return np.full(pairs.shape, np.nan) if pairs.rated is None else pairs.rated[..., 0]


def rated_in_industry(pairs: PairBlock) -> FloatVector:
    """Mean grade, 0 to 3, by past startups of the same industry; NaN where nothing was recorded."""
    return np.full(pairs.shape, np.nan) if pairs.rated is None else pairs.rated[..., 1]


PAIR_FEATURES: tuple[Callable[[PairBlock], FloatVector], ...] = (
    subfield_match, industry_match, near_field, general_home, open_to_others, core_park, text_similarity, stage_fit,
    service_coverage, capability_coverage, site_coverage, in_wished_place, off_field, openness,
    space_not_ready, level, rated_in_field_and_stage, rated_in_industry,
)  # fmt: skip
FEATURE_NAMES = tuple(feature.__name__ for feature in PAIR_FEATURES)


def pair_features(pairs: PairBlock) -> FloatMatrix:
    """Shape (n_pairs, n_features), columns in the order of PAIR_FEATURES."""
    features = np.empty((*pairs.shape, len(PAIR_FEATURES)))
    with np.errstate(invalid="ignore"):
        for column, feature in enumerate(PAIR_FEATURES):
            features[..., column] = feature(pairs)
    return features.reshape(-1, len(PAIR_FEATURES))


def chain_columns(industries: tuple[str, ...]) -> tuple[int, ...]:
    """Where the four chains stand among the industries."""
    return tuple(industries.index(chain) for chain in CHAINS)
