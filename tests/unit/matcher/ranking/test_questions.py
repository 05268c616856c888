"""Questions: only those whose answers would change the list, or whose fact is missing."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.startups import Outcome
from matcher.ranking.questions import MOST, questions
from tests.factories import a_finding, a_read_profile
from tests.unit.matcher.ranking.worlds import TAXONOMY, a_device_maker


def always(profile):
    """A list that no answer changes."""
    return np.arange(5)


def by_stage(profile):
    """A list that hangs on the stage alone."""
    return np.arange(5) + 10 * int(np.argmax(profile.stage_probabilities))


def by_industry(profile):
    return np.arange(5) + 10 * int(np.argmax(profile.industry_probabilities))


def questions_to(profile, order_for=always):
    return questions(profile, TAXONOMY, lambda profiles: [order_for(one) for one in profiles])


def asked(profile, order_for=always) -> list[str]:
    return [question.field for question in questions_to(profile, order_for)]


def a_doubtful_stage(probability=0.5, stated=False):
    profile = a_device_maker(stage_probabilities=np.array([0.1, 0.5, 0.4, 0.0, 0.0]))
    return replace(profile, stage=a_finding("stage.seed", probability=probability, stated=stated))


def test_a_stage_is_asked_for_only_if_another_one_would_change_the_list() -> None:
    assert asked(a_doubtful_stage(), by_stage) == ["stage"]
    assert asked(a_doubtful_stage(), always) == []


@pytest.mark.parametrize("sure", [{"probability": 0.9}, {"stated": True}])
def test_a_stage_that_is_sure_or_stated_is_not_asked_for(sure) -> None:
    assert asked(a_doubtful_stage(**sure), by_stage) == []


def test_a_field_is_asked_for_with_the_best_subfield_of_each_of_two_likely_industries() -> None:
    profile = a_read_profile(
        TAXONOMY,
        {"biomed.devices": 0.4, "biomed.ivd": 0.3, "materials.coatings": 0.2, "equipment.laser": 0.1},
        site=(a_finding("req.wet_lab"),),
    )
    (question,) = questions_to(profile, by_industry)

    assert question.field == "subfields"
    assert question.sentence.params["fields"] == tuple(
        TAXONOMY.label(term) for term in ("biomed.devices", "materials.coatings")
    )
    assert asked(profile, always) == []


def test_a_field_that_is_sure_or_stated_is_not_asked_for() -> None:
    sure = a_read_profile(TAXONOMY, {"biomed.devices": 0.9, "ict.ai": 0.1}, site=(a_finding("req.wet_lab"),))
    stated = replace(a_device_maker(), industry=a_finding("biomed", stated=True))

    assert asked(sure, by_industry) == []
    assert asked(stated, by_industry) == []


def test_the_answer_that_would_change_most_is_asked_for_first() -> None:
    def mostly_by_industry(profile):
        return np.concatenate([by_industry(profile)[:4], by_stage(profile)[:1] + 1000])

    def mostly_by_stage(profile):
        return np.concatenate([by_stage(profile)[:4], by_industry(profile)[:1] + 1000])

    assert asked(a_doubtful_stage(), mostly_by_industry) == ["subfields", "stage"]
    assert asked(a_doubtful_stage(), mostly_by_stage) == ["stage", "subfields"]


@pytest.mark.parametrize(("changes", "field"), [
    ({"company_age_months": None}, "company_age_months"),
    ({"services": (), "capabilities": (), "site": ()}, "site"),
])  # fmt: skip
def test_a_missing_fact_is_asked_for(changes, field) -> None:
    assert asked(a_device_maker(**changes)) == [field]


def test_who_has_no_company_yet_is_not_asked_when_it_was_registered() -> None:
    assert asked(a_device_maker(company_age_months=None, registered=False)) == []


def test_where_there_is_no_list_no_answer_can_change_it() -> None:
    assert asked(a_doubtful_stage(), lambda profile: np.arange(0)) == []


def test_a_vague_text_is_asked_one_to_three_questions_first_of_all_for_its_product() -> None:
    vague = a_read_profile(TAXONOMY, {}, outcome=Outcome.NEEDS_MORE_INFORMATION)
    less_vague = replace(vague, stage=a_finding("stage.seed"), services=(a_finding("service.site"),))

    assert asked(vague) == ["text", "stage", "site"]
    assert asked(less_vague) == ["text"]


def test_what_is_out_of_scope_is_asked_nothing_and_nobody_more_than_three_things() -> None:
    profile = replace(a_doubtful_stage(), company_age_months=None, services=(), capabilities=(), site=())

    assert asked(replace(profile, outcome=Outcome.OUT_OF_SCOPE), by_stage) == []
    assert len(asked(profile, lambda one: by_stage(one) + by_industry(one) * 100)) == MOST
