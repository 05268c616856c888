"""What a startup gets: a ranked, explained list, or one of the other honest answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.carriers import Carrier
from matcher.domain.facts import Fact, Source
from matcher.domain.ids import CarrierId, EntryRuleId, TermId
from matcher.domain.messages import Language, Message
from matcher.domain.registry import RegistryVersion
from matcher.domain.startups import Outcome, Profile, Scope, Span


class Criterion(StrEnum):
    """What a match is judged by; every part of a score belongs to one of these."""

    FIELD = "field"
    STAGE = "stage"
    SERVICES = "services"
    FACILITIES = "facilities"  # platform capabilities and site needs
    PLACE = "place"
    WISH = "wish"  # what the carrier itself looks for
    STANDING = "standing"  # openness, level, record: a tie-break
    HISTORY = "history"


class ListOrder(StrEnum):
    """In which order a list stands."""

    FIT = "fit"  # best first
    NEUTRAL = "neutral"  # by name: no score is used


class Band(StrEnum):
    """How good a match is, in words instead of a false percentage."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Verdict(StrEnum):
    """What an entry rule says about a pair."""

    PASS = "pass"
    WARN = "warn"
    ASK = "ask"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVerdict:
    """One rule applied to one pair, with the date and source of the rule."""

    rule: EntryRuleId
    verdict: Verdict
    sentence: Message
    source: Source
    as_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPart:
    """What one criterion adds to or takes from a score, and why.

    `covered`, `missing` and `unknown` are ids of the vocabulary: what was asked for and is offered, is known to be
    absent, or is not known of this carrier.
    """

    criterion: Criterion
    part: float  # a multiple of 2 ** -12, so that sums of parts are exact in any order
    covered: tuple[TermId, ...] = ()
    missing: tuple[TermId, ...] = ()
    unknown: tuple[TermId, ...] = ()
    evidence: tuple[Span, ...] = ()  # words of the startup
    facts: tuple[Fact, ...] = ()  # fields of the carrier's record
    sentence: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeNext:
    """Why one match stands before the next: by how much its score is higher, exactly, and from which criteria."""

    carrier: CarrierId  # the next one
    difference: float  # the sum of the parts, exactly; below 0 where a rule for the list put it here
    parts: Mapping[Criterion, float]
    sentence: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One carrier in a list; `score` is the sum of the parts, exactly."""

    rank: int  # from 1
    carrier: Carrier
    score: float
    probability: float  # in [0, 1], that this is a good visit (grade 2 or 3), as calibrated on judgements
    band: Band  # the same in words
    startup_utility: float  # what the startup gains, in [0, 1]
    carrier_utility: float  # what speaks for the carrier admitting it, in [0, 1]
    criteria: tuple[CriterionPart, ...]
    eligibility: tuple[RuleVerdict, ...]
    flags: tuple[Message, ...]
    next_step: Message
    before_next: BeforeNext | None = None  # None for the last one


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerHint:
    """An institute, platform or soft-landing centre that helps this startup."""

    carrier: Carrier
    sentence: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEligible:
    """A carrier that its own rule, or the startup's own wish, takes off the list."""

    carrier: Carrier
    rule: EntryRuleId
    sentence: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something whose answer would change the list; `field` names the stated field that answers it."""

    field: str
    sentence: Message


class AdviceKind(StrEnum):
    """Whether the startup should say more, or be more."""

    DESCRIBE = "describe"
    BECOME = "become"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A realistic change that raises the fit, with proof: the same request with `change` gives score and rank after.

    `change` holds fields of `Stated`; it is empty where the carrier changes and not the startup.
    """

    kind: AdviceKind
    sentence: Message
    carrier: Carrier  # that it helps most
    change: Mapping[str, object]
    score_before: float
    score_after: float
    rank_before: int  # from 1, in the whole list
    rank_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelIds:
    """Which models gave an answer: it joins later outcomes to what was shown."""

    encoder: str
    reader: str
    ranker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that one request gets."""

    request_id: str
    outcome: Outcome
    language: Language  # of the sentences
    models: ModelIds
    registry: RegistryVersion
    profile: Profile
    scope: Scope
    order: ListOrder = ListOrder.FIT
    matches: tuple[Match, ...] = ()
    partners: tuple[PartnerHint, ...] = ()
    not_eligible: tuple[NotEligible, ...] = ()
    questions: tuple[Question, ...] = ()
    advice: tuple[Advice, ...] = ()
    general: tuple[Message, ...] = ()

    @property
    def carrier_ids(self) -> tuple[CarrierId, ...]:
        return tuple(match.carrier.id for match in self.matches)
