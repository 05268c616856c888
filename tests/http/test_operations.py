"""Health, figures, logs and ids of requests."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from api.app import create_app
from api.metrics import MeasuredEncoder, MeasuredVectors, Metrics
from api.services import Services
from matcher.domain.errors import StoreNotReady
from matcher.domain.messages import Message
from models.artefacts import RELEASED, ArtefactId
from models.cached_encoder import CachedEncoder
from models.encoders import HashingEncoder
from models.model_files import Kind
from models.serving import Served
from tests.http.conftest import ENDPOINT, SteeredRecommend


def figure(client: TestClient, name: str, **labels: str) -> float:
    """The value of one line of /metrics; 0 where there is none."""
    wanted = "".join(f'(?=.*[{{,]{key}="{re.escape(value)}")' for key, value in labels.items())
    found = re.search(rf"^{wanted}{name}(?:\{{.*\}})? (\S+)$", client.get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_the_process_is_alive_and_ready_once_models_are_loaded(client: TestClient, recommend: SteeredRecommend) -> None:
    assert recommend.is_warm
    assert client.get("/health/live").json()["status"] == "live"
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["missing"]) == (200, [])


def test_a_ready_process_names_its_models_and_says_where_the_one_in_force_cannot_be_used(services: Services) -> None:
    reader = Served(id=ArtefactId(Kind.READER, "linear-reader@1"), model="linear-reader@1")
    ranker = Served(id=ArtefactId(Kind.RANKER, RELEASED), model="additive@2", trouble=Message.of("The disk is full."))

    with TestClient(create_app(replace(services, served=(reader, ranker)))) as client:
        response = client.get("/health/ready", headers={"Accept-Language": "de"})

    assert response.status_code == 200
    assert response.json()["models"] == [
        {"kind": "reader", "id": "linear-reader@1", "revision": "linear-reader@1", "trouble": None},
        {"kind": "ranker", "id": "additive@2", "revision": "released", "trouble": "Der Datenträger ist voll."},
    ]


def test_a_process_that_stops_says_what_is_missing(services: Services) -> None:
    app = create_app(services)
    with TestClient(app) as client:
        app.state.warm = False
        response = client.get("/health/ready")

    assert response.status_code == 503
    assert [missing["part"] for missing in response.json()["missing"]] == ["models"]


def test_a_process_whose_store_is_gone_is_not_ready(services: Services) -> None:
    class Gone:
        def __call__(self):
            raise StoreNotReady("The store is empty.")

        def recent_version(self) -> None:
            return None

    broken = replace(services, registry=replace(services.registry, snapshot=Gone()))
    with TestClient(create_app(broken)) as client:
        response = client.get("/health/ready")
        problem = client.get("/v1/taxonomy")

    assert response.status_code == 503
    assert [missing["detail"] for missing in response.json()["missing"]] == ["The store is empty."]
    assert problem.status_code == 503
    assert problem.json()["type"] == "/problems/store-not-ready"


def test_requests_are_counted_by_route_template_and_status(client: TestClient) -> None:
    client.get("/v1/carriers/cn001")
    client.get("/v1/carriers/nobody")
    client.get("/made/up")
    client.request("BREW", "/v1/taxonomy")

    route = "/v1/carriers/{carrier_id}"
    assert figure(client, "matcher_requests_total", route=route, status="200") == 1
    assert figure(client, "matcher_requests_total", route=route, status="404") == 1
    assert figure(client, "matcher_requests_total", route="none", status="404") == 1
    assert figure(client, "matcher_requests_total", method="other", status="405") == 1
    assert figure(client, "matcher_request_seconds_count", route=route) == 2


def test_answers_are_counted_by_outcome(client: TestClient) -> None:
    client.post(ENDPOINT, json={"text": "a"})

    assert figure(client, "matcher_outcomes_total", outcome="ranked") == 1
    assert figure(client, "matcher_outcomes_total", outcome="out_of_scope") == 0


def test_time_in_the_encoder_is_measured() -> None:
    metrics = Metrics()
    plain = HashingEncoder()
    encoder = MeasuredEncoder(plain, metrics)

    embeddings = encoder.encode(["a text"], ["en"])
    encoder.encode_parts(["a text"], ["en"], [[(0, 1)]])

    assert (embeddings == plain.encode(["a text"], ["en"])).all()
    assert b"matcher_encoder_seconds_count 2.0" in metrics.text()


def test_vectors_of_carriers_are_counted_by_whether_they_were_there() -> None:
    class Cache(dict):
        def get_many(self, encoder_id, hashes):
            return {one: self[one] for one in hashes if one in self}

        def put_many(self, encoder_id, vectors) -> None:
            self.update(vectors)

    metrics = Metrics()
    encoder = CachedEncoder(HashingEncoder(), MeasuredVectors(Cache(), metrics))

    encoder.encode(["a text"], ["en"])
    encoder.encode(["a text", "another"], ["en", "en"])

    assert b'matcher_vectors_total{origin="encoded"} 2.0' in metrics.text()
    assert b'matcher_vectors_total{origin="found"} 1.0' in metrics.text()


def test_requests_that_wait_for_a_place_are_told(services: Services) -> None:
    begun, go_on = Event(), Event()

    class Slow(SteeredRecommend):
        def __call__(self, query, *, on):
            begun.set()
            go_on.wait(10)
            return super().__call__(query, on=on)

    one_place = replace(
        services, recommend=Slow(), settings=services.settings.model_copy(update={"requests_at_once": 1})
    )
    with TestClient(create_app(one_place)) as client, ThreadPoolExecutor() as callers:
        asked = [callers.submit(client.post, ENDPOINT, json={"text": "a"}) for _ in range(3)]
        begun.wait(10)
        told = wait_for(client, "matcher_requests_waiting", 2)
        working = figure(client, "matcher_requests_working")
        go_on.set()

        assert (told, working) == (2, 1)
        assert [one.result().status_code for one in asked] == [200] * 3
        assert figure(client, "matcher_requests_waiting") == 0


def wait_for(client: TestClient, name: str, value: float) -> float:
    """The figure once it has this value, or what it is after ten seconds."""
    end = time.monotonic() + 10
    while (now := figure(client, name)) != value and time.monotonic() < end:
        time.sleep(0.01)
    return now


def test_a_callers_own_id_comes_back_in_header_and_body(client: TestClient) -> None:
    response = client.get("/v1/carriers", headers={"X-Request-Id": "my-id_1.2"})

    assert response.headers["x-request-id"] == "my-id_1.2"
    assert response.json()["request_id"] == "my-id_1.2"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, '"}', "<script>", "ä".encode()])
def test_an_id_that_could_do_harm_is_replaced(client: TestClient, given: str | bytes) -> None:
    response = client.get("/v1/carriers", headers={"X-Request-Id": given})

    assert re.fullmatch(r"[0-9a-f-]{36}", response.headers["x-request-id"])


def test_one_line_a_request_is_logged_without_what_the_caller_wrote(client: TestClient) -> None:
    with capture_logs() as lines:
        client.post(ENDPOINT, json={"text": "a secret plan"}, headers={"X-Request-Id": "one"})
        client.post(ENDPOINT, json={"secret": 1}, headers={"X-Request-Id": "two"})
        client.get("/v1/carriers?name=secret")
        client.get("/secret")

    assert [(line["route"], line["status"]) for line in lines] == [
        (ENDPOINT, 200),
        (ENDPOINT, 422),
        ("/v1/carriers", 200),
        ("none", 404),
    ]
    assert [line["request_id"] for line in lines[:2]] == ["one", "two"]
    assert all(line["duration_ms"] >= 0 for line in lines)
    assert "secret" not in str(lines)


def test_a_failure_is_logged_with_its_place_and_without_its_words(
    client: TestClient, recommend: SteeredRecommend
) -> None:
    recommend.error = KeyError("a secret plan")

    with capture_logs() as lines:
        client.post(ENDPOINT, json={"text": "a"})

    failure, request = lines
    assert failure["error"] == "KeyError"
    assert "conftest.py" in failure["where"][-1]
    assert request["status"] == 500
    assert "secret" not in str(lines)
