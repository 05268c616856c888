"""What an entry rule demands, said of a carrier by itself: no startup is at hand."""

from collections.abc import Callable, Mapping

from matcher.domain.entry_rules import EntryRule
from matcher.domain.messages import Message, Texts
from matcher.domain.rule_sentences import AGE

Labels = Callable[[str], Texts]  # the name of a term in three languages


def rule_statement(rule: EntryRule, label: Labels) -> Message:
    """For the vocabulary's rules a sentence of its own; another one speaks in its own words.

    Args:
        rule: one that asks something, not a mere note of law.
        label: names the fields and stages that a rule lists.
    """
    say = STATEMENTS.get((rule.subject, rule.op)) if rule.carrier_id is None or rule.subject == AGE else None
    return say(rule.value, label) if say else _own_words(rule)


def exceptions_of(rule: EntryRule, label: Labels) -> tuple[Message, ...]:
    """The fields for which another value holds."""
    return tuple(
        Message.of(
            "{value} for: {fields}.", value=_value(one.value), fields=tuple(label(field) for field in one.fields)
        )
        for one in rule.exceptions
    )


def _age(value: object, label: Labels) -> Message:
    return Message.of("A company is at most {limit} months old when it moves in.", limit=_value(value))


def _address(value: object, label: Labels) -> Message:
    return Message.of("Its firms register here and do their main research inside.")


def _tenure(value: object, label: Labels) -> Message:
    if isinstance(value, (list, tuple)) and len(value) == 2:
        return Message.of("A stay lasts from {least} to {most} months.", least=_value(value[0]), most=_value(value[1]))
    return Message.of("A stay lasts at most {limit} months.", limit=_value(value))


def _small_firm(value: object, label: Labels) -> Message:
    return Message.of("Its firms are technology SMEs: at most 500 staff, 200 million yuan of sales and of assets.")


def _graduation(value: object, label: Labels) -> Message:
    return Message.of(
        "A firm graduates and is handed on once it is a high-tech enterprise, has more than 5 million yuan of equity "
        "or more than 10 million yuan of revenue in two years, or is acquired or listed."
    )


def _share(value: object, label: Labels) -> Message:
    share = round(100 * value) if isinstance(value, (int, float)) else value
    return Message.of("At least {share} % of its firms are in its own field; one outside may be refused.", share=share)


def _platform(value: object, label: Labels) -> Message:
    return Message.of("A specialised carrier has a technical platform for its field.")


def _stage(value: object, label: Labels) -> Message:
    stages = value if isinstance(value, (list, tuple)) else (value,)
    return Message.of("It takes firms at these stages: {stages}.", stages=tuple(label(str(one)) for one in stages))


def _relocation(value: object, label: Labels) -> Message:
    return Message.of(
        "A firm that moves here from elsewhere had at most {limit} yuan of revenue in the year before.",
        limit=_value(value),
    )


def _own_words(rule: EntryRule) -> Message:
    return Message.of("In its own words: {rule}.", rule=rule.note or f"{rule.subject} {rule.op} {_value(rule.value)}")


def _value(value: object) -> object:
    """A number as it is, so that each language writes it; anything else as the rule does."""
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


STATEMENTS: Mapping[tuple[str, str], Callable[[object, Labels], Message]] = {  # by subject and operator
    (AGE, "<="): _age,
    ("registered_and_main_rnd_office_inside", "=="): _address,
    ("incubation_months", "<="): _tenure,
    ("incubation_months", "between"): _tenure,
    ("tech_sme_test", "all"): _small_firm,
    ("graduation", "any"): _graduation,
    ("share_of_incubatees_in_field", ">="): _share,
    ("owns_professional_platform", "=="): _platform,
    ("stage", "in"): _stage,
    ("prior_year_revenue_cny_if_relocating", "<="): _relocation,
}
