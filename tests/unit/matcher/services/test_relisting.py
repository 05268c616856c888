"""Lists by another ranker, and by one that was fitted without a text's fold."""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pytest

from matcher.domain.ids import CarrierId, StartupId, TermId
from matcher.domain.judgements import JudgedStartup, Labels, Qrels
from matcher.domain.matches import Criterion
from matcher.domain.messages import Language
from matcher.domain.startups import Outcome
from matcher.evaluation.folds import fold_numbers
from matcher.services.relisting import Relisting
from models.rankers import PriorRanker
from tests.factories import a_registry, an_answer
from tests.unit.matcher.ranking.worlds import ENCODER, HOME, RANKER, TAXONOMY, a_device_maker, a_plain_carrier

CARRIERS = (
    a_plain_carrier(id=CarrierId("c-a"), industries=(TermId("biomed"),)),
    a_plain_carrier(id=CarrierId("c-b"), industries=(TermId("materials"),)),
)


@dataclass(frozen=True)
class Upside:
    """The prior, turned over."""

    prior: PriorRanker = RANKER
    id: str = "upside-down@1"
    calibration = RANKER.calibration
    bands = RANKER.bands
    past = None

    def parts(self, features):
        startup, carrier = self.prior.parts(features)
        return -startup, -carrier


def a_text(number: int, twin: str | None = None) -> JudgedStartup:
    labels = Labels(outcome=Outcome.RANKED, chain="biomed", industry=TermId("biomed"))
    return JudgedStartup(id=StartupId(f"d{number}"), language=Language.EN, text="…", labels=labels, twin=twin)


@pytest.fixture
def relisting() -> Relisting:
    return Relisting(a_registry(TAXONOMY, *CARRIERS), ENCODER, HOME, date(2026, 11, 22))


@pytest.fixture
def answers() -> list:
    return [an_answer(profile=a_device_maker()) for _ in range(6)]


def test_another_ranker_orders_the_same_carriers_otherwise(relisting, answers) -> None:
    (as_is,), (turned,) = relisting.answers(answers[:1], RANKER), relisting.answers(answers[:1], Upside())

    assert as_is.carrier_ids == ("c-a", "c-b")
    assert turned.carrier_ids == ("c-b", "c-a")
    assert turned.profile is as_is.profile


def test_an_answer_without_a_list_stays_without(relisting, answers) -> None:
    nothing = replace(answers[0], matches=())

    assert relisting.answers([nothing], RANKER) == [nothing]


@dataclass
class Recorded:
    """Learns nothing, but remembers what it was given."""

    given: list = field(default_factory=list)

    def __call__(self, board, profiles, grades, groups):
        self.given.append((len(profiles), [dict(one) for one in grades], groups.tolist()))
        return Upside()


def test_a_ranker_is_fitted_for_each_fold_on_the_graded_texts_of_the_others(relisting, answers) -> None:
    texts = tuple(a_text(number) for number in range(6))
    grades = {text.id: {CARRIERS[0].id: number % 4} for number, text in enumerate(texts) if number != 5}
    refit = Recorded()

    out = relisting.out_of_fold(
        Qrels(startups=texts, grades=grades), answers, refit, groups=np.arange(6), folds=np.array([0, 0, 1, 1, 2, 2])
    )

    assert [one.carrier_ids for one in out] == [("c-b", "c-a")] * 6
    assert [groups for _, _, groups in refit.given] == [[2, 3, 4], [0, 1, 4], [0, 1, 2, 3]]
    assert refit.given[0][:2] == (3, [{"c-a": 2}, {"c-a": 3}, {"c-a": 0}])


def test_no_ranker_has_seen_a_translation_of_the_text_it_lists_for(relisting, answers) -> None:
    texts = tuple(a_text(number, twin=f"t{number // 2}") for number in range(6))
    groups = np.array([0, 0, 1, 1, 2, 2])
    folds = fold_numbers(groups, np.random.default_rng(2), n_folds=3)
    refit = Recorded()

    relisting.out_of_fold(
        Qrels(startups=texts, grades={text.id: {} for text in texts}), answers, refit, groups=groups, folds=folds
    )

    for fold, (_, _, learned_from) in enumerate(refit.given):
        assert set(learned_from).isdisjoint(groups[folds == fold].tolist())


def test_every_criterion_is_told_anew(relisting, answers) -> None:
    (as_is,) = relisting.answers(answers[:1], RANKER)

    assert {part.criterion for part in as_is.matches[0].criteria} >= {Criterion.FIELD, Criterion.STAGE}
