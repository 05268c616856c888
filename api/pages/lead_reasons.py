"""Why a startup suits a carrier, by criterion: with its own words where it has consented, else by its card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.terminal.voice import Voice
from api.terminal.words import CRITERIA, FIELDS, VERDICTS
from matcher.domain.carriers import Carrier
from matcher.domain.facts import Fact
from matcher.domain.matches import CriterionPart, RuleVerdict, Verdict
from matcher.ranking.card_fit import CardFit, card_fits
from matcher.services.lead_views import LeadView

TONES = {Verdict.PASS: "good", Verdict.WARN: "warn", Verdict.ASK: "warn", Verdict.EXCLUDE: "bad"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One criterion; empty lists where nothing is to be told."""

    criterion: str
    covered: Sequence[str]
    missing: Sequence[str]
    unknown: Sequence[str]
    quotes: Sequence[str] = ()  # of the startup's text
    facts: Sequence[tuple[str, str, str | None]] = ()  # field of our record, its source and its date


@dataclass(frozen=True, slots=True)
class RuleLine:
    """An entry rule applied to the startup. Its sentence may hold a number of the startup's, so it is not told."""

    verdict: str
    tone: str
    source: str
    url: str | None
    as_of: str | None


def rule_lines(verdicts: Sequence[RuleVerdict], voice: Voice) -> list[RuleLine]:
    return [
        RuleLine(voice.say(VERDICTS[one.verdict]), TONES[one.verdict], one.source.label, one.source.url, one.as_of)
        for one in verdicts
    ]


def lead_reasons(view: LeadView, carrier: Carrier | None, voice: Voice) -> list[Reason]:
    """Those that tell something."""
    if view.reasons:
        return [_of_part(part, voice) for part in view.reasons if part.covered or part.missing or part.unknown]
    if carrier is None:
        return []
    return [_of_card(fit, voice) for fit in card_fits(view.card, carrier)]


def _of_part(part: CriterionPart, voice: Voice) -> Reason:
    quotes = [span.text for span in part.evidence]
    return replace(_of_card(part, voice), quotes=quotes, facts=[_fact(fact, voice) for fact in part.facts])


def _of_card(told: CriterionPart | CardFit, voice: Voice) -> Reason:
    return Reason(
        criterion=voice.say(CRITERIA[told.criterion]),
        covered=[voice.label(one) for one in told.covered],
        missing=[voice.label(one) for one in told.missing],
        unknown=[voice.label(one) for one in told.unknown],
    )


def _fact(fact: Fact, voice: Voice) -> tuple[str, str, str | None]:
    name = voice.say(FIELDS[fact.field]) if fact.field in FIELDS else fact.field
    return name, fact.source, fact.as_of
