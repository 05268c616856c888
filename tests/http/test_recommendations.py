"""Asking for a recommendation."""

import orjson
import pytest
from starlette.testclient import TestClient

from api.schemas.answer_models import AnswerOut
from api.schemas.answers import answer_out
from api.schemas.examples import REQUESTS
from api.sentences import Sentences
from api.services import RegistryServices
from matcher.domain.messages import Language
from matcher.domain.startups import Outcome, Scope
from tests.factories import a_match, a_part, a_profile, an_answer
from tests.http.conftest import ENDPOINT, TODAY, SteeredRecommend

TEXT = "We make catheters."


def ask(client: TestClient, headers: dict[str, str] | None = None, **body: object):
    return client.post(ENDPOINT, json={"text": TEXT} | body, headers=headers)


def test_an_answer_has_the_documented_shape(client: TestClient) -> None:
    response = ask(client)

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert AnswerOut.model_validate(response.json()).model_dump() == response.json()


def test_an_answer_without_findings_has_the_documented_shape_too(
    client: TestClient, recommend: SteeredRecommend
) -> None:
    profile = a_profile(stage=None, subfields=(), services=(), capabilities=(), site=(), company_age_months=None)
    recommend.answer = an_answer(
        outcome=Outcome.OUT_OF_SCOPE, profile=profile, matches=(), partners=(), not_eligible=(), questions=()
    )

    body = ask(client).json()

    assert body["profile"]["stage"] is None
    assert body["matches"] == []
    assert AnswerOut.model_validate(body).model_dump() == body


def test_the_score_is_exactly_the_sum_of_the_parts(client: TestClient, recommend: SteeredRecommend) -> None:
    parts = tuple(a_part(part=n / 4096) for n in (1, 4095, -777, 12_345))
    recommend.answer = an_answer(matches=(a_match(criteria=parts),))

    (match,) = ask(client).json()["matches"]

    assert match["score"] == sum(part["part"] for part in match["criteria"])


def test_bare_ids_are_named_once_for_the_whole_answer(client: TestClient) -> None:
    body = ask(client, lang="de").json()

    (match,) = body["matches"]
    bare = {one for part in match["criteria"] for one in part["covered"] + part["unknown"]}
    assert bare | set(match["carrier"]["anchors"]) <= set(body["labels"])
    assert body["labels"]["cap.medtech_test"] == "Medizinprodukteprüfung und Registrierung"


def test_the_chain_none_has_a_name_in_words(registry_services: RegistryServices) -> None:
    profile = a_profile()
    answer = an_answer(profile=profile, outcome=Outcome.NO_CORE_CHAIN)
    answer_none = answer_out(
        an_answer(profile=a_profile(chain=profile.chain.__class__(id="none", probability=0.9))),
        Language.EN,
        Sentences(),
        registry_services.snapshot(),
    )

    assert answer.outcome is Outcome.NO_CORE_CHAIN
    assert answer_none["profile"]["chain"]["label"] == "none of the four chains"


def test_what_is_stated_reaches_the_recommendation(client: TestClient, recommend: SteeredRecommend) -> None:
    stated = {
        "industry": "biomed",
        "subfields": ["biomed.devices"],
        "stage": "stage.seed",
        "company_age_months": 14,
        "registered": True,
        "foreign_invested": False,
        "services": ["service.site"],
        "capabilities": ["cap.medtech_test", "platform.pilot"],
        "site": ["req.cleanroom_class"],
        "districts": ["沙溪"],
        "exclude": ["cn001"],
    }

    response = ask(client, scope="delta", k=3, lang="zh", **stated)

    assert response.status_code == 200
    ((query, on),) = recommend.queries
    assert on == TODAY
    assert (query.k, query.scope, query.language) == (3, Scope.DELTA, Language.ZH)
    assert query.request_id == response.json()["request_id"]
    said = query.description.stated
    assert {name: _plain(getattr(said, name)) for name in stated} == stated


def test_what_is_not_stated_stays_unknown(client: TestClient, recommend: SteeredRecommend) -> None:
    ask(client)

    ((query, _),) = recommend.queries
    stated = query.description.stated
    assert (stated.services, stated.registered, stated.stage) == (None, None, None)
    assert (query.k, query.scope, query.language) == (10, Scope.HOME, None)


@pytest.mark.parametrize("language", REQUESTS)
def test_every_documented_request_is_answered(client: TestClient, language: str) -> None:
    assert client.post(ENDPOINT, json=REQUESTS[language]["value"]).status_code == 200


def test_lang_chooses_before_the_header_does(client: TestClient) -> None:
    headers = {"Accept-Language": "zh-CN"}

    assert ask(client, headers).headers["content-language"] == "zh"
    both = ask(client, headers, lang="de")
    assert both.headers["content-language"] == "de"
    assert both.json()["language"] == "de"
    assert both.headers["vary"] == "Accept-Language"


def test_without_a_choice_the_text_chooses(client: TestClient, recommend: SteeredRecommend) -> None:
    ask(client, {"Accept-Language": "fr"})

    assert recommend.queries[0][0].language is None


def test_an_answer_is_not_kept_by_caches(client: TestClient) -> None:
    assert ask(client).headers["cache-control"] == "no-store"


def test_offsets_and_texts_come_back_as_sent(client: TestClient, recommend: SteeredRecommend) -> None:
    text = "😀 导管\u0000\r\n<b>café</b>"

    assert ask(client, text=text).status_code == 200
    assert recommend.queries[0][0].description.text == text


def test_numbers_are_plain_json(client: TestClient, recommend: SteeredRecommend) -> None:
    recommend.answer = an_answer(profile=a_profile(facts={"equity_cny": 3e6}))

    assert orjson.loads(ask(client).content)["profile"]["amounts"]["equity_cny"]["value"] == 3e6


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple | frozenset) else value
