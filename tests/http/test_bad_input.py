"""Bad input gets a clear problem in the caller's language, and never a 500."""

import orjson
import pytest
from starlette.testclient import TestClient

from api.app import MAX_BODY_BYTES
from api.schemas.problems import Problem
from matcher.domain.errors import MatcherError, StoreBusy
from matcher.domain.startups import MAX_CHARACTERS
from tests.http.conftest import ENDPOINT, SteeredRecommend

JSON = {"Content-Type": "application/json"}


def post(client: TestClient, content: bytes, **headers: str):
    return client.post(ENDPOINT, content=content, headers=JSON | headers)


def problem_of(response) -> dict:
    """The body, checked to be a problem document that agrees with its response."""
    body = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert Problem.model_validate(body).model_dump(by_alias=True) == body
    assert body["status"] == response.status_code
    assert body["request_id"] == response.headers["x-request-id"]
    assert body["title"]
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    ("body", "pointer", "expected"),
    [
        ({"text": ""}, "/text", "say what you make"),
        ({"text": " \n\t "}, "/text", "say what you make"),
        ({"text": "x" * (MAX_CHARACTERS + 1)}, "/text", "at most 20,000"),
        ({"text": "x" * 200_000}, "/text", "at most 20,000"),
        ({"text": None}, "/text", "A text is expected."),
        ({"text": 5}, "/text", "A text is expected."),
        ({"text": ["a"]}, "/text", "A text is expected."),
        ({}, "/text", "required"),
        ({"text": "a", "k": 0}, "/k", "at least 1 "),
        ({"text": "a", "k": -1}, "/k", "at least 1 "),
        ({"text": "a", "k": 10**9}, "/k", "at most 100 "),
        ({"text": "a", "k": 2.5}, "/k", "whole number"),
        ({"text": "a", "k": "5"}, "/k", "whole number"),
        ({"text": "a", "k": True}, "/k", "whole number"),
        ({"text": "a", "scope": "moon"}, "/scope", "home, delta, all"),
        ({"text": "a", "lang": "fr"}, "/lang", "zh, en, de"),
        ({"text": "a", "registered": "yes"}, "/registered", "true or false"),
        ({"text": "a", "company_age_months": -1}, "/company_age_months", "at least 0 "),
        ({"text": "a", "company_age_months": 99_999}, "/company_age_months", "at most 2,400 "),
        ({"text": "a", "services": "service.site"}, "/services", "list"),
        ({"text": "a", "services": ["x" * 101]}, "/services/0", "At most 100 characters"),
        ({"text": "a", "exclude": ["cn001"] * 301}, "/exclude", "at most 300"),
        ({"text": "a", "stage": "stage.unicorn"}, "/stage", "not in the vocabulary"),
        ({"text": "a", "stage": "service.site"}, "/stage", "not one of stages"),
        ({"text": "a", "industry": "stage.seed"}, "/industry", "not one of industries"),
        ({"text": "a", "subfields": ["biomed"]}, "/subfields", "not one of subfields"),
        ({"text": "a", "exclude": ["nobody"]}, "/exclude", "no carrier nobody"),
        ({"text": "a", "txt": "b"}, "/txt", "no such field; there are text, lang"),
        ({"text": "a", "a/b~c": 1}, "/a~1b~0c", "no such field"),
    ],
)
def test_a_field_at_fault_is_named_with_what_was_expected(client: TestClient, body, pointer, expected) -> None:
    response = client.post(ENDPOINT, json=body)

    assert response.status_code == 422
    (error,) = problem_of(response)["errors"]
    assert error["in"] == "body"
    assert error["pointer"] == pointer
    assert expected in error["expected"]


def test_all_fields_at_fault_are_named_at_once(client: TestClient) -> None:
    problem = problem_of(client.post(ENDPOINT, json={"k": 0, "scope": 1, "what": 2}))

    assert {error["field"] for error in problem["errors"]} == {"text", "k", "scope", "what"}


@pytest.mark.parametrize("content", [b"[]", b'"text"', b"5", b"null", b"true"])
def test_json_that_is_no_object_is_refused(client: TestClient, content: bytes) -> None:
    response = post(client, content)

    assert response.status_code in (400, 422)
    problem_of(response)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"{",
        b"{'text': 'a'}",
        b'{"text": "\xff\xfe"}',
        b"[" * 100_000,
        b'{"text": "a", "k": ' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_not_json_is_refused(client: TestClient, content: bytes) -> None:
    response = post(client, content)

    assert response.status_code == 400
    assert problem_of(response)["type"] == "/problems/not-json"


