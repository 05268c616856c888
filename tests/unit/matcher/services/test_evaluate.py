"""The evaluation of a system whose answers are known beforehand."""

import json
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from matcher.domain.carriers import Carrier, Role
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, EntryRuleId, StartupId, TermId
from matcher.domain.judgements import JudgedStartup, Labels, Qrels
from matcher.domain.matches import Answer, ModelIds, NotEligible
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.registry import Registry, RegistryVersion
from matcher.domain.startups import Outcome
from matcher.domain.taxonomy import Facet, Taxonomy, Term
from matcher.services.evaluate import Evaluate
from models.encoders import HashingEncoder
from models.rankers import load_prior
from tests.factories import a_carrier, a_finding, a_match, a_profile, an_answer

TODAY = date(2026, 11, 22)
PARK, LAB, FAR, PARTNER = (CarrierId(name) for name in ("c-park", "c-lab", "c-far", "c-partner"))
PARK_ANCHOR, ROBOTS, SEED = TermId("anchor.park"), TermId("equipment.robotics"), TermId("stage.seed")


def a_bare_carrier(carrier_id: CarrierId, english: str, **changes) -> Carrier:
    unknown = {"industries": (), "subfields": (), "anchors": ()}
    return a_carrier(id=carrier_id, name=Texts(en=english), **unknown | changes)


CARRIERS = (
    a_bare_carrier(FAR, "Far pumps and robots", city="苏州"),
    a_bare_carrier(LAB, "Laboratory for pills"),
    a_bare_carrier(PARK, "Park of robots", anchors=(PARK_ANCHOR,)),
    a_bare_carrier(PARTNER, "Institute of robots", role=Role.PARTNER),
)
REGISTRY = Registry(
    version=RegistryVersion(version="v1", as_of="2026-11-22"),
    taxonomy=Taxonomy(
        version="test",
        terms=(
            Term(id=TermId("equipment"), facet=Facet.INDUSTRY, label=Texts(), extra={"core_park": PARK_ANCHOR}),
            Term(id=PARK_ANCHOR, facet=Facet.ANCHOR, label=Texts(en="Robot Park")),
            Term(id=SEED, facet=Facet.STAGE, label=Texts(en="Seed")),
        ),
    ),
    carriers=CARRIERS,
)


def a_text(number: int, text: str, language=Language.EN, twin=None) -> JudgedStartup:
    labels = Labels(
        outcome=Outcome.RANKED, chain="equipment", industry=TermId("equipment"), subfields=(ROBOTS,), stage=SEED
    )
    return JudgedStartup(id=StartupId(f"d{number}"), language=language, text=text, labels=labels, twin=twin)


def qrels_of(*texts: JudgedStartup) -> Qrels:
    return Qrels(startups=texts, grades={text.id: {PARK: 3, LAB: 1} for text in texts})


QRELS = qrels_of(
    a_text(1, "We build robots.", twin="t"),
    a_text(2, "Wir bauen Roboter.", Language.DE, twin="t"),
    a_text(3, "Robots."),
)


def listing(*carriers: CarrierId, chain: str = "equipment") -> Answer:
    """An answer that lists these carriers and excludes none."""
    return an_answer(
        models=ModelIds(encoder="encoder@1", reader="reader@1", ranker=load_prior().id),
        profile=a_profile(chain=a_finding(chain), subfields=(a_finding(ROBOTS),), stage=a_finding(SEED)),
        matches=tuple(
            a_match(rank=rank, carrier=REGISTRY.carrier(carrier)) for rank, carrier in enumerate(carriers, start=1)
        ),
        not_eligible=(),
    )


def excluding(answer: Answer, carrier: CarrierId) -> Answer:
    one = NotEligible(carrier=REGISTRY.carrier(carrier), rule=EntryRuleId("r1"), sentence=Message.of("Too old."))
    return replace(answer, not_eligible=(one,))


@dataclass
class Says:
    """Answers every text with the same, or each with its own."""

    answers: list[Answer]

    def many(self, queries, *, on):
        return (self.answers * len(queries))[: len(queries)]


def evaluate(*answers: Answer, qrels: Qrels = QRELS, seed: int = 1):
    evaluation = Evaluate(
        recommend=Says(list(answers)),
        encoder=HashingEncoder(),
        snapshot=lambda: REGISTRY,
        prior=load_prior(),
    )
    return evaluation(qrels, on=TODAY, rng=np.random.default_rng(seed))


def test_a_system_that_is_right_in_everything_gets_the_best_figures() -> None:
    report = evaluate(listing(PARK, LAB))

    for name in ("chain_acc", "subfield_top1", "stage_exact", "outcome_acc", "ndcg5", "hit1_grade2", "core_park_top3"):
        assert report.value(name) == 1.0
    assert report.value("twin_overlap10") == 1.0
    assert report.value("n_excluded") == 0
    assert (report.n_texts, report.n_graded) == (3, 3)


