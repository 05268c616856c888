"""Says in one sentence what an entry rule found."""

from collections.abc import Mapping

from matcher.domain.entry_rules import EntryRule
from matcher.domain.matches import Verdict
from matcher.domain.messages import Message

AGE = "company_age_months_at_entry"
GRADUATION_WORDS = {
    "high_tech_enterprise": Message.of("recognised high-tech enterprise"),
    "cumulative_equity_cny>5000000": Message.of("more than 5 million yuan of equity"),
    "two_year_revenue_cny>10000000": Message.of("more than 10 million yuan of revenue in two years"),
}


def rule_sentence(rule: EntryRule, verdict: Verdict, limit: object, facts: Mapping[str, object]) -> Message:
    """For the vocabulary's rules a sentence of its own, for others a general one.

    A carrier's own rule may turn the same subject another way, so only its limit of age is said like the usual one.
    """
    is_usual = rule.carrier_id is None or rule.subject == AGE
    say = SENTENCES.get((rule.subject, rule.op)) if is_usual else None
    return say(verdict, limit, facts) if say else _general(rule, verdict, limit)


def _age(verdict: Verdict, limit: object, facts: Mapping[str, object]) -> Message:
    if verdict is Verdict.PASS:
        return Message.of("Your company is young enough: at most {limit} months at entry.", limit=limit)
    age = facts.get(AGE)
    if age is None:
        return Message.of(
            "How old will the company be when it moves in? The usual limit is {limit} months.", limit=limit
        )
    if verdict is Verdict.EXCLUDE:
        return Message.of(
            "Its own rule admits companies of at most {limit} months; yours has {age}.", limit=limit, age=age
        )
    return Message.of(
        "The company has {age} months, the usual limit at entry is {limit}; ask whether this carrier holds to it.",
        limit=limit,
        age=age,
    )


def _address(verdict: Verdict, limit: object, facts: Mapping[str, object]) -> Message:
    return Message.of("Counted incubatees register and do their main research inside; are you ready to register here?")


def _tenure(verdict: Verdict, limit: object, facts: Mapping[str, object]) -> Message:
    if isinstance(limit, (int, float)):
        return Message.of(
            "A stay lasts at most {limit} months as a rule; how long have you been in an incubator?", limit=limit
        )
    return Message.of("The example park keeps firms for two to five years; how long does this one?")


def _small_firm(verdict: Verdict, limit: object, facts: Mapping[str, object]) -> Message:
    if verdict is Verdict.WARN:
        return Message.of("With more than 200 million yuan of sales you are above the limit for technology SMEs.")
    return Message.of(
        "Are you within the limits for technology SMEs: 500 staff, 200 million yuan of sales and of assets?"
    )


def _graduation(verdict: Verdict, limit: object, facts: Mapping[str, object]) -> Message:
    met = facts.get("graduation")
    words = tuple(GRADUATION_WORDS[name] for name in met) if isinstance(met, tuple) else ()
    return Message.of(
        "You meet a criterion of graduation ({criteria}): an incubator would hand you on to an accelerator or park.",
        criteria=words,
    )


def _stage(verdict: Verdict, limit: object, facts: Mapping[str, object]) -> Message:
    if verdict is Verdict.PASS:
        return Message.of("Your stage is the one that accelerators take.")
    if verdict is Verdict.ASK:
        return Message.of("Which stage are you at? Accelerators take firms in growth or volume production.")
    return Message.of("Accelerators usually take firms in growth or volume production; ask for this one's own rule.")


def _relocation(verdict: Verdict, limit: object, facts: Mapping[str, object]) -> Message:
    return Message.of(
        "Some university parks limit the revenue of a firm that moves in, one of them to {limit} yuan a year; ask.",
        limit=limit,
    )


def _general(rule: EntryRule, verdict: Verdict, limit: object) -> Message:
    said = str(rule.note or f"{rule.subject} {rule.op} {limit}")
    return {
        Verdict.PASS: Message.of("Its entry rule is met: {rule}.", rule=said),
        Verdict.ASK: Message.of("Its entry rule has to be checked with you: {rule}.", rule=said),
        Verdict.WARN: Message.of("An entry rule is probably not met: {rule}.", rule=said),
        Verdict.EXCLUDE: Message.of("Its own entry rule excludes you: {rule}.", rule=said),
    }[verdict]


SENTENCES = {  # by subject and operator
    (AGE, "<="): _age,
    ("registered_and_main_rnd_office_inside", "=="): _address,
    ("incubation_months", "<="): _tenure,
    ("incubation_months", "between"): _tenure,
    ("tech_sme_test", "all"): _small_firm,
    ("graduation", "any"): _graduation,
    ("stage", "in"): _stage,
    ("prior_year_revenue_cny_if_relocating", "<="): _relocation,
}
