"""The most that a pair can score, for all pairs of a block as one product of matrices.

The released ranker is nearly linear in columns of the two sides: most features are sums of products, and what its trees
correct depends on a carrier's kind alone, or is about the few carriers with a past. So each side becomes one matrix,
and their product is a bound that a score never exceeds and hardly stays below. Lists made by it are exact all the same:
whoever is not looked at further cannot come into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.domain.ids import CarrierId
from matcher.features.pairs import FEATURE_NAMES, N_YOUNG_STAGES
from matcher.features.sides import Askers, Homes
from matcher.features.tables import FURTHER_INDUSTRY, StartupTable
from matcher.ports import SeparableRanker

Floats = NDArray[np.float64]
Bounds = NDArray[np.float32]
SLACK = 0.003  # rounding of eight parts to 2 ** -12, and of the product to 24 bits
NEVER = np.float32(-1e6)  # of a pair that is in no list
STAGE, PAST = "stage_fit", ("rated_in_field_and_stage", "rated_in_industry")
MASKS = {"service_coverage": "services", "capability_coverage": "capabilities", "site_coverage": "site"}
N_BITS = 64


@dataclass(frozen=True)
class Gains:
    """What a ranker adds for each feature to the score of a pair: weight times (value - neutral)."""

    weight: dict[str, float]
    neutral: dict[str, float]
    unseen: float  # the most that trees add which look at other features than those that are looked up here

    @classmethod
    def of(cls, ranker: SeparableRanker) -> "Gains":
        looked_up = ({STAGE}, set(PAST))
        rest = [one.most for one in ranker.corrections if not any(one.features <= known for known in looked_up)]
        return cls(
            weight={one.feature: (one.startup + one.carrier) / 2 for one in ranker.weights},
            neutral={one.feature: one.neutral for one in ranker.weights},
            unseen=sum(rest),
        )

    def known(self, feature: str, values: Floats) -> Floats:
        """Of values of which NaN adds nothing."""
        return np.nan_to_num((values - self.neutral[feature]) * self.weight[feature], nan=0.0)


def added(ranker: SeparableRanker, gains: Gains, columns: dict[str, Floats]) -> Floats:
    """What the ranker adds for these features where nothing else is known; shape as that of a column."""
    shape = next(iter(columns.values())).shape
    if not np.prod(shape):
        return np.zeros(shape)
    if any(one.features & set(columns) and not one.features <= set(columns) for one in ranker.corrections):
        linear: Floats = np.sum([gains.known(name, values) for name, values in columns.items()], axis=0)
        return linear
    rows = np.full((int(np.prod(shape)), len(FEATURE_NAMES)), np.nan)
    for name, values in columns.items():
        rows[:, FEATURE_NAMES.index(name)] = values.ravel()
    startup, carrier = ranker.parts(rows)
    found: Floats = ((startup + carrier) / 2).sum(axis=1).reshape(shape)
    return found


@dataclass(frozen=True)
class PastOf:
    """The carriers of which something is recorded, and what."""

    ranker: SeparableRanker
    ids: tuple[str, ...]  # of all carriers

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Of the carriers with a past."""
        past = self.ranker.past
        if past is None or not self.ids:
            return np.zeros(0, np.int64)
        subfields, industries, stages = (np.zeros((1, n)) for n in past.n_columns)
        of_nobody = past.rated(
            subfields=subfields, industries=industries, stages=stages, carriers=[CarrierId(one) for one in self.ids]
        )
        return np.flatnonzero(~np.isnan(of_nobody[0, :, 0]))

    @cached_property
    def place(self) -> NDArray[np.int64]:
        """Of each carrier among those with a past; -1 for the others."""
        place = np.full(len(self.ids), -1, np.int64)
        place[self.rows] = np.arange(len(self.rows))
        return place

    def rated(self, startups: StartupTable) -> Floats:
        """Shape (n_startups, n_with_a_past, 2)."""
        past = self.ranker.past
        if past is None or not len(self.rows):
            return np.full((len(startups), 0, 2), np.nan)
        return past.rated(
            subfields=startups.subfields,
            industries=startups.industries,
            stages=startups.stages,
            carriers=[CarrierId(self.ids[row]) for row in self.rows.tolist()],
        )


