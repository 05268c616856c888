"""A ranker takes the place of another only if it is not worse, measured on texts that it did not learn from."""

from datetime import date
from math import nan

import numpy as np
import pytest

from matcher.domain.judgements import Qrels
from matcher.evaluation.intervals import Estimate
from matcher.services.ranker_gate import Contender, RankerGate, RankerVerdict
from matcher.services.relisting import Relisting
from tests.factories import a_registry, an_answer
from tests.unit.matcher.ranking.worlds import ENCODER, HOME, RANKER, TAXONOMY, a_device_maker
from tests.unit.matcher.services.test_relisting import CARRIERS, Upside, a_text

TEXTS = tuple(a_text(number) for number in range(6))
QRELS = Qrels(startups=TEXTS, grades={text.id: {CARRIERS[0].id: 3} for text in TEXTS})  # as the prior ranks them


def judged(candidate: Contender, in_force: Contender) -> RankerVerdict:
    relisting = Relisting(a_registry(TAXONOMY, *CARRIERS), ENCODER, HOME, date(2026, 11, 22))
    gate = RankerGate(qrels=QRELS, answers=[an_answer(profile=a_device_maker()) for _ in TEXTS], relisting=relisting)
    return gate(candidate, in_force, rng=np.random.default_rng(1))


def verdict(difference: float, p: float = 0.5, as_it_is: float = 1.0) -> RankerVerdict:
    return RankerVerdict(
        candidate=0.8,
        in_force=0.8 - difference,
        as_it_is=as_it_is,
        difference=Estimate(value=difference, low=nan, high=nan),
        p=p,
        n=60,
    )


@pytest.mark.parametrize(
    ("difference", "p", "passes"),
    [
        (0.1, 0.001, True),
        (0.0, 1.0, True),
        (-0.004, 0.001, True),
        (-0.019, 0.06, True),
        (-0.019, 0.04, False),
        (-0.021, 0.9, False),
        (nan, nan, False),
    ],
)
def test_a_loss_passes_where_it_is_small_or_where_chance_explains_it(difference, p, passes) -> None:
    assert verdict(difference, p).passes is passes


@pytest.mark.parametrize(("as_it_is", "spoilt"), [(0.9, False), (0.79, False), (0.7, True), (nan, True)])
def test_a_file_that_ranks_worse_than_its_recipe_is_spoilt(as_it_is, spoilt) -> None:
    assert verdict(0.0, as_it_is=as_it_is).is_spoilt is spoilt


def test_the_same_ranker_differs_by_nothing() -> None:
    same = judged(Contender(ranker=RANKER), Contender(ranker=RANKER))

    assert (same.candidate, same.in_force, same.difference.value, same.p) == (1.0, 1.0, 0.0, 1.0)
    assert same.n == len(TEXTS)
    assert same.passes


def test_a_ranker_turned_over_is_worse() -> None:
    worse = judged(Contender(ranker=Upside()), Contender(ranker=RANKER))

    assert worse.candidate < worse.in_force
    assert worse.p < 0.05
    assert worse.is_worse


def test_one_that_learned_is_measured_as_it_is_learned_anew_and_its_file_apart() -> None:
    learned = Contender(ranker=Upside(), refit=lambda board, profiles, grades, groups: RANKER)

    seen = judged(learned, Contender(ranker=RANKER))

    assert seen.candidate == 1.0
    assert not seen.is_worse
    assert seen.is_spoilt
    assert not seen.passes
