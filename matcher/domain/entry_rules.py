"""A carrier's dated conditions of entry, each with the text that states it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.domain.errors import InvalidEntryRule
from matcher.domain.facts import Source
from matcher.domain.ids import CarrierId, EntryRuleId, TermId


class Treatment(StrEnum):
    """What follows when a generic rule is not met; only a carrier's own rule may exclude."""

    WARN = "warn"
    ASK = "ask"
    EXPLAIN = "explain"
    FLAG = "flag"
    FLAG_HANDOVER = "flag_handover"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleException:
    """For these fields another value holds."""

    fields: tuple[TermId, ...]
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRule:
    """A condition for entry: generic for kinds of carrier, or one carrier's own."""

    id: EntryRuleId
    carrier_kinds: tuple[str, ...] = ()  # "*" is every kind; empty where the rule is one carrier's own
    carrier_id: CarrierId | None = None
    subject: str  # the fact it speaks of: "company_age_months_at_entry", "stage", …
    op: str
    value: object
    treatment: Treatment
    exceptions: tuple[RuleException, ...] = ()
    note: str | None = None
    source: Source
    valid_from: date | None = None  # None: since before we looked
    valid_to: date | None = None  # the last day on which it holds; None: no end known
    extra: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise InvalidEntryRule(
                "{rule} ends on {end}, before {start}.", rule=self.id, end=self.valid_to, start=self.valid_from
            )
        if self.treatment is Treatment.EXCLUDE and self.carrier_id is None:
            raise InvalidEntryRule("{rule} excludes, but is no carrier's own rule.", rule=self.id)

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def concerns(self, carrier_id: CarrierId, kind: TermId | None) -> bool:
        if self.carrier_id is not None:
            return self.carrier_id == carrier_id
        return "*" in self.carrier_kinds or kind in self.carrier_kinds