@pytest.mark.parametrize(
    "content",
    [
        rb'{"text": "\ud800"}',
        rb'{"text": "a", "districts": ["\udfff"]}',
        rb'{"text": "a", "\ud800": 1}',
        rb'{"text": "a", "stage": "\udc00"}',
        b'{"text": "a", "k": NaN}',
        b'{"text": "a", "k": 1e999}',
        b'{"text": "a", "company_age_months": -Infinity}',
    ],
)
def test_half_characters_and_endless_numbers_are_refused(client: TestClient, content: bytes) -> None:
    response = post(client, content)

    assert response.status_code == 422
    assert problem_of(response)["errors"]


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/xml", "multipart/form-data", "application/jsonp", ""]
)
def test_another_media_type_than_json_is_refused(client: TestClient, media_type: str) -> None:
    response = client.post(ENDPOINT, content=b'{"text": "a"}', headers={"Content-Type": media_type})

    assert response.status_code == 415
    assert "application/json" in problem_of(response)["detail"]


def test_json_may_name_its_character_set(client: TestClient) -> None:
    response = client.post(
        ENDPOINT, content=b'{"text": "a"}', headers={"Content-Type": "Application/JSON; charset=utf-8"}
    )

    assert response.status_code == 200


def test_a_body_announced_as_too_large_is_refused_unread(client: TestClient) -> None:
    response = post(client, b'{"text": "a"}', **{"Content-Length": str(MAX_BODY_BYTES + 1)})

    assert response.status_code == 413
    problem_of(response)


def test_a_body_that_grows_too_large_is_refused_on_the_way(client: TestClient) -> None:
    n_sent = 0

    def chunks():
        nonlocal n_sent
        for _ in range(100):
            n_sent += 1
            yield b" " * (MAX_BODY_BYTES // 10)

    response = client.post(ENDPOINT, content=chunks(), headers=JSON)

    assert response.status_code == 413
    problem_of(response)


def test_a_body_just_within_the_limit_is_read(client: TestClient) -> None:
    body = orjson.dumps({"text": "a"})

    assert post(client, body + b" " * (MAX_BODY_BYTES - len(body))).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/carriers/", 404),
        ("POST", "/v1/carriers", 405),
        ("GET", ENDPOINT, 405),
        ("DELETE", ENDPOINT, 405),
        ("PUT", "/v1/taxonomy", 405),
        ("BREW", "/v1/taxonomy", 405),
        ("GET", "/v1/carriers/%00%ff", 404),
        ("GET", "/%c0%ae%c0%ae/etc/passwd", 404),
    ],
)
def test_a_wrong_address_or_method_is_a_problem(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)

    assert response.status_code == status
    problem_of(response)


def test_a_refused_method_says_which_is_taken(client: TestClient) -> None:
    assert client.get(ENDPOINT).headers["allow"] == "POST"
    assert client.put("/v1/startups/x").headers["allow"] == "DELETE, GET, PATCH"


def test_a_head_is_answered_as_a_get_without_its_body(client: TestClient) -> None:
    response = client.head("/v1/carriers")

    assert response.status_code == 200
    assert response.headers["etag"]
    assert response.content == b""


def test_a_problem_is_told_in_the_callers_language(client: TestClient) -> None:
    headers = {"Accept-Language": "de"}

    german = client.post(ENDPOINT, json={"text": ""}, headers=headers)
    chinese = client.get("/v1/carriers?limit=0&lang=zh", headers=headers)

    assert german.headers["content-language"] == "de"
    assert chinese.headers["content-language"] == "zh"


def test_the_callers_text_is_not_repeated_in_a_problem(client: TestClient) -> None:
    response = client.post(ENDPOINT, json={"text": ["a secret plan"], "k": "a secret number"})

    assert "secret" not in response.text


def test_an_error_of_ours_is_told_without_its_words(client: TestClient, recommend: SteeredRecommend) -> None:
    recommend.error = ValueError("a secret plan")

    response = client.post(ENDPOINT, json={"text": "a"})

    assert response.status_code == 500
    assert "secret" not in response.text
    assert problem_of(response)["type"] == "/problems/failed"


def test_a_busy_store_says_when_to_come_again(client: TestClient, recommend: SteeredRecommend) -> None:
    recommend.error = StoreBusy("Another process is writing.")

    response = client.post(ENDPOINT, json={"text": "a"})

    assert response.status_code == 503
    assert response.headers["retry-after"] == "1"
    assert problem_of(response)["detail"] == "Another process is writing."


def test_an_error_of_the_domain_that_has_no_problem_of_its_own_takes_its_parents(
    client: TestClient, recommend: SteeredRecommend
) -> None:
    class Unheard(MatcherError):
        pass

    recommend.error = Unheard("Something of the domain.")

    assert problem_of(client.post(ENDPOINT, json={"text": "a"}))["status"] == 500
