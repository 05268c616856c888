"""A page taken from the snapshot is the page that the store would give."""

import pytest

from api.services import RegistryServices
from matcher.domain.carriers import Role, Status
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.registry import CarrierFilter
from matcher.services.carrier_pages import page_of_carriers

FILTERS = (
    CarrierFilter(),
    CarrierFilter(role=Role.PARTNER),
    CarrierFilter(role=Role.CARRIER, city="太仓"),
    CarrierFilter(city="nowhere"),
    CarrierFilter(district="高新"),
    CarrierFilter(district="Town"),
    CarrierFilter(industry=TermId("biomed")),
    CarrierFilter(industry=TermId("biomed"), service=TermId("service.site")),
    CarrierFilter(subfield=TermId("biomed.devices")),
    CarrierFilter(kind=TermId("kind.incubator")),
    CarrierFilter(level=TermId("level.national"), status=Status.OPERATING),
    CarrierFilter(status=Status.UNKNOWN),
    CarrierFilter(name="TAICANG"),
    CarrierFilter(name="科技园"),
    CarrierFilter(name="%"),
)


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
@pytest.mark.parametrize(("after", "limit"), [(None, 5), ("cn010", 7), ("cn0105", 100), ("zzz", 1)])
def test_both_give_the_same_page(
    registry_services: RegistryServices, wanted: CarrierFilter, after: str | None, limit: int
) -> None:
    begins_after = CarrierId(after) if after else None
    with registry_services.transactions() as unit:
        of_store = unit.carriers.page(wanted, after=begins_after, limit=limit)

    of_snapshot = page_of_carriers(registry_services.snapshot(), wanted, after=begins_after, limit=limit)

    assert of_snapshot == of_store


def test_a_page_without_a_carrier_is_refused(registry_services: RegistryServices) -> None:
    with pytest.raises(InvalidField):
        page_of_carriers(registry_services.snapshot(), CarrierFilter(), after=None, limit=0)
