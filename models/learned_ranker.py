"""The learned ranker: the prior, and trees that correct it criterion by criterion."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matcher.domain.calibration import Calibration
from matcher.domain.errors import ModelNotFound
from matcher.domain.ids import CarrierId
from matcher.domain.matches import Criterion
from matcher.features.judged import JudgedStartups
from matcher.features.pairs import FEATURE_NAMES
from matcher.ports import Correction
from models.rankers import RELEASED, PriorRanker, Weight, load_prior
from models.step_tables import SteppedForest
from models.tree_tables import LEAF, TreeTable

Floats = NDArray[np.float64]
LEARNED = "learned.json"
DECIMALS = 6


@dataclass(frozen=True)
class LearnedRanker:
    """Log-odds of the prior plus what the trees add; both sides learn alike, since a grade does not tell them apart."""

    id: str
    prior: PriorRanker
    trees: Sequence[TreeTable]
    tree_criteria: NDArray[np.int64]  # of each tree, its place in `Criterion`
    centre: Floats  # mean part of the trees by criterion, taken off: an average pair gets nothing from them
    judged: JudgedStartups
    calibration: Calibration
    recipe: Mapping[str, Any] | None = None  # how the trees were learned; None where the file does not say

    @property
    def weights(self) -> tuple[Weight, ...]:
        """Of the prior, before the trees."""
        return self.prior.weights

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """What the trees add, by criterion."""
        found = []
        for criterion in np.unique(self.tree_criteria).tolist():
            own = [tree for tree, of in zip(self.trees, self.tree_criteria.tolist(), strict=True) if of == criterion]
            looked_at = {FEATURE_NAMES[column] for tree in own for column in tree.feature.tolist() if column != LEAF}
            most = sum(float(tree.value[tree.feature == LEAF].max()) for tree in own) - float(self.centre[criterion])
            found.append(Correction(frozenset(looked_at), max(0.0, most)))
        return tuple(found)

    @property
    def past(self) -> JudgedStartups:
        return self.judged

    @property
    def bands(self) -> tuple[float, float]:
        return self.calibration.bands

    def parts(self, features: Floats) -> tuple[Floats, Floats]:
        """What the startup and the carrier gain by criterion, each of shape (n_pairs, n_criteria), in log-odds."""
        startup, carrier = self.prior.parts(features)
        learned = self._forest.parts(features) - self.centre
        learned[~self._known(features)] = 0.0  # nor does the unknown: a carrier never judged is not worse for it
        return startup + learned, carrier + learned

    def trees_alone(self, features: Floats) -> Floats:
        """What the trees add by criterion before anything is taken off, shape (n_pairs, n_criteria)."""
        return self._forest.parts(features)

    def _known(self, features: Floats) -> NDArray[np.bool_]:
        """Whether anything that the trees look at is known of a criterion, shape (n_pairs, n_criteria)."""
        known = np.zeros((len(features), len(Criterion)), bool)
        for feature in self._looked_at:
            known[:, self.prior.criterion_of_feature[feature]] |= ~np.isnan(features[:, feature])
        return known

    @cached_property
    def _forest(self) -> SteppedForest:
        return SteppedForest.of(self.trees, self.tree_criteria, len(Criterion), len(FEATURE_NAMES))

    @cached_property
    def _looked_at(self) -> list[int]:
        return sorted({int(feature) for tree in self.trees for feature in tree.feature.tolist() if feature != LEAF})

    def save(self, path: Path, facts: Mapping[str, Any]) -> None:
        """One readable file; `facts` says how it was made."""
        content = {
            "id": self.id,
            **facts,
            "features": list(FEATURE_NAMES),
            "criteria": [criterion.value for criterion in Criterion],
            **({} if self.recipe is None else {"recipe": self.recipe}),
            "calibration": {"slope": self.calibration.slope, "intercept": self.calibration.intercept},
            "centre": _rounded(self.centre),
            "trees": [
                {
                    "criterion": int(criterion),
                    "feature": tree.feature.tolist(),
                    "threshold": [None if np.isinf(value) else value for value in tree.threshold.tolist()],
                    "missing_left": tree.missing_left.tolist(),
                    "left": tree.left.tolist(),
                    "right": tree.right.tolist(),
                    "value": tree.value.tolist(),
                    "depth": tree.depth,
                }
                for tree, criterion in zip(self.trees, self.tree_criteria, strict=True)
            ],
            "judged": {
                "carriers": list(self.judged.carriers),
                "subfields": _rounded(self.judged.subfields),
                "industries": _rounded(self.judged.industries),
                "stages": _rounded(self.judged.stages),
                "grades": self.judged.grades.tolist(),
            },
        }
        path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path, prior: PriorRanker) -> Self:
        """Read it back.

        Raises:
            ModelNotFound: it was learned on other features than the program has.
        """
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["features"] != list(FEATURE_NAMES) or content["criteria"] != [one.value for one in Criterion]:
            raise ModelNotFound(
                "The learned ranker does not fit the features of this program. Run: {command}", command="make train"
            )
        judged = {name: value for name, value in content["judged"].items() if name != "carriers"}
        return cls(
            id=content["id"],
            prior=prior,
            trees=[_tree(row) for row in content["trees"]],
            tree_criteria=np.array([row["criterion"] for row in content["trees"]], np.int64),
            centre=np.array(content["centre"]),
            judged=JudgedStartups(
                carriers=tuple(map(CarrierId, content["judged"]["carriers"])),
                **{name: np.array(value, np.float64) for name, value in judged.items()},
            ),
            calibration=Calibration(**content["calibration"]),
            recipe=content.get("recipe"),
        )


def load_ranker(folder: Path = RELEASED) -> LearnedRanker | PriorRanker:
    """The released ranker, or one in another folder; the prior alone where nothing was learned.

    Raises:
        ModelNotFound: a file is missing, or does not fit the program.
    """
    prior, path = load_prior(folder), folder / LEARNED
    return LearnedRanker.load(path, prior) if path.is_file() else prior


def _rounded(values: Floats) -> list[float] | list[list[float]]:
    rounded: list[float] | list[list[float]] = np.round(values, DECIMALS).tolist()
    return rounded


def _tree(row: Mapping[str, Any]) -> TreeTable:
    threshold = [np.inf if value is None else value for value in row["threshold"]]
    return TreeTable(
        feature=np.array(row["feature"], np.int64),
        threshold=np.array(threshold, np.float64),
        missing_left=np.array(row["missing_left"], bool),
        left=np.array(row["left"], np.int64),
        right=np.array(row["right"], np.int64),
        value=np.array(row["value"], np.float64),
        depth=int(row["depth"]),
    )
