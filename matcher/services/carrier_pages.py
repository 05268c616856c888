"""A page of the carriers of a snapshot that a filter lets through, in the order of their ids."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from operator import attrgetter

from matcher.domain.carriers import Carrier
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId
from matcher.domain.registry import CarrierFilter, CarrierPage, Registry

EXACT = ("role", "city", "kind", "level", "status")
LISTED = {"industry": "industries", "subfield": "subfields", "service": "services", "capability": "capabilities"}

Condition = Callable[[Carrier], bool]


def page_of_carriers(registry: Registry, wanted: CarrierFilter, *, after: CarrierId | None, limit: int) -> CarrierPage:
    """The same page as the store would give, without asking it.

    Args:
        registry: the snapshot to look in.
        wanted: what a carrier must have; an unknown value never matches.
        after: the page begins behind this id, whether or not there is such a carrier; None begins at the first.
        limit: most carriers on the page, from 1.

    Raises:
        InvalidField: `limit` is below 1.
    """
    if limit < 1:
        raise InvalidField("A page has at least one carrier, not {limit}.", field="limit", limit=limit)
    conditions = conditions_of(wanted).values()
    found = [carrier for carrier in registry.carriers if all(holds(carrier) for holds in conditions)]
    start = 0 if after is None else bisect_right(found, after, key=attrgetter("id"))
    carriers = tuple(found[start : start + limit])
    is_last = start + limit >= len(found)
    return CarrierPage(carriers=carriers, next_after=None if is_last else carriers[-1].id, total=len(found))


def conditions_of(wanted: CarrierFilter) -> Mapping[str, Condition]:
    """What a carrier must meet, by the name of the filter; filters that ask nothing are left out."""
    conditions: dict[str, Condition] = {}
    for name in EXACT:
        if (value := getattr(wanted, name)) is not None:
            conditions[name] = _equals(name, value)
    for name, field in LISTED.items():
        if (term := getattr(wanted, name)) is not None:
            conditions[name] = _lists(field, term)
    if wanted.district is not None:
        conditions["district"] = _has_in_district(wanted.district.lower())
    if wanted.name is not None:
        conditions["name"] = _has_in_name(wanted.name.casefold())
    return conditions


def _equals(name: str, value: object) -> Condition:
    return lambda carrier: bool(getattr(carrier, name) == value)


def _lists(field: str, term: str) -> Condition:
    return lambda carrier: term in getattr(carrier, field)


def _has_in_district(part: str) -> Condition:
    return lambda carrier: carrier.district is not None and part in carrier.district.lower()


def _has_in_name(part: str) -> Condition:
    return lambda carrier: any(part in name.casefold() for name in (carrier.name.zh, carrier.name.en, carrier.name.de))
