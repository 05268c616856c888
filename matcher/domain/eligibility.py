"""Applies entry rules to a pair: answers with reasons, never with a bare False.

Only a carrier's own rule excludes; a generic rule warns; a missing fact asks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from matcher.domain.carriers import Carrier
from matcher.domain.entry_rules import EntryRule, Treatment
from matcher.domain.matches import RuleVerdict, Verdict
from matcher.domain.messages import Message, Texts
from matcher.domain.rule_sentences import rule_sentence
from matcher.domain.startups import Profile
from matcher.domain.taxonomy import Taxonomy

Facts = Mapping[str, object]  # by subject of a rule; a subject that is not there is unknown
GRADUATION = {  # criterion of the rule: the fact that meets it
    "high_tech_enterprise": ("high_tech_enterprise", 0.0),
    "cumulative_equity_cny>5000000": ("equity_cny", 5e6),
    "two_year_revenue_cny>10000000": ("two_year_revenue_cny", 1e7),
}
SME_LIMITS = {"annual_revenue_cny<=200000000": ("annual_revenue_cny", 2e8)}
SURE_ENOUGH = 0.5  # a stage read with less probability is not held against a startup


def startup_facts(profile: Profile, taxonomy: Taxonomy) -> Facts:
    """What is known of a startup, by the subjects that entry rules speak of."""
    facts: dict[str, object] = {}
    if profile.company_age_months is not None:
        facts["company_age_months_at_entry"] = profile.company_age_months
    elif profile.registered is False:
        facts["company_age_months_at_entry"] = 0
    if profile.stage is not None and profile.stage.probability >= SURE_ENOUGH:
        facts["stage"] = profile.stage.id
    if profile.subfields:
        facts["subfield"] = profile.subfields[0].id
        facts["industry"] = profile.industry.id
        facts["chain"] = taxonomy.chain_of(profile.industry.id)
    for name in ("area_m2", "annual_revenue_cny"):
        if name in profile.facts:
            facts[name] = profile.facts[name]
    if profile.foreign_invested is not None:
        facts["foreign_invested"] = profile.foreign_invested
    met = [name for name, (fact, limit) in GRADUATION.items() if profile.facts.get(fact, 0.0) > limit]
    if met:
        facts["graduation"] = tuple(met)
    if any(profile.facts.get(fact, 0.0) > limit for fact, limit in SME_LIMITS.values()):
        facts["tech_sme_test"] = False
    return facts


def judge(rules: Iterable[EntryRule], carrier: Carrier, facts: Facts, on: date) -> list[RuleVerdict]:
    """The verdicts of all rules that concern this carrier and hold on this day."""
    verdicts = []
    for rule in rules:
        if rule.concerns(carrier.id, carrier.kind) and rule.holds(on) and rule.treatment is not Treatment.FLAG:
            verdict = _verdict(rule, facts)
            if verdict is not None:
                verdicts.append(verdict)
    return verdicts


def _verdict(rule: EntryRule, facts: Facts) -> RuleVerdict | None:
    if rule.treatment is Treatment.EXPLAIN:
        return None  # told with the criterion that it belongs to
    limit = limit_of(rule, facts)
    met = _met(rule, facts, limit)
    if rule.treatment is Treatment.FLAG_HANDOVER:
        if met is not True:
            return None
        verdict = Verdict.WARN
    elif met is None:
        verdict = Verdict.ASK
    elif met:
        verdict = Verdict.PASS
    else:
        verdict = {Treatment.EXCLUDE: Verdict.EXCLUDE, Treatment.ASK: Verdict.ASK}.get(rule.treatment, Verdict.WARN)
    return RuleVerdict(
        rule=rule.id,
        verdict=verdict,
        sentence=rule_sentence(rule, verdict, limit, facts),
        source=rule.source,
        as_of=rule.source.date or (rule.valid_from.isoformat() if rule.valid_from else None),
    )


def limit_of(rule: EntryRule, facts: Facts) -> object:
    """The rule's value, or that of an exception for the startup's field."""
    fields = {facts.get("subfield"), facts.get("industry")}
    for exception in rule.exceptions:
        if fields & set(exception.fields):
            return exception.value
    return rule.value


def _met(rule: EntryRule, facts: Facts, limit: object) -> bool | None:
    """None where the fact is not known, or where the rule cannot be read: then it has to be asked."""
    if rule.subject not in facts:
        return None
    fact = facts[rule.subject]
    if rule.op in ("any", "all"):
        return bool(fact)
    compare = COMPARISONS.get(rule.op)
    return None if compare is None else compare(fact, limit)


def _among(fact: object, limit: object) -> bool:
    return fact in limit if isinstance(limit, (tuple, list, frozenset, set)) else fact == limit


def _ascending(*values: object) -> bool | None:
    """None where one of them is no number."""
    numbers = [value for value in values if isinstance(value, (int, float)) and value == value]  # NaN is no number
    if len(numbers) < len(values):
        return None
    return numbers == sorted(numbers)


def _between(fact: object, limit: object) -> bool | None:
    if not (isinstance(limit, (tuple, list)) and len(limit) == 2):
        return None
    return _ascending(limit[0], fact, limit[1])


COMPARISONS: Mapping[str, Callable[[object, object], bool | None]] = {
    "<=": lambda fact, limit: _ascending(fact, limit),
    ">=": lambda fact, limit: _ascending(limit, fact),
    "==": lambda fact, limit: fact == limit,
    "in": _among,
    "not in": lambda fact, limit: not _among(fact, limit),
    "between": _between,
}


def legal_flags(rules: Sequence[EntryRule], profile: Profile, taxonomy: Taxonomy, on: date) -> list[Message]:
    """Notes for the whole answer: they stand beside a list and never filter it."""
    flags = []
    main = {finding.id for finding in profile.subfields[:1]}
    main |= {finding.id for finding in profile.subfields[1:2] if finding.probability >= 0.25 or finding.stated}
    for rule in rules:
        if rule.treatment is not Treatment.FLAG or not rule.holds(on):
            continue
        concerned = {term.id for term in taxonomy if term.id in rule.subject and "." in term.id}
        if not concerned & main or ("foreign_invested" in rule.subject and profile.foreign_invested is False):
            continue
        flags.append(
            Message.of(
                "Legal note, no legal advice: {note} (source: {source}, {date}).",
                note=legal_text(rule),
                source=rule.source.label,
                date=rule.source.date or "?",
            )
        )
    return flags


def legal_text(rule: EntryRule) -> Message | Texts:
    """The note in words that can be translated; a rule of an own registry speaks in its own words."""
    return LEGAL_TEXTS.get(rule.id) or Texts(zh=str(rule.value), en=str(rule.value), de=str(rule.value))


LEGAL_TEXTS = {
    "rule.cgt.foreign_investment": Message.of(
        "foreign investors may develop human stem-cell and gene diagnosis or therapy only in pilot zones (Beijing, "
        "Shanghai, Guangdong free-trade zones and Hainan as of September 2024), and Taicang is not among them; "
        "look for later openings and have it checked before you decide"
    ),
    "rule.uav.export": Message.of(
        "certain unmanned aircraft and their parts are under export control; have it checked before drawings or "
        "technical data leave the country"
    ),
}
