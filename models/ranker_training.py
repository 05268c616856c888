"""Learns the trees that correct the prior, from startups whose matches were graded."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from matcher.domain.calibration import Calibration
from matcher.domain.errors import ModelNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.judgements import Grades
from matcher.domain.matches import Criterion
from matcher.domain.startups import Profile, Scope
from matcher.features.judged import JudgedStartups, even_where_unknown
from matcher.features.pairs import FEATURE_NAMES, PairBlock, pair_features
from matcher.features.tables import StartupTable, startup_table
from matcher.ranking.board import Board
from models.learned_ranker import LearnedRanker
from models.rankers import PriorRanker
from models.tree_tables import criteria_of, parts_of, tree_tables

Floats = NDArray[np.float64]
N_TREES = 150
MOST_TREES = 10_000
PARAMETERS: dict[str, Any] = {
    "objective": "lambdarank",
    "num_leaves": 6,
    "learning_rate": 0.05,
    "min_data_in_leaf": 20,
    "lambda_l2": 1.0,
    "lambdarank_truncation_level": 10,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "feature_pre_filter": False,
    "seed": 1,
    "verbosity": -1,
}
# What the trees may look at, and that more of it must never lower a score (1) or never raise it (-1). The record's own
# fields are left to the prior: a few judgements would teach that a thin record is a bad one.
DIRECTIONS = {
    "rated_in_field_and_stage": 1,
    "rated_in_industry": 1,
    "stage_fit": 1,
    "openness": 1,
    "space_not_ready": -1,
}
TUNED = ("num_leaves", "learning_rate", "min_data_in_leaf", "lambda_l2", "lambdarank_truncation_level")
RATED = tuple(FEATURE_NAMES.index(name) for name in ("rated_in_field_and_stage", "rated_in_industry"))


@dataclass(frozen=True)
class Recipe:
    """What may differ from one learned ranker to another; kept with it, so that it can be learned again."""

    n_trees: int = N_TREES
    parameters: Mapping[str, float] = field(default_factory=lambda: {name: PARAMETERS[name] for name in TUNED})
    directions: Mapping[str, int] = field(default_factory=lambda: DIRECTIONS)

    @classmethod
    def of(cls, ranker: LearnedRanker) -> "Recipe":
        """That of the ranker, or this program's where its file does not say.

        Raises:
            ModelNotFound: it names what this program does not know.
        """
        said = ranker.recipe
        if said is None:
            return cls()
        try:
            recipe = cls(**said)
            is_known = recipe.is_known
        except (TypeError, AttributeError):
            is_known = False
        if is_known:
            return recipe
        raise ModelNotFound("The recipe of the ranker {id} is not known to this program.", id=ranker.id)

    @property
    def is_known(self) -> bool:
        """Whether it names what this program can learn by, and nothing else."""
        return (
            0 < self.n_trees <= MOST_TREES
            and set(self.parameters) == set(TUNED)
            and all(value > 0 for value in self.parameters.values())
            and set(self.directions) <= set(FEATURE_NAMES)
            and set(self.directions.values()) <= {-1, 0, 1}
        )


@dataclass(frozen=True)
class GradedPairs:
    """Startups, the carriers that all of them were judged against, and the grades."""

    startups: StartupTable
    groups: NDArray[np.int64]  # translations of one text share a number, shape (n_startups,)
    carriers: tuple[CarrierId, ...]
    features: Floats  # shape (n_startups, n_carriers, n_features); what was rated is filled in here
    grades: Floats  # from 0 to 3, shape (n_startups, n_carriers)

    def judged(self, rows: NDArray[np.int64]) -> JudgedStartups:
        chosen = self.startups.rows(rows)
        return JudgedStartups(
            subfields=chosen.subfields,
            industries=chosen.industries,
            stages=even_where_unknown(chosen.stages),
            carriers=self.carriers,
            grades=self.grades[rows],
        )

    def with_ratings(self, rows: NDArray[np.int64], judged_rows: NDArray[np.int64]) -> Floats:
        """Features of some startups, rated by others; nobody is rated by its own grades or those of its twins."""
        own = self.groups[rows][:, None] == self.groups[judged_rows][None, :]
        asking = self.startups.rows(rows)
        rated = self.judged(judged_rows).rated(
            subfields=asking.subfields,
            industries=asking.industries,
            stages=asking.stages,
            carriers=self.carriers,
            left_out=own,
        )
        features = self.features[rows].copy()
        features[..., list(RATED)] = rated
        return features


def graded_pairs(
    board: Board, profiles: Sequence[Profile], grades: Sequence[Grades], groups: NDArray[np.int64]
) -> GradedPairs:
    """The judged texts against the carriers of the home city, as the ranker sees them."""
    rows = board.rows_of_scope[Scope.HOME]
    carriers = tuple(board.carriers[row].id for row in rows.tolist())
    startups = startup_table(profiles, board.registry.taxonomy)
    table = board.table.rows(rows)
    features = [
        pair_features(PairBlock(startups.rows(slice(number, number + 1)), table, board.chain_columns))
        for number in range(len(profiles))
    ]
    judged = np.array([[grade.get(carrier, 0) for carrier in carriers] for grade in grades], np.float64)
    return GradedPairs(startups, groups, carriers, np.array(features), judged)


@dataclass(frozen=True)
class Refitting:
    """A ranker learned again from a part of the judgements: its own recipe, prior and probabilities."""

    ranker: LearnedRanker

    def __call__(
        self, board: Board, profiles: Sequence[Profile], grades: Sequence[Grades], groups: NDArray[np.int64]
    ) -> LearnedRanker:
        pairs = graded_pairs(board, profiles, grades, groups)
        rows, own = np.arange(len(profiles)), self.ranker
        recipe = Recipe.of(own)
        return learn(pairs, rows, own.prior, name="refitted", calibration=own.calibration, recipe=recipe)


def refitting(ranker: LearnedRanker | PriorRanker) -> Refitting | None:
    """How to learn it again; None where it learned from no judgements."""
    return Refitting(ranker) if isinstance(ranker, LearnedRanker) else None


def learn(
    pairs: GradedPairs,
    rows: NDArray[np.int64],
    prior: PriorRanker,
    *,
    name: str,
    calibration: Calibration,
    recipe: Recipe | None = None,
) -> LearnedRanker:
    """A ranker from some of the startups; the same data, recipe and versions give the same trees."""
    recipe = recipe or Recipe()
    features = pairs.with_ratings(rows, rows)
    n_startups, n_carriers, n_features = features.shape
    flat = features.reshape(-1, n_features)
    startup_parts, carrier_parts = prior.parts(flat)
    criterion_of_feature = prior.criterion_of_feature
    looked_at = np.isin(FEATURE_NAMES, list(recipe.directions))
    data = lgb.Dataset(
        np.where(looked_at, flat, 0.0),
        pairs.grades[rows].ravel(),
        group=[n_carriers] * n_startups,
        init_score=(startup_parts + carrier_parts).sum(axis=1) / 2,
        params={"verbosity": -1, "feature_pre_filter": False},
    )
    booster = lgb.train(_parameters(recipe, criterion_of_feature), data, recipe.n_trees)
    trees = tree_tables(booster.dump_model())
    tree_criteria = criteria_of(trees, criterion_of_feature)
    return LearnedRanker(
        id=name,
        prior=prior,
        trees=trees,
        tree_criteria=tree_criteria,
        centre=parts_of(flat, trees, tree_criteria, len(Criterion)).mean(axis=0),
        judged=pairs.judged(rows),
        calibration=calibration,
        recipe=asdict(recipe),
    )


def cross_validated(pairs: GradedPairs, prior: PriorRanker, folds: NDArray[np.int64]) -> Floats:
    """Scores of all pairs by rankers that saw neither the startup nor its twins, shape (n_startups, n_carriers).

    Args:
        pairs: all judged startups.
        prior: what the trees correct.
        folds: a fold for each startup; twins must share theirs.
    """
    scores = np.full(pairs.grades.shape, np.nan)
    for fold in np.unique(folds):
        learned_from, left = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        ranker = learn(pairs, learned_from, prior, name="fold", calibration=prior.calibration)
        features = pairs.with_ratings(left, learned_from)
        startup_parts, carrier_parts = ranker.parts(features.reshape(-1, features.shape[-1]))
        scores[left] = ((startup_parts + carrier_parts).sum(axis=1) / 2).reshape(len(left), -1)
    return scores


def _parameters(recipe: Recipe, criterion_of_feature: NDArray[np.int64]) -> dict[str, Any]:
    """Every tree stays with the features of one criterion, and goes the way that the domain says."""
    groups: list[Sequence[int]] = [
        np.flatnonzero(criterion_of_feature == criterion).tolist() for criterion in np.unique(criterion_of_feature)
    ]
    directions = [recipe.directions.get(name, 0) for name in FEATURE_NAMES]
    constraints = {"interaction_constraints": groups, "monotone_constraints": directions}
    return {**PARAMETERS, **recipe.parameters, **constraints}
