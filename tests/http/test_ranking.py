"""How ranking works is told to programs and to people, in three languages, as it is in force."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.kept_answers import KeptAnswers
from api.pages.ranking_words import FEATURES
from api.settings import Settings
from matcher.domain.matches import Criterion
from matcher.features.pairs import FEATURE_NAMES
from models.rankers import Weight

ADDRESS, PAGE = "/v1/ranking", "/how-ranking-works"


class Outline(HTMLParser):
    """Which tags there are, with their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data) -> None:
        self.text += data

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def test_every_criterion_and_feature_stands_with_its_weights_in_force(client, services) -> None:
    content = client.get(ADDRESS).json()

    assert {one["id"] for one in content["criteria"]} == {criterion.value for criterion in Criterion}
    told = {
        feature["id"]: (one["id"], feature["startup"], feature["carrier"], feature["neutral"])
        for one in content["criteria"]
        for feature in one["features"]
    }
    assert set(told) == set(FEATURE_NAMES)
    assert told == {one.feature: (one.criterion, one.startup, one.carrier, one.neutral) for one in services.weights}


def test_it_names_models_registry_and_the_way_to_a_list_without_ranking(client, services) -> None:
    content = client.get(ADDRESS).json()

    assert content["models"]["ranker"] == services.feedback.models.ranker
    assert content["registry"]["version"] == services.registry.snapshot().version.version
    neutral = {content["neutral"]["parameter"]: content["neutral"]["value"]}
    assert client.post("/v1/recommendations", json={"text": "We make drones.", **neutral}).status_code == 200


def test_it_says_what_the_data_are_what_never_counts_and_how_long_what_is_kept(house) -> None:
    settings = Settings(impression_days=7, retention_days=99)
    with replace(house, services=replace(house.services, settings=settings)).client() as client:
        content = client.get(ADDRESS, params={"lang": "en"}).json()

    assert any("one assessor" in sentence and "invented" in sentence for sentence in content["data"])
    assert any("personal trait" in sentence for sentence in content["not_used"])
    kept = " ".join(content["retention"]["sentences"])
    assert "7 days" in kept
    assert "99 days" in kept


def test_without_a_record_of_lists_it_does_not_claim_one(house) -> None:
    settings = Settings(record_impressions=False)
    with replace(house, services=replace(house.services, settings=settings)).client() as client:
        retention = client.get(ADDRESS, params={"lang": "en"}).json()["retention"]

    assert retention["impressions"] is False
    assert "Which carriers were shown is not kept." in retention["sentences"]


@pytest.mark.parametrize("address", [ADDRESS, PAGE])
@pytest.mark.parametrize(
    ("lang", "title"), [("zh", "排序方法"), ("en", "How ranking works"), ("de", "Wie die Rangfolge entsteht")]
)
def test_it_is_said_in_three_languages(client, address, lang, title) -> None:
    by_query = client.get(address, params={"lang": lang})
    by_header = client.get(address, headers={"Accept-Language": lang})

    for answer in (by_query, by_header):
        assert title in answer.text
        assert answer.headers["content-language"] == lang


def test_the_tag_holds_until_the_weights_are_others(client, services) -> None:
    tag = client.get(ADDRESS).headers["etag"]
    weights = (Weight("industry_match", Criterion.FIELD, 9.0, 9.0, 0.0),)
    with TestClient(create_app(replace(services, weights=weights, kept=KeptAnswers()))) as other:
        changed = other.get(ADDRESS, headers={"If-None-Match": tag})

    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304
    assert changed.status_code == 200


def test_the_page_runs_and_loads_nothing_but_what_is_the_sites_own(client) -> None:
    answer = client.get(PAGE, params={"lang": "en"})
    page = Outline(answer.text)

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert page.all("img", "iframe", "form", "object") == []
    loaded = [one.get("src") or one.get("href", "") for one in page.all("script", "link")]
    assert all(address.startswith("/static/") for address in loaded)
    assert not any(name.startswith("on") or name == "style" for _, attributes in page.tags for name in attributes)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_page_can_be_read_without_seeing_it(client) -> None:
    page = Outline(client.get(PAGE, params={"lang": "de"}).text)

    assert page.all("html") == [{"lang": "de"}]
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert {head["scope"] for head in page.all("th")} == {"col", "row"}
    assert [link["lang"] for link in page.all("a") if "lang" in link] == ["zh", "en", "de"]
    assert [link["lang"] for link in page.all("a") if link.get("aria-current") == "true"] == ["de"]


def test_the_page_says_what_the_program_is_told(client) -> None:
    content = client.get(ADDRESS, params={"lang": "en"}).json()
    text = " ".join(Outline(client.get(PAGE, params={"lang": "en"}).text).text.split())

    sentences = [*content["steps"], *content["data"], *content["not_used"], *content["retention"]["sentences"]]
    for sentence in (*sentences, content["neutral"]["sentence"], content["bands"]["sentence"]):
        assert sentence in text
    for criterion in content["criteria"]:
        assert criterion["sentence"] in text
        assert all(feature["id"] in text for feature in criterion["features"])


def test_every_weight_is_a_bar_beside_the_words_of_its_feature(client) -> None:
    content = client.get(ADDRESS).json()
    answer = client.get(PAGE, params={"lang": "en"}).text

    assert set(FEATURES) == set(FEATURE_NAMES)
    told = [feature for one in content["criteria"] for feature in one["features"]]
    assert answer.count('<svg class="bar"') == 2 * len(told)
    for feature in told:
        assert str(FEATURES[feature["id"]]) in answer
        assert f"{feature['startup']:+.2f}" in answer or not feature["startup"]


def test_a_language_that_nobody_speaks_is_as_good_as_none(client) -> None:
    answer = client.get(PAGE, params={"lang": "<script>"})

    assert answer.status_code == 200
    assert "<script>" not in answer.text
