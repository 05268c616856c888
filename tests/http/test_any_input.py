"""Whatever is sent, the answer is an answer or a problem, and never a failure of ours."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.schemas.carrier_query import CarrierQuery
from api.schemas.identity import AccountChangeBody, NewAccountBody, NewKeyBody, SignInBody
from api.schemas.requests import RecommendationIn
from matcher.domain.accounts import Role
from tests.http.conftest import ENDPOINT
from tests.http.signing import House, signed_in

# The client keeps nothing between examples.
same_client = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["biomed", "stage.seed", "service.site", "cn001", "home", "zh"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=6,
)
BODIES = st.dictionaries(st.sampled_from(sorted(RecommendationIn.model_fields)) | WORDS, VALUES, max_size=8)


def is_honest(response) -> bool:
    if response.status_code == 200:
        return response.headers["content-type"] == "application/json"
    return response.status_code < 500 and response.headers["content-type"] == "application/problem+json"


@same_client
@given(BODIES)
def test_any_object_is_answered_or_refused(client: TestClient, body: dict) -> None:
    response = client.post(ENDPOINT, content=orjson.dumps(body), headers={"Content-Type": "application/json"})

    assert is_honest(response)


@same_client
@given(st.dictionaries(st.sampled_from(sorted(RecommendationIn.model_fields)), VALUES, max_size=3), WORDS)
def test_an_object_with_a_text_is_answered_or_refused(client: TestClient, body: dict, text: str) -> None:
    body = body | {"text": text}

    assert is_honest(client.post(ENDPOINT, content=orjson.dumps(body), headers={"Content-Type": "application/json"}))


@same_client
@given(st.binary(max_size=60))
def test_any_bytes_are_answered_or_refused(client: TestClient, content: bytes) -> None:
    assert is_honest(client.post(ENDPOINT, content=content, headers={"Content-Type": "application/json"}))


@same_client
@given(st.dictionaries(st.sampled_from(sorted(CarrierQuery.model_fields)) | WORDS, WORDS, max_size=4))
def test_any_query_is_answered_or_refused(client: TestClient, query: dict[str, str]) -> None:
    assert is_honest(client.get(f"/v1/carriers?{urlencode(query)}"))


@same_client
@given(WORDS)
def test_any_id_is_found_or_not(client: TestClient, carrier_id: str) -> None:
    assert is_honest(client.get(f"/v1/carriers/{quote(carrier_id, safe='')}"))


@pytest.fixture
def signed_page(house: House) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """Of an administrator, and the headers of its writes."""
    with house.client() as page:
        yield page, signed_in(page, house.account(Role.ADMIN))


IDENTITY_FIELDS = sorted(
    {*SignInBody.model_fields, *NewAccountBody.model_fields, *AccountChangeBody.model_fields, *NewKeyBody.model_fields}
)
WRITES_OF_IDENTITY = [
    ("POST", "/v1/session"),
    ("POST", "/v1/keys"),
    ("POST", "/v1/accounts"),
    ("PATCH", "/v1/accounts/{id}"),
    ("POST", "/v1/accounts/{id}/password"),
    ("POST", "/v1/account/password"),
    ("DELETE", "/v1/keys/{id}"),
]


@same_client
@given(
    st.sampled_from(WRITES_OF_IDENTITY),
    st.dictionaries(st.sampled_from(IDENTITY_FIELDS) | WORDS, VALUES, max_size=5),
    WORDS,
)
def test_whatever_an_administrator_writes_is_done_or_refused(signed_page, write, body: dict, text: str) -> None:
    page, csrf = signed_page
    method, address = write[0], write[1].replace("{id}", quote(text, safe=""))
    headers = csrf | {"If-Match": "*", "Content-Type": "application/json"}

    answer = page.request(method, address, content=orjson.dumps(body), headers=headers)

    assert answer.status_code in (201, 204) or is_honest(answer)
