"""One startup as one carrier may see it at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.domain.eligibility import judge, startup_facts
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.lead_cards import LeadCard
from matcher.domain.leads import Lead, LeadStatus, LeadStep
from matcher.domain.matches import Band, Criterion, CriterionPart, RuleVerdict
from matcher.domain.startup_records import StartupRecord
from matcher.ports import Ranker
from matcher.ranking.listing import band_of
from matcher.services.lead_rankings import RankedFor
from matcher.services.recommend import gets_a_list

# What a card says is judged without consent; a verdict on anything else would tell of its money or its owners.
ON_CARDS = frozenset({"company_age_months_at_entry", "stage", "chain", "industry", "subfield"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFilter:
    """Which leads are asked for; None asks for all."""

    chain: str | None = None  # "none" for those outside the four chains
    stage: str | None = None
    consented: bool | None = None
    status: LeadStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadView:
    """One lead as its carrier may see it now."""

    lead: Lead
    consented: bool
    card: LeadCard
    score: float  # exactly the sum of the parts
    parts: Mapping[Criterion, float]
    band: Band
    startup_utility: float
    carrier_utility: float
    eligibility: tuple[RuleVerdict, ...]
    open_steps: tuple[LeadStatus, ...]  # where it may go on to now
    record: StartupRecord | None = None  # who it is; None without its consent
    reasons: tuple[CriterionPart, ...] = ()  # with the startup's words; empty without its consent, and in a list
    steps: tuple[LeadStep, ...] = ()  # empty in a list


@dataclass(frozen=True)
class Known:
    """What one carrier knows of all startups, at one moment."""

    carrier: CarrierId
    ranked: RankedFor
    consented: frozenset[StartupId]
    known: frozenset[StartupId]  # whose consent was in force at any time
    statuses: Mapping[StartupId, LeadStatus]

    def shows(self, place: int) -> bool:
        """A startup that wants to be found by this carrier and may enter it, or that has come further already."""
        startup = self.ranked.ranking.startups[place]
        if startup.id not in self.consented:
            is_open = startup.discoverable and self.carrier not in startup.profile.stated.exclude
            if not is_open or not gets_a_list(startup.profile):
                return False
        return startup.id not in self.ranked.ranking.excluded or self.status(place) is not LeadStatus.NEW

    def status(self, place: int) -> LeadStatus:
        return self.statuses.get(self.ranked.ranking.startups[place].id, LeadStatus.NEW)

    def fits(self, place: int, wanted: LeadFilter) -> bool:
        if not self.shows(place) or (wanted.status is not None and self.status(place) is not wanted.status):
            return False
        startup = self.ranked.ranking.startups[place]
        if wanted.consented is not None and (startup.id in self.consented) is not wanted.consented:
            return False
        card = self.ranked.cards[place]
        return wanted.chain in (None, card.chain) and wanted.stage in (None, card.stage)


def lead_view(known: Known, place: int, lead: Lead, ranker: Ranker, on: date) -> LeadView:
    """The startup at this place of the ranking: the card and the numbers, and no more than that."""
    ranked = known.ranked
    ranking, board = ranked.ranking, ranked.board
    startup, taxonomy = ranking.startups[place], board.registry.taxonomy
    score = float(ranking.scores[place])
    parts = dict(zip(Criterion, ranking.parts[place].tolist(), strict=True))
    if ranker.past is None:
        del parts[Criterion.HISTORY]
    facts = startup_facts(startup.profile, taxonomy)
    carrier = board.registry.carrier(known.carrier)
    consented = startup.id in known.consented
    has_met = startup.id in known.known
    rules = [rule for rule in board.registry.entry_rules if consented or rule.subject in ON_CARDS]
    return LeadView(
        lead=lead,
        consented=consented,
        card=ranked.cards[place],
        score=score,
        parts=parts,
        band=band_of(score, ranker.bands),
        startup_utility=float(ranking.startup_utility[place]),
        carrier_utility=float(ranking.carrier_utility[place]),
        eligibility=tuple(judge(rules, carrier, facts, on)),
        open_steps=lead.open_steps(consented=consented, known=has_met),
    )
