"""The choices of a filter: what each value would leave under all other filters, and what unknown facts hide."""

import pytest

from matcher.domain.carriers import Status
from matcher.domain.ids import TermId
from matcher.domain.registry import CarrierFilter
from matcher.services.carrier_choices import choices
from tests.factories import a_carrier, a_registry

MAKERSPACE, INCUBATOR = TermId("kind.makerspace"), TermId("kind.incubator")
NATIONAL = TermId("level.national")


@pytest.fixture
def registry(taxonomy):
    return a_registry(
        taxonomy,
        a_carrier(kind=INCUBATOR, level=NATIONAL, district="高新区（娄江新城）"),
        a_carrier(kind=INCUBATOR, level=None, district="高新区"),
        a_carrier(kind=MAKERSPACE, level=NATIONAL, district=None, industries=(TermId("materials"), TermId("biomed"))),
        a_carrier(kind=MAKERSPACE, level=None, city="苏州", status=Status.UNKNOWN),
    )


def test_without_a_filter_every_value_is_counted_over_all_carriers(registry) -> None:
    found = choices(registry, CarrierFilter())

    assert (found.n_all, found.n_found) == (4, 4)
    assert found.values["kind"] == {INCUBATOR: 2, MAKERSPACE: 2}
    assert found.values["industry"] == {"biomed": 4, "materials": 1}
    assert found.values["level"] == {NATIONAL: 2}
    assert found.without == {}


def test_a_filters_own_values_are_counted_as_if_it_were_not_set(registry) -> None:
    found = choices(registry, CarrierFilter(kind=MAKERSPACE, city="太仓"))

    assert found.n_found == 1
    assert found.values["kind"] == {INCUBATOR: 2, MAKERSPACE: 1}
    assert found.values["city"] == {"太仓": 1, "苏州": 1}
    assert found.values["level"] == {NATIONAL: 1}
    assert found.without == {"kind": 3, "city": 2}


def test_what_a_filter_hides_for_silence_alone_is_told(registry) -> None:
    found = choices(registry, CarrierFilter(level=NATIONAL, city="太仓"))

    assert found.silent == {"level": 1, "city": 0}


def test_a_district_is_counted_with_its_parts(registry) -> None:
    assert choices(registry, CarrierFilter()).values["district"] == {"高新区": 2}


def test_nothing_found_says_what_each_filter_costs(registry) -> None:
    found = choices(registry, CarrierFilter(kind=INCUBATOR, city="苏州"))

    assert found.n_found == 0
    assert found.without == {"kind": 1, "city": 2}
