"""Lists and records of carriers."""

from base64 import urlsafe_b64encode

import pytest
from starlette.testclient import TestClient

from api.schemas.carrier_models import CarrierPageOut, CarrierRecordOut
from api.services import RegistryServices
from matcher.domain.taxonomy import Facet

CARRIERS = "/v1/carriers"


def get(client: TestClient, path: str = CARRIERS, headers: dict[str, str] | None = None, **params: object):
    return client.get(path, params=params, headers=headers)


def test_a_page_has_the_documented_shape(client: TestClient) -> None:
    response = get(client, limit=100)

    assert response.status_code == 200
    assert CarrierPageOut.model_validate(response.json()).model_dump() == response.json()


def test_all_pages_together_give_every_carrier_once_in_the_order_of_ids(
    client: TestClient, registry_services: RegistryServices
) -> None:
    ids, cursor = [], {}
    while cursor is not None:
        page = get(client, limit=17, **cursor).json()
        ids += [carrier["id"] for carrier in page["carriers"]]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else None

    everyone = [carrier.id for carrier in registry_services.snapshot().carriers]
    assert ids == everyone
    assert page["total"] == len(everyone)


def test_the_link_to_the_next_page_keeps_the_filters(client: TestClient) -> None:
    first = get(client, city="太仓", limit=5, lang="de")

    second = client.get(first.links["next"]["url"])

    assert second.json()["language"] == "de"
    assert {carrier["city"] for carrier in second.json()["carriers"]} == {"太仓"}
    assert second.json()["carriers"][0]["id"] > first.json()["carriers"][-1]["id"]


def test_the_last_page_has_no_next(client: TestClient) -> None:
    last = get(client, city="太仓", limit=100)

    assert last.json()["next_cursor"] is None
    assert "next" not in last.links


@pytest.mark.parametrize(
    ("filters", "field", "value"),
    [
        ({"role": "partner"}, "role", "partner"),
        ({"kind": "kind.accelerator"}, "kind", "kind.accelerator"),
        ({"level": "level.national"}, "level", "level.national"),
        ({"status": "planned"}, "status", "planned"),
        ({"city": "太仓"}, "city_name", "Taicang"),
    ],
)
def test_a_filter_keeps_only_what_it_asks_for(client: TestClient, filters, field: str, value: str) -> None:
    page = get(client, limit=100, **filters).json()

    assert page["carriers"]
    assert {carrier[field] for carrier in page["carriers"]} == {value}


def test_a_filter_by_a_list_finds_it_among_others(client: TestClient) -> None:
    page = get(client, limit=100, industry="biomed", service="service.site").json()

    assert page["carriers"]
    for carrier in page["carriers"]:
        assert "biomed" in {one["id"] for one in carrier["industries"]}
        assert "service.site" in {one["id"] for one in carrier["services"]}


def test_a_name_is_found_in_any_language(client: TestClient) -> None:
    found = {get(client, name=name).json()["carriers"][0]["id"] for name in ("太仓大学科技园", "taicang university")}

    assert found == {"cn001"}


@pytest.mark.parametrize("name", ["%", "_", "'; DROP TABLE carriers;--", "\\", "😀"])
def test_a_name_is_only_ever_a_name(client: TestClient, name: str) -> None:
    page = get(client, name=name)

    assert page.status_code == 200
    assert page.json()["total"] < get(client).json()["total"]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"role": "boss"}, "role"),
        ({"kind": "kind.unheard"}, "kind"),
        ({"kind": "biomed"}, "kind"),
        ({"capability": "service.site"}, "capability"),
        ({"lang": "fr"}, "lang"),
        ({"town": "太仓"}, "town"),
        ({"city": ""}, "city"),
        ({"name": "a\x00b"}, "name"),
        ({"cursor": "broken"}, "cursor"),
        ({"cursor": urlsafe_b64encode(b"before:cn001").decode()}, "cursor"),
    ],
)
def test_a_parameter_at_fault_is_named(client: TestClient, params: dict[str, object], field: str) -> None:
    response = get(client, **params)

    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert (error["in"], error["field"], error["pointer"]) == ("query", field, None)
    assert error["expected"]


def test_a_record_has_the_documented_shape(client: TestClient, registry_services: RegistryServices) -> None:
    for carrier in registry_services.snapshot().carriers:
        body = get(client, f"{CARRIERS}/{carrier.id}").json()
        assert CarrierRecordOut.model_validate(body).model_dump() == body


def test_each_fact_of_a_record_has_its_basis_source_and_date(client: TestClient) -> None:
    body = get(client, f"{CARRIERS}/cn001", lang="zh").json()

    facts = {fact["field"]: fact for fact in body["facts"]}
    assert facts["kind"]["value"] == {"id": "kind.university_park", "label": "大学科技园"}
    assert facts["kind"]["basis"] == "name"
    assert facts["services"]["basis"] == "stated"
    assert facts["services"]["note"].startswith("technical help")
    assert "太仓市人民政府" in facts["services"]["source"]
    assert facts["services"]["as_of"] == "2024-02-02"
    assert body["sources"][0]["grade"] == "official"


def test_what_is_not_known_is_named_as_unknown_and_not_among_the_facts(client: TestClient) -> None:
    body = get(client, f"{CARRIERS}/cn002").json()

    assert {"specialised", "industries", "services", "area_m2", "district"} <= set(body["unknown"])
    assert not {fact["field"] for fact in body["facts"]} & set(body["unknown"])


def test_a_carrier_that_does_not_exist_is_not_found(client: TestClient) -> None:
    response = get(client, f"{CARRIERS}/nobody")

    assert response.status_code == 404
    assert response.json()["type"] == "/problems/carrier-not-found"
    assert "nobody" in response.json()["detail"]


@pytest.mark.parametrize("path", [CARRIERS, f"{CARRIERS}/cn001", "/v1/taxonomy"])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    first = get(client, path)

    again = get(client, path, {"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", [CARRIERS, f"{CARRIERS}/cn001", "/v1/taxonomy"])
def test_another_language_has_another_tag(client: TestClient, path: str) -> None:
    english, german = get(client, path), get(client, path, {"Accept-Language": "de"})

    assert german.headers["content-language"] == "de"
    assert english.headers["etag"] != german.headers["etag"]


def test_another_question_has_another_tag(client: TestClient) -> None:
    tags = {
        get(client, **params).headers["etag"] for params in ({}, {"limit": 5}, {"city": "太仓"}, {"role": "partner"})
    }

    assert len(tags) == 4


def test_the_vocabulary_is_complete_and_in_its_own_order(
    client: TestClient, registry_services: RegistryServices
) -> None:
    body = get(client, "/v1/taxonomy", lang="zh").json()

    taxonomy = registry_services.snapshot().taxonomy
    assert list(body["facets"]) == [facet.value for facet in Facet]
    assert [term["id"] for term in body["facets"]["stages"]] == list(taxonomy.ids(Facet.STAGE))
    assert body["facets"]["stages"][0]["label"] == "创业团队/创意期"