@dataclass(frozen=True)
class BoundMaker:
    """The carriers' side of the product, made once."""

    ranker: SeparableRanker
    homes: Homes

    @cached_property
    def past(self) -> PastOf:
        return PastOf(self.ranker, self.homes.ids)

    @cached_property
    def _gains(self) -> Gains:
        return Gains.of(self.ranker)

    @cached_property
    def _stage_rows(self) -> tuple[Floats, NDArray[np.int64]]:
        """The kinds' fits without repetition, and which of them each carrier has."""
        fits, of = np.unique(np.nan_to_num(self.homes.table.stage_fit, nan=-1.0), axis=0, return_inverse=True)
        return np.where(fits < 0, np.nan, fits), of.ravel()

    def _all_columns(self) -> Floats:
        """One row per carrier, columns in the order of `_askers`."""
        table, gains = self.homes.table, self._gains
        weight, neutral = gains.weight, gains.neutral
        chains = list(self.homes.chain_columns)
        serves = np.nan_to_num(table.serves_industry)
        served = ~np.isnan(table.serves_industry[:, :1])
        centre = served * (table.specialised[:, None] == 1) * weight["off_field"]
        industries = weight["industry_match"] * serves + weight["near_field"] * table.near_industry
        industries = industries - centre * np.minimum(1.0, serves / FURTHER_INDUSTRY)
        industries[:, chains] += weight["core_park"] * table.core_park_of
        industries[:, chains] -= weight["open_to_others"] * table.general_home[:, None]
        first = -np.minimum(centre, 0.0) * (serves > FURTHER_INDUSTRY)
        named = ~np.isnan(table.serves_subfield[:, :1])
        always = (
            -weight["industry_match"] * neutral["industry_match"] * served
            - weight["subfield_match"] * neutral["subfield_match"] * named
            - weight["near_field"] * neutral["near_field"]
            - weight["core_park"] * neutral["core_park"]
            - weight["space_not_ready"] * neutral["space_not_ready"]
            + weight["open_to_others"] * (table.general_home[:, None] - neutral["open_to_others"])
            + centre * (1 - neutral["off_field"])
            + gains.known("general_home", table.general_home[:, None])
            + gains.known("openness", table.openness[:, None])
            + gains.known("level", table.level[:, None])
            + gains.unseen
            + SLACK
        )
        described = np.any(table.embedding, axis=1, keepdims=True)
        kinds, of_kind = self._stage_rows
        columns = [
            weight["text_similarity"] * table.embedding.astype(np.float64),
            -weight["text_similarity"] * neutral["text_similarity"] * described,
            weight["subfield_match"] * np.nan_to_num(table.serves_subfield),
            industries,
            first,
            always,
            weight["space_not_ready"] * (table.openness[:, None] < 1),
            np.eye(len(kinds))[of_kind],
            (np.arange(len(self.homes))[:, None] == self.past.rows).astype(np.float64),
        ]
        for feature, name in MASKS.items():
            offered = getattr(table, name)
            columns += [
                weight[feature] * _bits(offered),
                -weight[feature] * neutral[feature] * (offered > 0)[:, None],
            ]
        return np.concatenate(columns, axis=1)

    @cached_property
    def _carriers(self) -> tuple[NDArray[np.int64], Bounds]:
        """Columns in which any carrier differs from nothing, and these columns, shape (n_used, n_carriers)."""
        columns = self._all_columns()
        used = np.flatnonzero(columns.any(axis=0))
        return used, np.ascontiguousarray(columns[:, used].T, np.float32)

    @property
    def n_columns(self) -> int:
        """That the product runs over."""
        return len(self._carriers[0])

    def bounds(self, askers: Askers, out: Bounds | None = None) -> Bounds:
        """Shape (n_startups, n_carriers); NEVER where a rule or a wish excludes the pair."""
        asking, carriers = self._askers(askers), self._carriers[1]
        if len(asking) == 1:  # a vector times a matrix takes a quarter of the time of a matrix of one row
            bounds = np.matmul(asking[0], carriers, out=None if out is None else out[0])[None]
        else:
            bounds = np.matmul(asking, carriers, out=out)
        wishing = np.flatnonzero(askers.facts.wish >= 0)
        if len(wishing):
            met = self.homes.wished_by(askers.facts.wish[wishing, None], np.arange(len(self.homes)))
            bounds[wishing] += self._gains.known("in_wished_place", met).astype(np.float32)
        return exclude(bounds, askers, self.homes)

    def _askers(self, askers: Askers) -> Bounds:
        table = askers.table
        n = len(table)
        kinds, _ = self._stage_rows
        stages = added(self.ranker, self._gains, {STAGE: table.stages @ kinds.T})
        rated = self.past.rated(table)
        past = added(self.ranker, self._gains, {name: rated[..., side] for side, name in enumerate(PAST)})
        young = np.nan_to_num(table.stages[:, :N_YOUNG_STAGES].sum(axis=1), nan=1.0)
        beyond = np.minimum((1 / FURTHER_INDUSTRY - 1) * table.industries, 1 - table.industries)
        columns = [
            table.embedding,
            np.any(table.embedding, axis=1, keepdims=True),
            table.subfields,
            table.industries,
            beyond,
            np.ones((n, 1)),
            np.where(table.site > 0, young, 0.0)[:, None],
            stages,
            past,
        ]
        for name in MASKS.values():
            asked = getattr(table, name)
            n_asked = np.bitwise_count(asked)[:, None]
            columns += [_bits(asked) / np.maximum(n_asked, 1), n_asked > 0]
        return _joined(columns, self._carriers[0])


def exclude(values: NDArray[np.floating], askers: Askers, homes: Homes) -> NDArray[np.floating]:
    """The same array, with NEVER where a startup does not want a carrier, or a carrier's rule excludes it."""
    values[askers.unwanted[:, 0], askers.unwanted[:, 1]] = NEVER
    if len(homes.ruling):
        judged = np.flatnonzero(askers.facts.facts >= 0)
        rows, columns = np.nonzero(homes.barred[askers.facts.facts[judged]])
        values[judged[rows], homes.ruling[columns]] = NEVER
    return values


def _joined(columns: Sequence[NDArray[np.generic]], used: NDArray[np.int64]) -> Bounds:
    joined = np.empty((len(columns[0]), sum(one.shape[1] for one in columns)), np.float32)
    start = 0
    for one in columns:
        joined[:, start : start + one.shape[1]] = one
        start += one.shape[1]
    return np.ascontiguousarray(joined[:, used])


def _bits(masks: NDArray[np.uint64]) -> Floats:
    """Shape (n_rows, N_BITS)."""
    return ((masks[:, None] >> np.arange(N_BITS, dtype=np.uint64)) & np.uint64(1)).astype(np.float64)
