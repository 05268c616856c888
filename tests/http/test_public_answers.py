"""Answers that are the same for everybody are built once: what comes back is what would be built anew."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from api.app import create_app
from api.services import Services
from matcher.domain.ids import CarrierId
from matcher.domain.registry import Registry, RegistryVersion

READS = ("/v1/carriers?limit=3", "/v1/carriers?industry=biomed&lang=de", "/v1/carriers/cn004", "/v1/taxonomy")


class SteeredSnapshot:
    """A registry that a test can change; never in need of asking the store unless told."""

    def __init__(self, registry: Registry) -> None:
        self.registry, self.is_recent, self.n_calls = registry, True, 0

    def __call__(self) -> Registry:
        self.n_calls += 1
        return self.registry

    def recent_version(self) -> RegistryVersion | None:
        return self.registry.version if self.is_recent else None


@pytest.fixture
def snapshot(services: Services) -> SteeredSnapshot:
    return SteeredSnapshot(services.registry.snapshot())


@pytest.fixture
def client(services: Services, snapshot: SteeredSnapshot) -> Iterator[TestClient]:
    steered = replace(services, registry=replace(services.registry, snapshot=snapshot))
    with TestClient(create_app(steered)) as client:
        yield client


def without_id(response) -> tuple[object, dict[str, str]]:
    body = {name: value for name, value in response.json().items() if name != "request_id"}
    return body, {name: value for name, value in response.headers.items() if name != "x-request-id"}


@pytest.mark.parametrize("path", READS)
def test_the_second_answer_is_the_first_with_an_id_of_its_own(
    client: TestClient, snapshot: SteeredSnapshot, path: str
) -> None:
    first = client.get(path, headers={"X-Request-Id": "a" * 36})
    n_calls = snapshot.n_calls
    second = client.get(path, headers={"X-Request-Id": "b" * 36})

    assert snapshot.n_calls == n_calls  # nothing was built
    assert without_id(second) == without_id(first)
    assert list(second.json()) == list(first.json())
    assert first.json()["request_id"] == first.headers["x-request-id"] == "a" * 36
    assert second.json()["request_id"] == second.headers["x-request-id"] == "b" * 36


@pytest.mark.parametrize("path", READS)
def test_a_kept_answer_is_not_sent_again_to_who_has_it(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    unchanged = client.get(path, headers={"If-None-Match": f'"other", {tag}'})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["etag"] == tag
    assert unchanged.headers["x-request-id"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_change_of_the_registry_is_seen_at_once(client: TestClient, snapshot: SteeredSnapshot) -> None:
    before = client.get("/v1/carriers/cn004")
    old = snapshot.registry
    renamed = replace(old.carrier(CarrierId("cn004")), name=replace(old.carrier(CarrierId("cn004")).name, en="Renamed"))
    snapshot.registry = replace(
        old,
        version=RegistryVersion(version="newer", as_of="2026-11-24"),
        carriers=tuple(renamed if one.id == renamed.id else one for one in old.carriers),
    )
    after = client.get("/v1/carriers/cn004", headers={"If-None-Match": before.headers["etag"]})

    assert after.status_code == 200
    assert (after.json()["name"], after.json()["registry"]["version"]) == ("Renamed", "newer")
    assert after.headers["etag"] != before.headers["etag"]


def test_while_it_is_not_sure_that_nothing_changed_the_store_is_asked(
    client: TestClient, snapshot: SteeredSnapshot
) -> None:
    first = client.get("/v1/taxonomy")
    snapshot.is_recent = False
    n_calls = snapshot.n_calls

    again = client.get("/v1/taxonomy")

    assert snapshot.n_calls == n_calls + 1
    assert without_id(again) == without_id(first)


@pytest.mark.parametrize("header", ["Authorization", "Cookie"])
def test_who_says_who_they_are_is_answered_by_the_route(
    client: TestClient, snapshot: SteeredSnapshot, header: str
) -> None:
    client.get("/v1/taxonomy")
    n_calls = snapshot.n_calls

    client.get("/v1/taxonomy", headers={header: "whatever"})

    assert snapshot.n_calls == n_calls + 1


def test_each_language_has_an_answer_of_its_own(client: TestClient) -> None:
    said = {
        accepted: client.get("/v1/carriers/cn004", headers={"Accept-Language": accepted}).json()["language"]
        for accepted in ("zh", "de", "en", "zh", "de")
    }

    assert said == {"zh": "zh", "de": "de", "en": "en"}


def test_what_cannot_be_used_is_refused_however_often_it_is_asked(client: TestClient) -> None:
    for _ in range(2):
        assert client.get("/v1/carriers?limit=0").status_code == 422
        assert client.get("/v1/carriers/nobody").status_code == 404
        assert client.post("/v1/taxonomy").status_code == 405


def test_a_kept_answer_is_logged_and_counted_like_any_other(client: TestClient) -> None:
    with capture_logs() as lines:
        client.get("/v1/carriers?name=secret")
        client.get("/v1/carriers?name=secret")
        client.head("/v1/carriers?name=secret")

    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/v1/carriers", 200),
        ("GET", "/v1/carriers", 200),
        ("HEAD", "/v1/carriers", 200),
    ]
    assert "secret" not in str(lines)
    counted = client.get("/metrics").text
    assert 'matcher_requests_total{method="GET",route="/v1/carriers",status="200"} 2.0' in counted
    assert 'matcher_public_answers_total{origin="kept"} 2.0' in counted
    assert 'matcher_public_answers_total{origin="built"} 1.0' in counted


def test_head_of_a_kept_answer_has_its_headers_and_no_body(client: TestClient) -> None:
    whole = client.get("/v1/taxonomy", headers={"X-Request-Id": "a" * 36})
    head = client.head("/v1/taxonomy", headers={"X-Request-Id": "a" * 36})

    assert head.content == b""
    assert head.headers == whole.headers
