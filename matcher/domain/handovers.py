"""Who is to move on from a carrier, why, and to which carriers next along the chain from makerspace to park.

A stay ends when the startup says so; else when the rule of its carrier's kind says so, counted from its admission.
Where neither is known the end is unknown: nothing is made up.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.carriers import Carrier
from matcher.domain.eligibility import GRADUATION, Facts, limit_of
from matcher.domain.entry_rules import EntryRule, Treatment
from matcher.domain.errors import InvalidField
from matcher.domain.ids import CarrierId, EntryRuleId, StartupId, TermId
from matcher.domain.leads import EARLIEST, LATEST
from matcher.domain.taxonomy import Taxonomy

NOTICE_MONTHS = 6  # before the end of a stay, next carriers are looked for
MOST_NEXT = 5
TENURE, UP_TO = "incubation_months", "<="
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Where a startup says that it is, and since and until when; None is unknown."""

    startup: StartupId
    carrier: CarrierId
    began_on: date | None = None
    ends_on: date | None = None
    stated_at: datetime

    def __post_init__(self) -> None:
        for name in ("began_on", "ends_on"):
            day = getattr(self, name)
            if day is not None and not EARLIEST <= day <= LATEST:
                raise InvalidField(
                    "A date from {first} to {last} is expected.", field=name, first=EARLIEST, last=LATEST
                )
        if self.began_on is not None and self.ends_on is not None and self.ends_on < self.began_on:
            raise InvalidField("A stay ends after it has begun.", field="ends_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incubatee:
    """A startup at a carrier: admitted by it, or by its own word, or both."""

    startup: StartupId
    carrier: CarrierId
    admitted_on: date | None
    stay: Stay | None

    @property
    def began_on(self) -> date | None:
        """What the startup says comes first."""
        return (None if self.stay is None else self.stay.began_on) or self.admitted_on


class Ground(StrEnum):
    """Why it is to move on."""

    STAY_ENDS = "stay_ends"
    GRADUATION = "graduation"


@dataclass(frozen=True, slots=True, kw_only=True)
class StayEnd:
    """When a stay ends, and who says so."""

    on: date
    rule: EntryRuleId | None  # None: the startup itself
    months: int | None  # of the rule


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCarrier:
    """One carrier further along the chain."""

    carrier: CarrierId
    step: TermId  # the kind of the chain that it belongs to
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A startup that is to move on, as a run found it."""

    startup: StartupId
    carrier: CarrierId  # where it is now
    began_on: date | None
    end: StayEnd | None  # None: unknown
    grounds: tuple[Ground, ...]
    criteria: tuple[str, ...]  # of graduation that it meets
    criteria_rule: EntryRuleId | None
    next: tuple[NextCarrier, ...]  # best first; empty where the chain does not name the kind of its carrier


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Why one incubatee is to move on."""

    end: StayEnd | None
    grounds: tuple[Ground, ...]
    criteria: tuple[str, ...] = ()
    criteria_rule: EntryRuleId | None = None


def due(incubatee: Incubatee, carrier: Carrier, facts: Facts, rules: Iterable[EntryRule], on: date) -> Due | None:
    """None where it may stay, as far as is known."""
    own = [rule for rule in rules if rule.holds(on) and rule.concerns(carrier.id, carrier.kind)]
    end = stay_end(incubatee, facts, own)
    graduation = next((rule for rule in own if rule.treatment is Treatment.FLAG_HANDOVER), None)
    met = facts.get("graduation") if graduation is not None else None
    criteria = tuple(one for one in met if one in GRADUATION) if isinstance(met, tuple) else ()
    grounds = []
    if end is not None and end.on <= months_after(on, NOTICE_MONTHS):
        grounds.append(Ground.STAY_ENDS)
    if criteria:
        grounds.append(Ground.GRADUATION)
    if not grounds:
        return None
    rule = graduation.id if graduation is not None and criteria else None
    return Due(end=end, grounds=tuple(grounds), criteria=criteria, criteria_rule=rule)


def stay_end(incubatee: Incubatee, facts: Facts, rules: Sequence[EntryRule]) -> StayEnd | None:
    """None where it is unknown.

    Args:
        incubatee: whose stay it is.
        facts: its field may have a longer stay.
        rules: that hold for its carrier; the carrier's own come before those of its kind.
    """
    if incubatee.stay is not None and incubatee.stay.ends_on is not None:
        return StayEnd(on=incubatee.stay.ends_on, rule=None, months=None)
    if incubatee.began_on is None:
        return None
    tenure = [rule for rule in rules if (rule.subject, rule.op) == (TENURE, UP_TO)]
    for rule in sorted(tenure, key=lambda one: one.carrier_id is None):
        months = limit_of(rule, facts)
        if isinstance(months, int):
            return StayEnd(on=months_after(incubatee.began_on, months), rule=rule.id, months=months)
    return None


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def step_of(kind: TermId | None, taxonomy: Taxonomy) -> TermId | None:
    """The kind of the chain that a kind of carrier belongs to; None where the chain does not name it."""
    while kind is not None and kind not in taxonomy.handover_chain:
        term = taxonomy.by_id.get(kind)
        kind = None if term is None else term.parent
    return kind


def later_steps(kind: TermId | None, taxonomy: Taxonomy) -> tuple[TermId, ...]:
    """Further along the chain than a carrier of this kind."""
    step = step_of(kind, taxonomy)
    return () if step is None else taxonomy.handover_chain[taxonomy.handover_chain.index(step) + 1 :]
