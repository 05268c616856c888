"""What was promised of matches and findings against what came true."""

import numpy as np
import pytest

from matcher.domain.ids import CarrierId, StartupId, TermId
from matcher.domain.judgements import JudgedStartup, Labels
from matcher.domain.messages import Language
from matcher.domain.startups import Outcome
from matcher.evaluation.trust import Trust, listed_pairs
from tests.factories import a_carrier, a_finding, a_match, a_profile, an_answer

GOOD, POOR = CarrierId("c-good"), CarrierId("c-poor")
LABELS = Labels(
    outcome=Outcome.RANKED, chain="biomed", industry=TermId("biomed"), subfields=(TermId("biomed.devices"),)
)


def a_text(number: int, **changes) -> JudgedStartup:
    return JudgedStartup(
        **{"id": StartupId(f"d{number}"), "language": Language.EN, "text": "…", "labels": LABELS} | changes
    )


def an_answer_with(*matches: tuple[CarrierId, float], chain: float = 0.8):
    return an_answer(
        profile=a_profile(chain=a_finding("biomed", probability=chain), stage=None),
        matches=tuple(
            a_match(rank=rank, carrier=a_carrier(id=carrier), score=score)
            for rank, (carrier, score) in enumerate(matches, start=1)
        ),
    )


TEXTS = [a_text(number) for number in range(8)]
ANSWERS = [an_answer_with((GOOD, 1.0), (POOR, -1.0)) for _ in TEXTS]
GRADES = {text.id: {GOOD: 3, POOR: 1} for text in TEXTS}


def trust(answers=ANSWERS, grades=GRADES) -> Trust:
    numbers = np.arange(len(TEXTS))
    return Trust(
        startups=TEXTS,
        answers=answers,
        pairs=listed_pairs(TEXTS, answers, grades),
        folds=numbers % 4,
        groups=numbers,
        rng=np.random.default_rng(1),
    )


def values(of: Trust) -> dict[str, float]:
    return {figure.name: figure.estimate.value for figure in of.figures()}


def test_only_matches_of_graded_texts_count_and_good_is_grade_two_or_three() -> None:
    pairs = listed_pairs(TEXTS, ANSWERS, {TEXTS[1].id: {GOOD: 2}})

    assert pairs.texts.tolist() == [1, 1]
    assert pairs.ranks.tolist() == [1, 2]
    assert pairs.good.tolist() == [1.0, 0.0]


def test_good_carriers_are_counted_by_band_of_a_curve_that_has_not_seen_them() -> None:
    measured = values(trust())

    assert (measured["good_high"], measured["good_low"]) == (1.0, 0.0)
    assert np.isnan(measured["good_medium"])


def test_the_error_of_the_chain_is_the_gap_between_promise_and_share() -> None:
    assert values(trust())["ece_chain"] == pytest.approx(0.2)
    assert values(trust([an_answer_with(chain=1.0) for _ in TEXTS]))["ece_chain"] == 0.0


def test_what_was_never_promised_has_no_error() -> None:
    assert np.isnan(values(trust())["ece_stage"])


def test_matches_that_cannot_be_calibrated_on_are_unknown() -> None:
    nothing_good = values(trust(grades={text.id: {} for text in TEXTS}))

    assert np.isnan([nothing_good[name] for name in ("ece_matches", "ece_bands", "good_high")]).all()


def test_each_error_has_its_curve_over_as_many_predictions() -> None:
    one = trust()
    n = {figure.name: figure.n for figure in one.figures()}

    assert {curve.name: sum(part.n for part in curve.bins) for curve in one.curves()} == {
        name: n[name] for name in ("ece_matches", "ece_bands", "ece_chain", "ece_subfield", "ece_stage")
    }
