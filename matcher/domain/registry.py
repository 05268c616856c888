"""All carriers, rules and products at one moment, with the version and date that every answer names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matcher.domain.carriers import Carrier, Role, Status
from matcher.domain.entry_rules import EntryRule
from matcher.domain.errors import CarrierNotFound, InvalidField
from matcher.domain.finance import FinanceProduct
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Texts
from matcher.domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryVersion:
    """A hash over all content, and the date of the newest fact in it."""

    version: str
    as_of: str  # ISO 8601


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city, by the name that carriers' records use."""

    id: str
    name: Texts
    country: str  # ISO 3166 alpha-2
    province: str | None
    delta: bool  # one of the cities of the Yangtze delta (Shanghai, Jiangsu, Zhejiang, Anhui)
    latitude: float | None = None  # degrees north
    longitude: float | None = None  # degrees east


@dataclass(frozen=True, kw_only=True)
class Registry:
    """A snapshot: nothing in it changes; a change in the store makes a new one."""

    version: RegistryVersion
    taxonomy: Taxonomy
    carriers: tuple[Carrier, ...]  # by id
    entry_rules: tuple[EntryRule, ...] = ()
    finance: tuple[FinanceProduct, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[CarrierId, Carrier]:
        return {carrier.id: carrier for carrier in self.carriers}

    def carrier(self, carrier_id: CarrierId) -> Carrier:
        try:
            return self.by_id[carrier_id]
        except KeyError:
            raise CarrierNotFound("There is no carrier {id}.", id=carrier_id) from None

    def refuse_unknown(self, carrier_ids: Iterable[str], field: str) -> None:
        """Raises InvalidField where there is no carrier with one of these ids."""
        for carrier_id in sorted(carrier_ids):
            if CarrierId(carrier_id) not in self.by_id:
                raise InvalidField("There is no carrier {id}.", field=field, id=carrier_id[:100])

    def place_name(self, city: str | None) -> Texts:
        """The city's name in three languages; the record's own word where the city is not in the list of places."""
        if city is None:
            return Texts()
        place = self.places.get(city)
        return place.name if place else Texts(zh=city, en=city, de=city)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierFilter:
    """Which carriers are asked for; None asks for all, and a carrier whose value is unknown never matches."""

    role: Role | None = None
    city: str | None = None
    district: str | None = None  # any part of the district's name
    industry: TermId | None = None
    subfield: TermId | None = None
    kind: TermId | None = None
    level: TermId | None = None
    status: Status | None = None
    service: TermId | None = None
    capability: TermId | None = None
    name: str | None = None  # any part of the name, in any language, without regard to case


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierPage:
    """Some carriers in the order of their ids, and the id after which the next page begins."""

    carriers: tuple[Carrier, ...]
    next_after: CarrierId | None  # None: this was the last page
    total: int  # of all pages
