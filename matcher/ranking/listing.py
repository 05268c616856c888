"""Makes the list: what rules and wishes take off it, what stays, in order, each with its reasons."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.domain.carriers import Carrier
from matcher.domain.eligibility import Facts, judge, startup_facts
from matcher.domain.ids import EntryRuleId
from matcher.domain.matches import Band, Criterion, CriterionPart, Match, NotEligible, Verdict
from matcher.domain.messages import Language, Message
from matcher.domain.name_order import name_key
from matcher.domain.startups import Profile, Scope
from matcher.domain.taxonomy import NO_CHAIN
from matcher.ports import Ranker
from matcher.ranking.board import Board
from matcher.ranking.differences import with_differences
from matcher.ranking.explanation import Pair, explain
from matcher.ranking.next_steps import flags_of, next_step
from matcher.ranking.reranking import CORE_PARK_WITHIN, with_core_park
from matcher.ranking.scoring import Scored, score_pairs
from matcher.ranking.standings import core_park_place

WISH_RULE = EntryRuleId("wish.exclude")
FITS = 0.5  # a kind of carrier suits a stage from this fit on
MOST_EXPLAINED_AWAY = 20  # carriers named as not eligible


@dataclass(frozen=True, slots=True)
class Listing:
    """What a startup is shown, and what is kept from it with the reason."""

    matches: tuple[Match, ...] = ()
    not_eligible: tuple[NotEligible, ...] = ()


@dataclass(frozen=True, slots=True)
class ListMaker:
    """Everything that stays the same while one list is made."""

    profile: Profile
    board: Board
    ranker: Ranker
    scope: Scope
    on: date

    def make(self, k: int, *, by_name: Language | None = None) -> Listing:
        """The best k that are eligible; fewer where there are fewer.

        Args:
            k: the most.
            by_name: gives the first k by their names in this language instead; scores are told, and move nothing.
        """
        scored = score_pairs(self.profile, self.board, self.scope, self.ranker)
        facts = startup_facts(self.profile, self.board.registry.taxonomy)
        excluded, kept = [], []
        for place in self._places(scored, by_name):
            reason = self._exclusion(self.board.carriers[scored.rows[place]], facts)
            if reason:
                excluded.append(reason)
            else:
                kept.append(place)
        park = core_park_place(self.profile, self.board, scored.rows) if by_name is None else None
        order, lifted = with_core_park(np.array(kept, np.int64), park if park in kept else None)
        matches = tuple(
            self._match(rank, place, scored, facts, lifted and place == park)
            for rank, place in enumerate(order[:k].tolist(), start=1)
        )
        if by_name is None:
            matches = with_differences(matches, CORE_PARK_WITHIN - 1 if lifted else None)
        return Listing(matches, tuple(excluded[:MOST_EXPLAINED_AWAY]))

    def _places(self, scored: Scored, by_name: Language | None) -> list[int]:
        """Among the rows that are scored, in the order of the list; equal names in the order of the ids."""
        if by_name is None:
            places: list[int] = scored.order.tolist()
            return places
        names = [self.board.carriers[row].name.say(by_name) for row in scored.rows]
        return sorted(range(len(names)), key=lambda place: name_key(names[place], by_name))

    def _exclusion(self, carrier: Carrier, facts: Facts) -> NotEligible | None:
        if carrier.id in self.profile.stated.exclude:
            sentence = Message.of("You asked not to be shown this carrier.")
            return NotEligible(carrier=carrier, rule=WISH_RULE, sentence=sentence)
        for verdict in judge(self.board.excluding_rules.get(carrier.id, ()), carrier, facts, self.on):
            if verdict.verdict is Verdict.EXCLUDE:
                return NotEligible(carrier=carrier, rule=verdict.rule, sentence=verdict.sentence)
        return None

    def _match(self, rank: int, place: int, scored: Scored, facts: Facts, lifted: bool) -> Match:
        row = int(scored.rows[place])
        carrier, taxonomy = self.board.carriers[row], self.board.registry.taxonomy
        wished = float("nan") if scored.wished is None else scored.wished[place]
        criteria = explained(self.profile, self.board, row, scored.parts[place], wished, self.ranker)
        score = float(sum(entry.part for entry in criteria))
        return Match(
            rank=rank,
            carrier=carrier,
            score=score,
            probability=self.ranker.calibration.probability(score),
            band=band_of(score, self.ranker.bands),
            startup_utility=float(scored.startup_utility[place]),
            carrier_utility=float(scored.carrier_utility[place]),
            criteria=criteria,
            eligibility=tuple(judge(self.board.registry.entry_rules, carrier, facts, self.on)),
            flags=flags_of(carrier, self.on, lifted),
            next_step=next_step(carrier, criteria, taxonomy),
        )


def explained(
    profile: Profile, board: Board, row: int, parts: NDArray[np.float64], wished: float, ranker: Ranker
) -> tuple[CriterionPart, ...]:
    """The reasons of one pair.

    Args:
        profile: of the startup.
        board: the carriers.
        row: the carrier's, on the board.
        parts: of the pair's score, shape (n_criteria,).
        wished: 1 where the carrier lies in a place wished for, 0 elsewhere, NaN unknown or not wished for.
        ranker: that gave the parts.
    """
    by_criterion = dict(zip(Criterion, parts.tolist(), strict=True))
    if ranker.past is None:
        del by_criterion[Criterion.HISTORY]  # nothing of the past was weighed, so there is nothing to tell
    chain = profile.chain.id
    pair = Pair(
        profile=profile,
        carrier=board.carriers[row],
        taxonomy=board.registry.taxonomy,
        is_core_park=chain != NO_CHAIN and board.core_park_rows.get(chain) == row,
        wished=None if np.isnan(wished) else bool(wished),
        fits_stage=_fits_stage(profile, board, row),
    )
    return explain(pair, by_criterion)


def _fits_stage(profile: Profile, board: Board, row: int) -> bool | None:
    """Whether the carrier's kind suits the stage that was read; None where either is unknown."""
    if profile.stage is None:
        return None
    fit = board.table.stage_fit[row, int(np.argmax(profile.stage_probabilities))]
    return None if np.isnan(fit) else bool(fit >= FITS)


def band_of(score: float, bands: tuple[float, float]) -> Band:
    """A score in words."""
    high, medium = bands
    return Band.HIGH if score >= high else Band.MEDIUM if score >= medium else Band.LOW
