"""A learned ranker remembers how it was learned, and is learned again in the same way."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.errors import ModelNotFound
from models.learned_ranker import LEARNED, LearnedRanker
from models.ranker_training import Recipe, learn, refitting
from models.rankers import load_prior
from tests.unit.models.test_learned_ranker import N_STARTUPS, graded, some_features

PRIOR = load_prior()


def learned(recipe: Recipe) -> LearnedRanker:
    rows = np.arange(N_STARTUPS)
    return learn(graded(), rows, PRIOR, name="n@1", calibration=PRIOR.calibration, recipe=recipe)


def test_a_recipe_is_kept_with_the_ranker_and_gives_it_again(tmp_path) -> None:
    recipe = replace(Recipe(), n_trees=5, directions={"stage_fit": 1})
    learned(recipe).save(tmp_path / LEARNED, {})

    read = LearnedRanker.load(tmp_path / LEARNED, PRIOR)

    assert len(read.trees) <= 5
    assert Recipe.of(read) == recipe
    features = some_features(30)
    np.testing.assert_array_equal(learned(Recipe.of(read)).parts(features), learned(recipe).parts(features))


def test_where_a_file_does_not_say_the_programs_recipe_is_meant() -> None:
    assert Recipe.of(replace(learned(Recipe()), recipe=None)) == Recipe()


@pytest.mark.parametrize(
    "said",
    [
        {"n_trees": 0},
        {"n_trees": "many"},
        {"parameters": {"machines": "elsewhere"}},
        {"directions": {"charm": 1}},
        {"directions": {"stage_fit": 7}},
        {"directions": ["stage_fit"]},
        {"magic": True},
    ],
)
def test_a_recipe_that_the_program_does_not_know_is_refused(said) -> None:
    with pytest.raises(ModelNotFound, match="recipe"):
        Recipe.of(replace(learned(Recipe()), recipe=said))


def test_the_prior_is_not_learned_again() -> None:
    assert refitting(PRIOR) is None
    assert refitting(learned(Recipe())) is not None
