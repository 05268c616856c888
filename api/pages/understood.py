"""What was understood of a text, line by line: what was found, how sure that is, and how it can be put right."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.domain.messages import Message
from matcher.domain.startups import Outcome
from matcher.domain.taxonomy import NO_CHAIN

Json = Mapping[str, Any]

NAMES: Mapping[str, Message] = {
    "industry": Message.of("Industry"),
    "subfields": Message.of("Field"),
    "stage": Message.of("Stage"),
    "services": Message.of("Services"),
    "capabilities": Message.of("Platforms and equipment"),
    "site": Message.of("Premises"),
    "company_age_months": Message.of("Company age"),
    "registered": Message.of("Company registered"),
    "foreign_invested": Message.of("Foreign capital"),
}
NEEDS = ("services", "capabilities", "site")
AMOUNTS: Mapping[str, Message] = {
    "area_m2": Message.of("Area asked for: {amount} m²"),
    "equity_wanted_cny": Message.of("Capital sought: {amount} yuan"),
    "equity_cny": Message.of("Capital received: {amount} yuan"),
    "annual_revenue_cny": Message.of("Sales in a year: {amount} yuan"),
    "two_year_revenue_cny": Message.of("Sales in two years: {amount} yuan"),
    "high_tech_enterprise": Message.of("Recognised high-tech enterprise"),
}
NO_CHOICES: Mapping[str, Sequence[tuple[str, str]]] = {}
WORTH_SHOWING = 0.05  # a second field that is less likely than this is none to be put right
UNDERSTOOD = (Outcome.RANKED.value, Outcome.NO_CORE_CHAIN.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing that was found or stated."""

    label: str | Message
    probability: float | None = None  # in [0, 1]; None where it is read by rule
    stated: bool = False
    confirm: str = ""  # values of the buttons; empty where there is none
    drop: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One kind of finding."""

    kind: str
    name: Message
    chips: Sequence[Chip] = ()
    others: Sequence[tuple[str, str | Message]] = ()  # buttons that say something else: value and label
    confirm: str = ""  # the value of a button that says: all of this is right
    reread: str = ""  # of one that leaves it to the text again


def fields_shown(answer: Json) -> Sequence[Json]:
    """The most probable sub-field, and others as far as they are likely at all."""
    found: Sequence[Json] = answer["profile"]["subfields"]
    return [one for place, one in enumerate(found) if not place or one["probability"] >= WORTH_SHOWING]


def understood(
    answer: Json, choices: Mapping[str, Sequence[tuple[str, str]]] = NO_CHOICES, stated: Collection[str] = ()
) -> list[Line]:
    """The lines in their order.

    Args:
        answer: as the API writes it.
        choices: for `industry` and `stage` all that it could be, as ids and labels.
        stated: names of what was stated.
    """
    profile = answer["profile"]
    is_clear = answer["outcome"] in UNDERSTOOD
    chain = profile["chain"]
    beside = (Chip(label=chain["label"]),) if is_clear and chain["id"] == NO_CHAIN else ()
    return [
        _choice("industry", profile["industry"] if is_clear else None, choices, beside),
        _fields(fields_shown(answer), "subfields" in stated),
        _choice("stage", profile["stage"], choices),
        *(_needs(kind, profile[kind], kind in stated) for kind in NEEDS),
        _age(profile["company_age_months"], "company_age_months" in stated),
        *(_maybe(name, profile[name], name in stated) for name in ("registered", "foreign_invested")),
    ]


def amounts(answer: Json) -> list[Message]:
    """Figures that were read; they can be put right in the text alone."""
    return [
        replace(AMOUNTS[name], params={"amount": amount["value"]})
        for name, amount in answer["profile"]["amounts"].items()
        if name in AMOUNTS
    ]


def evidence(answer: Json) -> Iterator[tuple[str | Message, Sequence[Json]]]:
    """What was found, each with the words that show it."""
    profile = answer["profile"]
    for finding in (*profile["subfields"], profile["stage"], *(one for kind in NEEDS for one in profile[kind])):
        if finding:
            yield finding["label"], finding["evidence"]
    yield NAMES["company_age_months"], profile["company_age_evidence"]
    for name, amount in profile["amounts"].items():
        if name in AMOUNTS:
            yield replace(AMOUNTS[name], params={"amount": amount["value"]}), amount["evidence"]


def _choice(
    name: str, finding: Json | None, choices: Mapping[str, Sequence[tuple[str, str]]], beside: Sequence[Chip] = ()
) -> Line:
    current = finding["id"] if finding else None
    return Line(
        kind=name,
        name=NAMES[name],
        chips=(*((_chip(finding),) if finding else ()), *beside),
        others=[(f"set:{name}:{id}", label) for id, label in choices.get(name, ()) if id != current],
        confirm=f"set:{name}:{current}" if finding and not finding["stated"] else "",
        reread=f"read:{name}" if finding and finding["stated"] else "",
    )


def _fields(findings: Sequence[Json], is_stated: bool) -> Line:
    """Any of them may be said to be the one; a field cannot be none."""
    chips = [
        _chip(
            finding,
            confirm="" if is_stated else f"state:subfields:{finding['id']}",
            drop=f"drop:subfields:{finding['id']}" if len(findings) > 1 else "",
        )
        for finding in findings
    ]
    return Line(kind="subfields", name=NAMES["subfields"], chips=chips, reread="read:subfields" if is_stated else "")


def _needs(kind: str, findings: Sequence[Json], is_stated: bool) -> Line:
    return Line(
        kind=kind,
        name=NAMES[kind],
        chips=[_chip(finding, drop=f"drop:{kind}:{finding['id']}") for finding in findings],
        confirm=f"state:{kind}" if findings and not is_stated else "",
        reread=f"read:{kind}" if is_stated else "",
    )


def _age(months: int | None, is_stated: bool) -> Line:
    name = "company_age_months"
    chips = () if months is None else (Chip(label=Message.of("{months} months", months=months), stated=is_stated),)
    return Line(kind=name, name=NAMES[name], chips=chips, reread=f"read:{name}" if is_stated else "")


def _maybe(name: str, value: bool | None, is_stated: bool) -> Line:
    answers = {True: ("yes", Message.of("yes")), False: ("no", Message.of("no"))}
    return Line(
        kind=name,
        name=NAMES[name],
        chips=() if value is None else (Chip(label=answers[value][1], stated=is_stated),),
        others=[(f"set:{name}:{word}", label) for one, (word, label) in answers.items() if one is not value],
        confirm=f"set:{name}:{answers[value][0]}" if value is not None and not is_stated else "",
        reread=f"read:{name}" if is_stated else "",
    )


def _chip(finding: Json, *, confirm: str = "", drop: str = "") -> Chip:
    return Chip(
        label=finding["label"],
        probability=finding["probability"],
        stated=finding["stated"],
        confirm=confirm,
        drop=drop,
    )
