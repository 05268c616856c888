"""Where every carrier stands for a profile that was changed in thought: scores and places as in a list, no reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.domain.carriers import Carrier
from matcher.domain.eligibility import judge, startup_facts
from matcher.domain.entry_rules import EntryRule
from matcher.domain.matches import Verdict
from matcher.domain.startups import Outcome, Profile, Scope
from matcher.features.pairs import PairBlock, pair_features
from matcher.features.tables import CarrierTable, startup_table
from matcher.ports import Ranker
from matcher.ranking.board import Board
from matcher.ranking.reciprocal import reciprocal_parts
from matcher.ranking.reranking import order_by_score, with_core_park
from matcher.ranking.scoring import past_ratings, wished_places


@dataclass(frozen=True)
class Standing:
    """A list without its reasons."""

    scores: NDArray[np.float64]  # one per carrier of the scope
    kept: NDArray[np.int64]  # places in the scope of those that no rule or wish takes off, best first
    core_park: int | None  # place of the core park of the chain, where it is kept

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """Places in the scope, as listed."""
        return with_core_park(self.kept, self.core_park)[0]

    @cached_property
    def ranks(self) -> dict[int, int]:
        """From 1, by place."""
        return {place: rank for rank, place in enumerate(self.order.tolist(), start=1)}

    def with_score(self, place: int, score: float) -> "Standing":
        """The same with another score for one carrier."""
        scores = self.scores.copy()
        scores[place] = score
        by_row = np.sort(self.kept)
        return Standing(scores, by_row[order_by_score(scores[by_row])], self.core_park)


@dataclass(frozen=True)
class Standings:
    """What stays the same while one startup's profile is changed in many ways."""

    board: Board
    ranker: Ranker
    scope: Scope
    on: date

    @property
    def rows(self) -> NDArray[np.int64]:
        """Of the board."""
        return self.board.rows_of_scope[self.scope]

    @property
    def carriers(self) -> Sequence[Carrier]:
        return self.board.carriers_of_scope[self.scope]

    @property
    def table(self) -> CarrierTable:
        return self.board.table_of_scope[self.scope]

    @cached_property
    def _excluding(self) -> list[tuple[int, Sequence[EntryRule]]]:
        """Places of the carriers that a rule can take off the list, each with these rules."""
        rules = self.board.excluding_rules
        return [(place, rules[carrier.id]) for place, carrier in enumerate(self.carriers) if carrier.id in rules]

    def of(self, profiles: Sequence[Profile], table: CarrierTable | None = None) -> list[Standing]:
        """One for each profile; `table` takes the place of the carriers' own columns."""
        if not profiles or not len(self.rows):
            return [Standing(np.zeros(0), np.zeros(0, np.int64), None) for _ in profiles]
        startups = startup_table(profiles, self.board.registry.taxonomy)
        block = PairBlock(
            startups.facing_all(),
            table or self.table,
            self.board.chain_columns,
            self._wished(profiles),
            past_ratings(self.ranker, startups, self.carriers),
        )
        scores = reciprocal_parts(*self.ranker.parts(pair_features(block))).sum(axis=1)
        by_profile = scores.reshape(block.shape)
        return [self._standing(profile, row) for profile, row in zip(profiles, by_profile, strict=True)]

    def _wished(self, profiles: Sequence[Profile]) -> NDArray[np.float64]:
        """Shape (n_profiles, n_carriers); NaN for a startup without a wish."""
        wishes = {profile.stated.districts for profile in profiles}
        of_wish = {wish: wished_places(self.carriers, wish, self.board.registry) for wish in wishes}
        unwished = np.full(len(self.rows), np.nan)
        columns = [of_wish[profile.stated.districts] for profile in profiles]
        return np.array([unwished if column is None else column for column in columns])

    def _standing(self, profile: Profile, scores: NDArray[np.float64]) -> Standing:
        gone = self._taken_off(profile)
        kept = np.array([place for place in order_by_score(scores).tolist() if place not in gone], np.int64)
        park = core_park_place(profile, self.board, self.rows)
        return Standing(scores, kept, None if park in gone else park)

    def _taken_off(self, profile: Profile) -> set[int]:
        """Places of the carriers that their own rule or the startup's wish takes off."""
        unwanted = profile.stated.exclude
        gone = {place for place, carrier in enumerate(self.carriers) if carrier.id in unwanted} if unwanted else set()
        facts = startup_facts(profile, self.board.registry.taxonomy) if self._excluding else {}
        for place, rules in self._excluding:
            verdicts = judge(rules, self.carriers[place], facts, self.on)
            if any(verdict.verdict is Verdict.EXCLUDE for verdict in verdicts):
                gone.add(place)
        return gone


def core_park_place(profile: Profile, board: Board, rows: NDArray[np.int64]) -> int | None:
    """Where the core park of the chain that was read stands among these rows of the board."""
    row = board.core_park_rows.get(profile.chain.id)
    if row is None or profile.outcome is not Outcome.RANKED:
        return None
    found = np.flatnonzero(rows == row)
    return int(found[0]) if found.size else None
