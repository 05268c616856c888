"""One match as a page shows it: parts that moved its score, what is unknown, rules, and where the facts are from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.terminal.words import BANDS, CRITERIA, STATUSES, VERDICTS
from matcher.domain.carriers import Status
from matcher.domain.matches import Band, Criterion, Verdict
from matcher.domain.messages import Message

Json = Mapping[str, Any]

OPEN_AT_FIRST = 3  # matches whose reasons are unfolded
TONES = {Band.HIGH: "good", Band.MEDIUM: "warn", Band.LOW: ""}
VERDICT_TONES = {Verdict.PASS: "good", Verdict.WARN: "warn", Verdict.ASK: "", Verdict.EXCLUDE: "bad"}
MOST_WORDS = 2  # of the startup beside one reason; its text has marks at all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one criterion does, in a number and a sentence."""

    name: Message
    part: float
    sentence: str
    words: Sequence[str] = ()  # of the startup


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesShown:
    """Entry rules of one source: for each what it says of this pair, how that looks, and the sentence."""

    source: str
    url: str | None
    as_of: str | None
    rules: Sequence[tuple[Message, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchShown:
    rank: int
    id: str
    name: str
    about: Sequence[str]  # kind, level, place: as far as known
    status: Message
    status_as_of: str | None
    band: Message
    tone: str
    before_next: str
    reasons: Sequence[Reason]
    unknown: Sequence[str]
    rules: Sequence[RulesShown]
    flags: Sequence[str]
    next_step: str
    sources: Sequence[tuple[str, str | None]]  # of the facts, with dates
    is_open: bool


def matches_shown(answer: Json) -> list[MatchShown]:
    """Of an answer as the API writes it."""
    return [_shown(match, answer["labels"]) for match in answer["matches"]]


def largest_part(matches: Iterable[MatchShown]) -> float:
    """By which all bars beside each other are scaled; 0 where there is none."""
    return max((abs(reason.part) for match in matches for reason in match.reasons), default=0.0)


def _shown(match: Json, labels: Mapping[str, str]) -> MatchShown:
    carrier, before = match["carrier"], match["before_next"]
    place = " ".join(one for one in (carrier["city_name"], carrier["district"]) if one)
    facts = [fact for part in match["criteria"] for fact in part["facts"] if fact["source"]]
    unknown = dict.fromkeys(term for part in match["criteria"] for term in part["unknown"])
    return MatchShown(
        rank=match["rank"],
        id=carrier["id"],
        name=carrier["name"],
        about=[one for one in (carrier["kind_label"], carrier["level_label"], place) if one],
        status=STATUSES[Status(carrier["status"])],
        status_as_of=carrier["status_as_of"],
        band=BANDS[Band(match["band"])],
        tone=TONES[Band(match["band"])],
        before_next=before["sentence"] if before else "",
        reasons=[_reason(part) for part in match["criteria"] if _says_something(part)],
        unknown=[labels[term] for term in unknown],
        rules=_rules(match["eligibility"]),
        flags=match["flags"],
        next_step=match["next_step"],
        sources=list(dict.fromkeys((fact["source"], fact["as_of"]) for fact in facts)),
        is_open=match["rank"] <= OPEN_AT_FIRST,
    )


def _says_something(part: Json) -> bool:
    """What was not asked for and moves nothing is left out."""
    if part["part"] or part["covered"] or part["missing"] or part["unknown"]:
        return True
    return Criterion(part["criterion"]) is Criterion.WISH and bool(part["facts"])


def _reason(part: Json) -> Reason:
    return Reason(
        name=CRITERIA[Criterion(part["criterion"])],
        part=part["part"],
        sentence=part["sentence"],
        words=list(dict.fromkeys(span["text"] for span in part["evidence"]))[:MOST_WORDS],
    )


def _rules(rules: Sequence[Json]) -> list[RulesShown]:
    by_source: dict[tuple[str, str | None, str | None], list[tuple[Message, str, str]]] = {}
    for rule in rules:
        verdict = Verdict(rule["verdict"])
        told = by_source.setdefault((rule["source"], rule["url"], rule["as_of"]), [])
        told.append((VERDICTS[verdict], VERDICT_TONES[verdict], rule["sentence"]))
    return [
        RulesShown(source=source, url=url, as_of=as_of, rules=told) for (source, url, as_of), told in by_source.items()
    ]
