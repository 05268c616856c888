"""Puts the store's startups and the registry's carriers into arrays: what every block of a run is computed from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matcher.domain.carriers import Carrier
from matcher.domain.eligibility import Facts, judge, startup_facts
from matcher.domain.entry_rules import EntryRule
from matcher.domain.matches import Verdict
from matcher.domain.startup_records import ListedStartup
from matcher.domain.startups import Outcome, Profile, Scope
from matcher.features.sides import KEY_BYTES, NOBODY, AskerFacts, Askers, Homes, Keys, key_order
from matcher.features.tables import CarrierTable, StartupTable, startup_table
from matcher.ranking.board import Board
from matcher.ranking.scoring import wished_places
from matcher.services.recommend import gets_a_list

N_HASH_BYTES = 8
Columns = Sequence[NDArray[np.generic]]


def side_keys(columns: Columns, said: Sequence[str]) -> Keys:
    """A hash of each row of these columns and of what is said beside them."""
    if not len(said):
        return np.zeros((0, KEY_BYTES), np.uint8)
    raw = [np.ascontiguousarray(column).reshape(len(said), -1).view(np.uint8) for column in columns]
    rows = np.concatenate(raw, axis=1)
    hashed = [
        blake2b(row.tobytes() + text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
        for row, text in zip(rows, said, strict=True)
    ]
    return np.frombuffer(b"".join(hashed), np.uint8).reshape(len(said), KEY_BYTES)


def table_columns(table: StartupTable | CarrierTable) -> list[NDArray[np.generic]]:
    return [getattr(table, column.name) for column in fields(table)]


def id_hashes(ids: Iterable[str]) -> NDArray[np.uint64]:
    """Where each id belongs among all possible ones: its block is told by the first bits."""
    hashed = b"".join(blake2b(one.encode(), digest_size=N_HASH_BYTES).digest() for one in ids)
    return np.frombuffer(hashed, ">u8").astype(np.uint64)


@dataclass
class SidesMaker:
    """Takes startups in some at a time, so that what was read of them need not be held all at once."""

    board: Board
    scope: Scope
    on: date
    _ids: list[str] = field(default_factory=list, init=False)
    _tables: list[StartupTable] = field(default_factory=list, init=False)
    _facts: list[tuple[int, int, int, bool, bool]] = field(default_factory=list, init=False)
    _said: list[str] = field(default_factory=list, init=False)
    _unwanted: list[tuple[int, int]] = field(default_factory=list, init=False)
    _wishes: dict[tuple[str, ...], int] = field(default_factory=dict, init=False)
    _known: dict[str, int] = field(default_factory=dict, init=False)  # facts that rules speak of, in words
    _known_facts: list[Facts] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._carriers = self.board.carriers_of_scope[self.scope]
        self._row = {carrier.id: row for row, carrier in enumerate(self._carriers)}
        board_rows = self.board.rows_of_scope[self.scope].tolist()
        self._park_row = {
            chain: board_rows.index(row) for chain, row in self.board.core_park_rows.items() if row in board_rows
        }
        self._rules = {
            self._row[carrier]: [rule for rule in rules if rule.holds(self.on)]
            for carrier, rules in sorted(self.board.excluding_rules.items())
            if carrier in self._row
        }

    def add(self, startups: Sequence[ListedStartup]) -> None:
        if not startups:
            return
        self._tables.append(startup_table([one.profile for one in startups], self.board.registry.taxonomy))
        for one in startups:
            number, stated = len(self._ids), one.profile.stated
            self._ids.append(one.id)
            unwanted = sorted(self._row[carrier] for carrier in stated.exclude if carrier in self._row)
            self._unwanted += [(number, row) for row in unwanted]
            wish = self._wish(stated.districts)
            facts, said = self._facts_of(one.profile)
            park = self._park_row.get(one.profile.chain.id, NOBODY) if _is_ranked(one.profile) else NOBODY
            lists = gets_a_list(one.profile)
            self._facts.append((wish, facts, park, lists, one.discoverable))
            chain = one.profile.chain.id if _is_ranked(one.profile) else ""
            self._said.append(repr((stated.districts, sorted(stated.exclude), said, chain, lists, one.discoverable)))

    def askers(self) -> Askers:
        """In the order of the hashes of their ids."""
        columns = [np.array(column) for column in zip(*self._facts, strict=True)] or [np.zeros(0)] * 5
        wish, facts, park, lists, discoverable = columns
        table = _stacked([self._nobody(), *self._tables])
        hashes = id_hashes(self._ids)
        order = key_order(self._ids, hashes)
        place = np.argsort(order)
        unwanted = np.array(self._unwanted, np.int64).reshape(-1, 2)
        unwanted = np.column_stack([place[unwanted[:, 0]], unwanted[:, 1]])
        return Askers(
            ids=np.array(self._ids, dtype=object)[order],
            hashes=hashes[order],
            keys=side_keys(table_columns(table), self._said)[order],
            table=table.rows(order),
            facts=AskerFacts(
                wish=wish.astype(np.int32)[order],
                facts=facts.astype(np.int32)[order],
                park=park.astype(np.int32)[order],
                lists=lists.astype(bool)[order],
                discoverable=discoverable.astype(bool)[order],
            ),
            unwanted=unwanted[np.lexsort(unwanted.T[::-1])],
        )

    def homes(self) -> Homes:
        """For the startups that were added."""
        table = self.board.table_of_scope[self.scope]
        said = [self._said_of(carrier, row) for row, carrier in enumerate(self._carriers)]
        return Homes(
            ids=tuple(carrier.id for carrier in self._carriers),
            keys=side_keys(table_columns(table), said),
            table=table,
            chain_columns=self.board.chain_columns,
            wished=self._wished(),
            ruling=np.array([row for row, rules in self._rules.items() if rules], np.int64),
            barred=self._barred(),
        )

    def _nobody(self) -> StartupTable:
        """No rows, and the columns that the carriers have."""
        table = self.board.table
        masks = dict.fromkeys(("services", "capabilities", "site"), np.zeros(0, np.uint64))
        return StartupTable(
            subfields=np.zeros((0, table.serves_subfield.shape[1])),
            industries=np.zeros((0, table.serves_industry.shape[1])),
            stages=np.zeros((0, table.stage_fit.shape[1])),
            embedding=np.zeros((0, table.embedding.shape[1]), np.float32),
            **masks,
        )

    def _wish(self, districts: tuple[str, ...]) -> int:
        """Its number; NOBODY where nothing is wished for that could be met."""
        if wished_places((), districts, self.board.registry) is None:
            return NOBODY
        return self._wishes.setdefault(districts, len(self._wishes))

    def _facts_of(self, profile: Profile) -> tuple[int, str]:
        """The number of what rules may look at, and the same in words; NOBODY where there is no rule to look at it."""
        if not any(self._rules.values()):
            return NOBODY, ""
        facts = startup_facts(profile, self.board.registry.taxonomy)
        said = repr(sorted(facts.items()))
        if said not in self._known:
            self._known[said] = len(self._known_facts)
            self._known_facts.append(facts)
        return self._known[said], said

    def _wished(self) -> NDArray[np.int8]:
        rows = [wished_places(self._carriers, wish, self.board.registry) for wish in self._wishes]
        found = np.array([row for row in rows if row is not None]).reshape(-1, len(self._carriers))
        wished: NDArray[np.int8] = np.nan_to_num(found, nan=-1.0).astype(np.int8)
        return wished

    def _barred(self) -> NDArray[np.bool_]:
        ruling = [(self._carriers[row], rules) for row, rules in self._rules.items() if rules]
        rows = [[_excludes(rules, carrier, facts, self.on) for carrier, rules in ruling] for facts in self._known_facts]
        return np.array(rows, bool).reshape(len(self._known_facts), len(ruling))

    def _said_of(self, carrier: Carrier, row: int) -> str:
        """What decides about a carrier's pairs beside its columns: its rules, its place, and whose core park it is."""
        place = (carrier.district, carrier.city, self.board.registry.place_name(carrier.city))
        parks = sorted(chain for chain, park in self._park_row.items() if park == row)
        return repr((carrier.id, self._rules.get(row, []), place, parks))


def _is_ranked(profile: Profile) -> bool:
    return profile.outcome is Outcome.RANKED


def _excludes(rules: Sequence[EntryRule], carrier: Carrier, facts: Facts, on: date) -> bool:
    return any(verdict.verdict is Verdict.EXCLUDE for verdict in judge(rules, carrier, facts, on))


def _stacked(tables: Sequence[StartupTable]) -> StartupTable:
    names = [column.name for column in fields(StartupTable)]
    return StartupTable(**{name: np.concatenate([getattr(one, name) for one in tables]) for name in names})
