from datetime import date

import pytest

from matcher.domain.ids import TermId
from matcher.domain.startups import Description, Stated
from tests.released import released_reader

TODAY = date(2026, 11, 24)


def read(text, **stated):
    return released_reader().read([Description(text=text, stated=Stated(**stated))], TODAY)[0]


def ids(findings) -> set[str]:
    return {finding.id for finding in findings}


@pytest.mark.parametrize(
    "text",
    [
        "我们做五轴铣头，想租600平米厂房，还缺天使投资。",
        "We build five-axis milling heads, want to rent a hall of 600 m² and look for angel investors.",
        "Wir bauen Fünfachs-Fräsköpfe, suchen eine Halle mit 600 m² und Eigenkapital von Investoren.",
    ],
)
def test_what_is_asked_for_is_read_with_its_words(text) -> None:
    services = {finding.id: finding for finding in read(text).services}

    assert {"service.site", "service.financing"} <= set(services)
    assert all(services[name].evidence for name in ("service.site", "service.financing"))


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ("我们做五轴铣头，想租600平米厂房。", "我们做五轴铣头，不需要600平米厂房。"),
        ("We build heads, we need a workshop of 600 m².", "We build heads, we don't need a workshop of 600 m²."),
        ("Wir bauen Fräsköpfe, gesucht: Halle mit 600 m².", "Wir bauen Fräsköpfe, 600 m² Halle brauchen wir nicht."),
    ],
)  # fmt: skip
def test_what_is_refused_is_no_need(asked, refused) -> None:
    assert "service.site" in ids(read(asked).services)
    assert "service.site" not in ids(read(refused).services)


def test_a_capability_brings_technical_service_and_a_site_need_brings_premises() -> None:
    profile = read("我们做五轴铣头，想借三坐标测量机时，厂房要双路供电、500千伏安。")

    assert profile.capabilities
    assert profile.site
    assert {"service.technical", "service.site"} <= ids(profile.services)


def test_stated_services_are_not_added_to() -> None:
    profile = read("想借三坐标测量机时，厂房要500千伏安。", services=(TermId("service.market"),))

    assert ids(profile.services) == {"service.market"}


def test_stating_no_need_is_heard() -> None:
    profile = read("想租600平米厂房，借三坐标。", services=(), capabilities=(), site=())

    assert profile.services == profile.capabilities == profile.site == ()


def test_a_need_stated_twice_counts_once() -> None:
    profile = read("我们做五轴铣头。", site=(TermId("req.power"), TermId("req.power")))

    assert [finding.id for finding in profile.site] == ["req.power"]
