"""The registry as a ranker needs it: carriers as columns, computed once for each version of the registry."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.domain.carriers import Carrier, Role
from matcher.domain.core_parks import core_parks
from matcher.domain.entry_rules import EntryRule, Treatment
from matcher.domain.ids import CarrierId
from matcher.domain.registry import Registry
from matcher.domain.startups import Scope
from matcher.domain.taxonomy import CHAINS, Facet
from matcher.features.pairs import chain_columns
from matcher.features.tables import CarrierTable, carrier_table
from matcher.ports import Encoder

LANGUAGES = ("zh", "en", "de")


@dataclass(frozen=True)
class Board:
    """Everything about the carriers that does not depend on who asks."""

    registry: Registry
    carriers: tuple[Carrier, ...]  # that can be a home, by id
    table: CarrierTable  # one row each
    core_park_rows: dict[str, int]  # chain to row
    chain_columns: tuple[int, ...]
    rows_of_scope: dict[Scope, NDArray[np.int64]]

    @cached_property
    def carriers_of_scope(self) -> dict[Scope, tuple[Carrier, ...]]:
        return {scope: tuple(self.carriers[row] for row in rows.tolist()) for scope, rows in self.rows_of_scope.items()}

    @cached_property
    def table_of_scope(self) -> dict[Scope, CarrierTable]:
        return {scope: self.table.rows(rows) for scope, rows in self.rows_of_scope.items()}

    @cached_property
    def excluding_rules(self) -> dict[CarrierId, tuple[EntryRule, ...]]:
        """Rules that can take a carrier off a list, by carrier."""
        rules: dict[CarrierId, tuple[EntryRule, ...]] = {}
        for rule in self.registry.entry_rules:
            if rule.treatment is Treatment.EXCLUDE and rule.carrier_id is not None:
                rules[rule.carrier_id] = (*rules.get(rule.carrier_id, ()), rule)
        return rules


def build_board(registry: Registry, encoder: Encoder, home: str) -> Board:
    """Encode the carriers' descriptions and lay out the columns."""
    homes = tuple(carrier for carrier in registry.carriers if carrier.role is Role.CARRIER)
    local = [carrier for carrier in homes if _in_scope(carrier, Scope.HOME, registry, home)]
    parks = core_parks(local, registry.taxonomy)
    is_park = [[parks.get(chain) == carrier.id for chain in CHAINS] for carrier in homes]
    row_of = {carrier.id: number for number, carrier in enumerate(homes)}
    return Board(
        registry=registry,
        carriers=homes,
        table=carrier_table(homes, registry.taxonomy, describe(homes, encoder), is_park),
        core_park_rows={chain: row_of[carrier_id] for chain, carrier_id in parks.items()},
        chain_columns=chain_columns(registry.taxonomy.ids(Facet.INDUSTRY)),
        rows_of_scope={
            scope: np.array([n for n, one in enumerate(homes) if _in_scope(one, scope, registry, home)], np.int64)
            for scope in Scope
        },
    )


def _in_scope(carrier: Carrier, scope: Scope, registry: Registry, home: str) -> bool:
    """A carrier elsewhere that lands firms in the home city is one of its own (enclaves)."""
    if scope is Scope.ALL or home in (carrier.city, carrier.landing_in):
        return True
    place = registry.places.get(carrier.city) if carrier.city else None
    return scope is Scope.DELTA and place is not None and place.delta


def describe(carriers: Sequence[Carrier], encoder: Encoder) -> NDArray[np.float32]:
    """One vector per carrier, shape (n_carriers, dims): the mean over the languages it is described in.

    So a description's language does not decide whom it resembles. Zero where there is no description.
    """
    texts = [(number, language, text) for number, carrier in enumerate(carriers)
             for language, text in zip(LANGUAGES, carrier.description, strict=True) if text]  # fmt: skip
    vectors = encoder.encode([text for _, _, text in texts], [language for _, language, _ in texts])
    summed = np.zeros((len(carriers), encoder.dims), np.float32)
    for (number, _, _), vector in zip(texts, vectors, strict=True):
        summed[number] += vector
    lengths = np.linalg.norm(summed, axis=1, keepdims=True)
    units: NDArray[np.float32] = np.divide(summed, lengths, out=np.zeros_like(summed), where=lengths > 0)
    return units
