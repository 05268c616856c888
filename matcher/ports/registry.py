"""The registry as it is kept: carriers, their rules and what was put right in them, places, vocabulary."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from matcher.domain.carriers import Carrier
from matcher.domain.corrections import Correction
from matcher.domain.entry_rules import EntryRule
from matcher.domain.finance import FinanceProduct
from matcher.domain.ids import CarrierId
from matcher.domain.registry import CarrierFilter, CarrierPage, Place
from matcher.domain.taxonomy import Taxonomy


class Carriers(Protocol):
    """The carriers and partners of the store."""

    def get(self, carrier_id: CarrierId) -> Carrier:
        """Raises CarrierNotFound."""

    def all(self) -> list[Carrier]:
        """In the order of their ids."""

    def page(self, wanted: CarrierFilter, *, after: CarrierId | None, limit: int) -> CarrierPage: ...

    def put(self, carrier: Carrier) -> bool:
        """Add or replace; False where nothing changed."""


class CarrierHistory(Protocol):
    """What changed in the records of carriers."""

    def add(self, corrections: Sequence[Correction]) -> None: ...

    def of(self, carrier_id: CarrierId) -> list[Correction]:
        """The latest first."""


class EntryRules(Protocol):
    def all(self) -> list[EntryRule]: ...

    def in_force(self, on: date) -> list[EntryRule]: ...

    def put(self, rule: EntryRule) -> bool: ...


class FinanceProducts(Protocol):
    def all(self) -> list[FinanceProduct]: ...

    def put(self, product: FinanceProduct) -> bool: ...


class Places(Protocol):
    def all(self) -> list[Place]: ...

    def put(self, place: Place) -> bool: ...


class Vocabulary(Protocol):
    """The taxonomy as kept in the store."""

    def load(self) -> Taxonomy:
        """Raises StoreNotReady where there is none."""

    def put(self, taxonomy: Taxonomy) -> bool: ...
