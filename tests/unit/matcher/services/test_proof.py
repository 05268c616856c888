"""Advice and questions held to account: what they promise is what a fresh request gives."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from matcher.domain.carriers import Carrier, Status
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.matches import Answer
from matcher.domain.taxonomy import Facet
from matcher.ranking.questions import WATCHED
from matcher.ranking.restating import restated
from matcher.services.recommend import Recommend
from tests.unit.matcher.services.own_texts import TEXTS, ask

COMPARED = (
    *("outcome", "chain", "industry", "stage", "registered", "stated", "company_age_months"),
    *("services", "capabilities", "site"),
)
CHANGES = (
    {"stage": "stage.seed", "registered": True},
    {"stage": "stage.growth"},
    {"subfields": ("biomed.devices",)},
    {"subfields": ("ict.saas_cloud",)},
    {"services": ("service.site",), "capabilities": (), "site": ("req.area",)},
    {"districts": ("沙溪",)},
)


@pytest.fixture(scope="module")
def answers(recommend) -> list[Answer]:
    return [ask(recommend, text) for text in TEXTS]


def place_of(answer: Answer, carrier) -> tuple[float, int]:
    match = next(one for one in answer.matches if one.carrier.id == carrier.id)
    return match.score, match.rank


@pytest.fixture(scope="module")
def opened(recommend) -> Callable[[Carrier], Recommend]:
    """The same service on the home city's carriers, of which this one is open."""
    registry = recommend.snapshot()
    local = [one for one in registry.carriers if recommend.home in (one.city, one.landing_in)]

    @cache
    def of(carrier_id: CarrierId) -> Recommend:
        carriers = tuple(replace(one, status=Status.OPERATING) if one.id == carrier_id else one for one in local)
        changed = replace(registry, carriers=carriers, version=replace(registry.version, version="opened"))
        return Recommend(
            snapshot=lambda: changed, encoder=recommend.encoder, reader=recommend.reader, ranker=recommend.ranker
        )

    return lambda carrier: of(carrier.id)


def test_score_and_place_after_are_those_of_a_fresh_request(recommend, opened, answers) -> None:
    n_pieces = 0
    for text, answer in zip(TEXTS, answers, strict=True):
        for piece in answer.advice:
            service = recommend if piece.change else opened(piece.carrier)
            fresh = ask(service, text, **piece.change)
            assert place_of(answer, piece.carrier) == (piece.score_before, piece.rank_before)
            assert place_of(fresh, piece.carrier) == (piece.score_after, piece.rank_after)
            n_pieces += 1

    assert n_pieces >= 12


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: " ".join(change))
def test_a_profile_changed_in_thought_is_the_one_that_is_read_with_the_same_stated(
    recommend, answers, taxonomy, change
) -> None:
    for text, answer in zip(TEXTS, answers, strict=True):
        thought, read = restated(answer.profile, change, taxonomy), ask(recommend, text, k=1, **change).profile

        assert {name: getattr(thought, name) for name in COMPARED} == {name: getattr(read, name) for name in COMPARED}
        for name in ("subfield_probabilities", "industry_probabilities", "stage_probabilities"):
            assert getattr(thought, name).tolist() == getattr(read, name).tolist()


def test_an_answer_to_a_question_would_change_the_first_five(recommend, answers, taxonomy) -> None:
    term_of = {term.label: term.id for term in taxonomy.of(Facet.SUBFIELD)}
    n_asked = 0
    for text, answer in zip(TEXTS, answers, strict=True):
        for question in answer.questions:
            if question.field == "stage":
                possible = [{"stage": stage} for stage in taxonomy.ids(Facet.STAGE)]
            elif question.field == "subfields":
                possible = [{"subfields": (term_of[label],)} for label in question.sentence.params["fields"]]
            elif question.field == "site" and "wait" in question.sentence.text:
                possible = [{"site": (TermId("req.area"),)}]
            else:
                continue  # the age only decides on rules, and what is needed at all is always worth knowing
            others = [ask(recommend, text, k=WATCHED, **stated).carrier_ids for stated in possible]
            assert any(set(other) != set(answer.carrier_ids[:WATCHED]) for other in others)
            n_asked += 1

    assert n_asked >= 6