def test_only_the_carriers_of_the_home_city_are_ranked_and_partners_never() -> None:
    assert evaluate(listing(PARK, LAB)).n_carriers == 2


def test_a_system_that_lists_nothing_gains_nothing_and_is_worse_than_chance() -> None:
    report = evaluate(listing())
    against_chance = next(one for one in report.comparisons if one.baseline == "random")

    assert report.value("ndcg5") == 0.0
    assert against_chance.difference.value == pytest.approx(-report.value("ndcg5_random"))


def test_the_baselines_rank_the_same_carriers_by_words_and_by_embedding() -> None:
    report = evaluate(listing(LAB, PARK), qrels=qrels_of(a_text(1, "A park of robots")))

    assert report.value("ndcg5_bm25") == report.value("ndcg5_embedding") == 1.0
    assert report.value("ndcg5") < report.value("ndcg5_random") < 1.0


def test_the_core_park_is_not_missed_where_the_chain_was_misread_or_a_rule_excludes_it() -> None:
    report = evaluate(listing(LAB, chain="biomed"), excluding(listing(LAB), PARK), listing(PARK), qrels=QRELS)

    assert report.value("core_park_top3") == 1.0
    assert next(figure.n for figure in report.figures if figure.name == "core_park_top3") == 1


def test_carriers_that_were_excluded_although_judged_acceptable_are_counted() -> None:
    report = evaluate(excluding(listing(LAB), PARK), excluding(listing(PARK, LAB), FAR), listing(PARK))

    assert report.value("n_excluded") == 2
    assert report.value("n_excluded_wrongly") == 1


def test_texts_without_a_relevant_carrier_are_counted_apart() -> None:
    nothing_fits = replace(QRELS, grades={**QRELS.grades, StartupId("d3"): {}})

    ndcg = next(figure for figure in evaluate(listing(PARK), qrels=nothing_fits).figures if figure.name == "ndcg5")

    assert (ndcg.n, ndcg.n_without) == (2, 1)


def test_each_language_is_shown_apart_and_a_missing_one_is_unknown() -> None:
    report = evaluate(listing(PARK), listing(LAB, chain="biomed"), listing(PARK))

    assert report.value("chain_acc_en") == 1.0
    assert report.value("chain_acc_de") == 0.0
    assert np.isnan(report.value("chain_acc_zh"))


def test_the_report_says_that_all_judgements_are_invented_by_one_assessor() -> None:
    assert "invented" in str(evaluate(listing(PARK)).notes[0])
    assert "one assessor" in str(evaluate(listing(PARK)).notes[0])


def test_the_json_form_holds_every_row_and_no_number_that_json_lacks() -> None:
    report = evaluate(listing(PARK))

    written = json.loads(json.dumps(report.as_json(), allow_nan=False))

    assert [row["name"] for row in written["figures"]] == [row["name"] for row in report.report_rows()]
    assert len({row["name"] for row in written["figures"]}) == len(written["figures"])
    assert {"value": None, "low": None, "high": None}.items() <= next(
        row for row in written["figures"] if row["name"] == "chain_acc_zh"
    ).items()


def test_the_same_seed_gives_the_same_report() -> None:
    assert evaluate(listing(PARK), seed=4).as_json() == evaluate(listing(PARK), seed=4).as_json()


def test_nothing_to_measure_on_is_said() -> None:
    with pytest.raises(InvalidField, match="no judged text"):
        evaluate(listing(PARK), qrels=Qrels(startups=()))


def test_where_the_released_ranker_is_the_prior_they_are_not_compared() -> None:
    report = evaluate(listing(PARK, LAB))

    assert report.value("ndcg5_prior") == report.value("ndcg5")
    assert "prior" not in {one.baseline for one in report.comparisons}


def test_average_grades_of_other_texts_are_measured_beside() -> None:
    one_chain = qrels_of(*(a_text(number, "We build robots.") for number in range(1, 11)))
    report = evaluate(listing(LAB), qrels=one_chain)

    for name in ("popularity", "chain_table", "chain_stage_table"):
        assert report.value(f"ndcg5_{name}") == 1.0


def test_how_the_outcomes_are_said_is_measured_one_by_one() -> None:
    vague = replace(listing(PARK), outcome=Outcome.NEEDS_MORE_INFORMATION)
    report = evaluate(listing(PARK), vague, listing(PARK))

    assert report.value("recall_ranked") == pytest.approx(2 / 3)
    assert report.value("precision_ranked") == 1.0
    assert report.value("precision_needs_more_information") == 0.0
    assert np.isnan(report.value("recall_needs_more_information"))


def test_the_report_says_that_its_figures_flatter() -> None:
    assert any("flatter" in str(note) for note in evaluate(listing(PARK)).notes)
