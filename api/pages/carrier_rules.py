"""The conditions of entry that concern a carrier, said with date and source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.terminal.voice import Voice
from matcher.domain.carriers import Carrier
from matcher.domain.eligibility import legal_text
from matcher.domain.entry_rules import EntryRule, Treatment
from matcher.domain.messages import Message
from matcher.domain.rule_statements import exceptions_of, rule_statement

WEIGHTS: Mapping[Treatment, Message] = {
    Treatment.EXCLUDE: Message.of("A firm that does not meet it is not admitted."),
    Treatment.WARN: Message.of("Usual for carriers of this kind."),
    Treatment.ASK: Message.of("The example of one park; each sets its own."),
    Treatment.EXPLAIN: Message.of("Usual for carriers of this kind."),
    Treatment.FLAG_HANDOVER: Message.of("Usual for carriers of this kind."),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words."""

    sentence: str
    exceptions: Sequence[str]
    weight: str
    source: str
    url: str | None
    date: str | None
    holds: Message | None  # since when and until when, where the rule says so


@dataclass(frozen=True, slots=True)
class CarrierRules:
    """Own rules bind; general ones tell what to ask; notes of law stand beside."""

    own: Sequence[RuleLine]
    general: Sequence[RuleLine]
    legal: Sequence[RuleLine]


def rules_of(carrier: Carrier, voice: Voice, today: date) -> CarrierRules:
    """Those in force on this day; of the notes of law, those on the carrier's sub-fields."""
    concerned = [
        rule for rule in voice.registry.entry_rules if rule.concerns(carrier.id, carrier.kind) and rule.holds(today)
    ]
    asking = [rule for rule in concerned if rule.treatment is not Treatment.FLAG]
    notes = [rule for rule in concerned if rule.treatment is Treatment.FLAG]
    return CarrierRules(
        own=[_line(rule, voice) for rule in asking if rule.carrier_id is not None],
        general=[_line(rule, voice) for rule in asking if rule.carrier_id is None],
        legal=[_note(rule, voice) for rule in notes if any(field in rule.subject for field in carrier.subfields)],
    )


def _line(rule: EntryRule, voice: Voice) -> RuleLine:
    label = voice.registry.taxonomy.label
    is_soft_own = rule.carrier_id is not None and rule.treatment is not Treatment.EXCLUDE
    weight = "" if is_soft_own else voice.say(WEIGHTS[rule.treatment])
    exceptions = [voice.say(one) for one in exceptions_of(rule, label)]
    return _with_source(rule, voice.say(rule_statement(rule, label)), exceptions, weight)


def _note(rule: EntryRule, voice: Voice) -> RuleLine:
    text = legal_text(rule)
    return _with_source(rule, voice.say(text) if isinstance(text, Message) else voice.texts(text), [], "")


def _with_source(rule: EntryRule, sentence: str, exceptions: Sequence[str], weight: str) -> RuleLine:
    source = rule.source
    url = source.url if source.url and source.url.startswith(("https://", "http://")) else None
    return RuleLine(sentence, exceptions, weight, source.label, url, source.date, _holds(rule))


def _holds(rule: EntryRule) -> Message | None:
    start, end = rule.valid_from, rule.valid_to
    if start and end:
        return Message.of("in force from {start} to {end}", start=start, end=end)
    if start:
        return Message.of("in force since {start}", start=start)
    return Message.of("in force until {end}", end=end) if end else None
