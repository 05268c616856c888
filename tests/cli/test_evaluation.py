"""The figures of an evaluation as a person reads them."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from math import nan

from rich.console import Console

from api.sentences import Sentences
from api.terminal.evaluation import EvaluationPage
from api.terminal.voice import Voice
from matcher.domain.matches import ModelIds
from matcher.domain.messages import Language, Message
from matcher.domain.registry import Registry, RegistryVersion
from matcher.domain.taxonomy import Taxonomy
from matcher.evaluation.intervals import Estimate
from matcher.evaluation.report import Comparison, EvaluationReport, Figure

VERSION = RegistryVersion(version="0" * 16, as_of="2026-11-22")
REPORT = EvaluationReport(
    models=ModelIds(encoder="encoder@1", reader="reader@1", ranker="ranker@1"),
    registry=VERSION,
    on=date(2026, 11, 22),
    n_texts=120,
    n_graded=60,
    n_carriers=40,
    figures=(
        Figure(
            group="reading",
            name="chain_acc",
            label=Message("Chain read right"),
            estimate=Estimate(value=0.75, low=0.7, high=0.8),
            n=100,
        ),
        Figure(
            group="exposure",
            name="gini",
            label=Message("Chain read right"),
            estimate=Estimate(value=0.5, low=nan, high=nan),
            n=40,
        ),
    ),
    comparisons=(
        Comparison(
            baseline="bm25", label=Message("BM25"), difference=Estimate(value=0.1, low=0.05, high=0.15), p=0.002
        ),
    ),
    notes=(Message("No practitioner has checked them: the figures compare systems and are no proof of quality."),),
)


def drawn(language: Language, report: EvaluationReport = REPORT) -> str:
    console = Console(file=StringIO(), width=80, markup=False)
    registry = Registry(version=VERSION, taxonomy=Taxonomy(version="1", terms=()), carriers=())
    console.print(EvaluationPage(report, Voice(Sentences.load(), language, registry)))
    return " ".join(console.file.getvalue().split())


def test_each_figure_has_its_interval_and_its_count() -> None:
    text = drawn(Language.EN)

    assert "Chain read right 0.750 0.700 … 0.800 100" in text
    assert "BM25 0.100 0.050 … 0.150 60 0.002" in text


def test_a_figure_without_an_interval_has_none() -> None:
    assert "Chain read right 0.500 40" in drawn(Language.EN)


def test_a_very_small_p_is_not_zero() -> None:
    (comparison,) = REPORT.comparisons

    assert "60 < 0.001" in drawn(Language.EN, replace(REPORT, comparisons=(replace(comparison, p=0.0001),)))


def test_the_real_thing_is_measured_and_drawn(run, tmp_path) -> None:
    page = tmp_path / "report.html"
    result = run("evaluate", "--json", "--html", str(page))

    measured = json.loads(result.stdout)
    assert measured["n_texts"] == 120
    assert {"chain_acc", "stage_exact", "outcome_acc"} <= {figure["name"] for figure in measured["figures"]}
    assert {curve["name"] for curve in measured["curves"]} >= {"ece_matches", "ece_bands"}
    assert sum(one["n"] for one in measured["exposure"]) > 0
    assert "matcher evaluate --html report.html --lang en" in page.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_said(run, tmp_path) -> None:
    result = run("evaluate", "--html", str(tmp_path / "missing" / "report.html"))

    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_what_must_be_known_is_said_in_the_readers_language() -> None:
    assert "尚无从业者核对" in drawn(Language.ZH)
    assert "Niemand aus der Praxis" in drawn(Language.DE)
