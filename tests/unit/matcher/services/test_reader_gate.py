"""A reader takes the place of another only if it reads no worse."""

from math import nan

import pytest

from matcher.domain.ids import TermId
from matcher.domain.judgements import Qrels
from matcher.services.reader_gate import ReadingPair, compare_readers
from tests.factories import a_finding, a_profile, an_answer
from tests.unit.matcher.services.test_relisting import a_text

QRELS = Qrels(startups=tuple(a_text(number) for number in range(4)))
STAGES = (TermId("seed"),)


def reading(chain: str):
    return [an_answer(profile=a_profile(chain=a_finding(chain))) for _ in QRELS.startups]


def pair(name: str, candidate: float, in_force: float) -> ReadingPair:
    return ReadingPair(name=name, candidate=candidate, in_force=in_force, n=100)


@pytest.mark.parametrize(
    ("name", "candidate", "stops"),
    [
        ("chain_acc", 0.9, False),
        ("chain_acc", 0.88, False),
        ("chain_acc", 0.87, True),
        ("subfield_top3", 0.5, True),
        ("outcome_f1", nan, True),
        ("stage_exact", 0.1, False),
    ],
)
def test_a_fall_by_more_than_two_hundredths_stops_it_where_it_matters(name, candidate, stops) -> None:
    assert pair(name, candidate, 0.9).stops is stops


def test_both_readers_are_measured_on_the_same_texts() -> None:
    verdict = compare_readers(QRELS, reading("equipment"), reading("biomed"), STAGES)

    chain = next(one for one in verdict.figures if one.name == "chain_acc")
    assert (chain.candidate, chain.in_force, chain.n) == (0.0, 1.0, 4)
    assert "chain_acc" in verdict.worse
    assert not verdict.passes


def test_what_cannot_be_measured_does_not_pass() -> None:
    verdict = compare_readers(QRELS, reading("biomed"), reading("biomed"), STAGES)

    assert verdict.worse == ("subfield_top3",)  # no text here has a sub-field
