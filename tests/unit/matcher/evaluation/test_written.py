"""An evaluation that is kept says the same when it is read again."""

from datetime import date
from math import isnan, nan

import pytest

from matcher.domain.ids import CarrierId
from matcher.domain.matches import ModelIds
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.registry import RegistryVersion
from matcher.evaluation import wording
from matcher.evaluation.calibration import Bin
from matcher.evaluation.intervals import Estimate
from matcher.evaluation.report import Comparison, Curve, EvaluationReport, Figure, Grid, Seen
from matcher.evaluation.written import report_of, written

BIOMED = Texts(zh="生物医药", en="Biomedicine", de="Biomedizin")
LIST = Message.of("{names}", names=(BIOMED, wording.LANGUAGES[Language.DE], "x"))


def an_estimate(value: float, low: float = nan, high: float = nan) -> Estimate:
    return Estimate(value=value, low=low, high=high)


REPORT = EvaluationReport(
    models=ModelIds(encoder="encoder@1", reader="reader@1", ranker="ranker@1"),
    registry=RegistryVersion(version="0" * 16, as_of="2026-11-22"),
    on=date(2026, 11, 22),
    n_texts=3,
    n_graded=2,
    n_carriers=1,
    figures=(
        Figure(
            group="chains",
            name="ndcg5_biomed",
            label=wording.in_chain(wording.RANKING["ndcg5"], BIOMED),
            estimate=an_estimate(0.123449, 0.1, 0.2),
            n=2,
            n_without=1,
        ),
        Figure(group="ranking", name="names", label=LIST, estimate=an_estimate(nan), n=0),
    ),
    comparisons=(Comparison(baseline="bm25", label=wording.against("bm25"), difference=an_estimate(0.5), p=0.04),),
    notes=wording.NOTES,
    curves=(
        Curve(name="ece_chain", label=wording.CALIBRATION["ece_chain"], bins=(Bin(probability=0.25, share=0.5, n=4),)),
    ),
    grids=(
        Grid(
            name="grid",
            label=wording.CHAIN_CONFUSION,
            rows=(BIOMED, wording.NO_CHAIN_LABEL),
            columns=(BIOMED,),
            values=((nan,), (1.0,)),
            counts=((0,), (2,)),
        ),
    ),
    exposure=(Seen(carrier=CarrierId("cn001"), name=BIOMED, n=3),),
)


def test_what_was_written_is_read_as_it_was() -> None:
    read = report_of(written(REPORT))

    assert written(read) == written(REPORT)
    assert (read.models, read.registry, read.on, read.exposure) == (
        REPORT.models, REPORT.registry, REPORT.on, REPORT.exposure,
    )  # fmt: skip
    assert read.notes == REPORT.notes
    assert read.comparisons[0].label == REPORT.comparisons[0].label
    assert read.grids[0].rows == REPORT.grids[0].rows


def test_sentences_stay_messages_with_all_that_fills_them() -> None:
    figures = report_of(written(REPORT)).figures

    assert [one.label for one in figures] == [one.label for one in REPORT.figures]


def test_numbers_are_rounded_and_what_is_unknown_stays_so() -> None:
    first, second = report_of(written(REPORT)).figures

    assert first.estimate.value == 0.1234
    assert isnan(second.estimate.value)
    assert isnan(second.estimate.low)


@pytest.mark.parametrize("change", [{"on": "yesterday"}, {"models": {"encoder": "x"}}, {"curves": [{"name": "x"}]}])
def test_what_another_program_wrote_is_refused(change) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        report_of(written(REPORT) | change)
