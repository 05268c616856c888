"""An answer as it goes over the wire: plain dictionaries in one language, ready for JSON."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from api.schemas.carriers import carrier_out
from api.sentences import Sentences
from matcher.domain.carriers import Carrier
from matcher.domain.ids import TermId
from matcher.domain.matches import Advice, Answer, BeforeNext, CriterionPart, Match, RuleVerdict
from matcher.domain.messages import Language, Message
from matcher.domain.registry import Registry
from matcher.domain.startups import Finding, Profile, Span
from matcher.domain.taxonomy import NO_CHAIN

DIGITS = 4  # of findings and utilities; parts and scores are never rounded
PROBABILITY_DIGITS = 2  # of a match: more would promise what a few hundred judgements cannot hold
NO_CHAIN_LABEL = Message("none of the four chains")

Json = dict[str, Any]


def answer_out(
    answer: Answer,
    language: Language,
    sentences: Sentences,
    registry: Registry,
    *,
    startup_id: str | None = None,
    run_id: str | None = None,
) -> Json:
    """The answer in the shape of the API; `score` is exactly the sum of the parts.

    Args:
        answer: to say.
        language: to say it in.
        sentences: in all languages.
        registry: for names of carriers and terms.
        startup_id: of the kept startup that it is for; None where nothing is kept.
        run_id: of the run in force whose list this is; None where it is no run's.
    """
    served = {"served_from": "live" if run_id is None else "run", "run_id": run_id}
    return _Writer(language.spoken, sentences, registry).answer(answer) | {"startup_id": startup_id, **served}


def criteria_out(
    criteria: Iterable[CriterionPart], language: Language, sentences: Sentences, registry: Registry
) -> tuple[list[Json], dict[str, str]]:
    """The reasons of one match, and the names of the bare ids in them."""
    writer = _Writer(language.spoken, sentences, registry)
    return [writer.part(part) for part in criteria], writer.labels


@dataclass
class _Writer:
    language: Language
    sentences: Sentences
    registry: Registry
    labels: dict[str, str] = field(default_factory=dict)  # of the ids that stand bare in the answer

    def answer(self, answer: Answer) -> Json:
        return {
            "request_id": answer.request_id,
            "outcome": answer.outcome.value,
            "language": self.language.value,
            "scope": answer.scope.value,
            "order": answer.order.value,
            "models": {
                "encoder": answer.models.encoder,
                "reader": answer.models.reader,
                "ranker": answer.models.ranker,
            },
            "registry": {"version": answer.registry.version, "as_of": answer.registry.as_of},
            "profile": self.profile(answer.profile),
            "matches": [self.match(match) for match in answer.matches],
            "partners": [
                {"carrier": self.carrier(hint.carrier), "sentence": self.say(hint.sentence)} for hint in answer.partners
            ],
            "not_eligible": [
                {"carrier": self.carrier(no.carrier), "rule": no.rule, "sentence": self.say(no.sentence)}
                for no in answer.not_eligible
            ],
            "questions": [
                {"field": question.field, "sentence": self.say(question.sentence)} for question in answer.questions
            ],
            "advice": [self.advice(piece) for piece in answer.advice],
            "general": self.said(answer.general),
            "labels": self.labels,
        }

    def profile(self, profile: Profile) -> Json:
        return {
            "language": profile.language.value,
            "outcome_probabilities": {
                outcome.value: round(float(probability), DIGITS)
                for outcome, probability in profile.outcome_probabilities.items()
            },
            "chain": self.finding(profile.chain),
            "industry": self.finding(profile.industry),
            "subfields": self.findings(profile.subfields),
            "stage": self.finding(profile.stage) if profile.stage else None,
            "company_age_months": profile.company_age_months,
            "company_age_evidence": spans_out(profile.age_evidence),
            "registered": profile.registered,
            "foreign_invested": profile.foreign_invested,
            "services": self.findings(profile.services),
            "capabilities": self.findings(profile.capabilities),
            "site": self.findings(profile.site),
            "amounts": {
                name: {"value": float(value), "evidence": spans_out(profile.fact_evidence.get(name, ()))}
                for name, value in profile.facts.items()
            },
        }

    def findings(self, findings: Iterable[Finding]) -> list[Json]:
        return [self.finding(finding) for finding in findings]

    def finding(self, finding: Finding) -> Json:
        return {
            "id": finding.id,
            "label": self.label(finding.id),
            "probability": round(float(finding.probability), DIGITS),
            "stated": finding.stated,
            "evidence": spans_out(finding.evidence),
        }

    def match(self, match: Match) -> Json:
        return {
            "rank": match.rank,
            "carrier": self.carrier(match.carrier),
            "score": float(match.score),
            "probability": round(float(match.probability), PROBABILITY_DIGITS),
            "band": match.band.value,
            "startup_utility": round(float(match.startup_utility), DIGITS),
            "carrier_utility": round(float(match.carrier_utility), DIGITS),
            "criteria": [self.part(part) for part in match.criteria],
            "eligibility": [self.verdict(verdict) for verdict in match.eligibility],
            "flags": self.said(match.flags),
            "next_step": self.say(match.next_step),
            "before_next": self.before_next(match.before_next) if match.before_next else None,
        }

    def before_next(self, before: BeforeNext) -> Json:
        return {
            "carrier": before.carrier,
            "difference": float(before.difference),
            "parts": [
                {"criterion": criterion.value, "difference": float(part)} for criterion, part in before.parts.items()
            ],
            "sentence": self.say(before.sentence),
        }

    def advice(self, piece: Advice) -> Json:
        return {
            "kind": piece.kind.value,
            "sentence": self.say(piece.sentence),
            "carrier": self.carrier(piece.carrier),
            "change": {name: list(to) if isinstance(to, tuple) else to for name, to in piece.change.items()},
            "score_before": float(piece.score_before),
            "score_after": float(piece.score_after),
            "rank_before": piece.rank_before,
            "rank_after": piece.rank_after,
        }

    def part(self, part: CriterionPart) -> Json:
        return {
            "criterion": part.criterion.value,
            "part": float(part.part),
            "covered": self.bare(part.covered),
            "missing": self.bare(part.missing),
            "unknown": self.bare(part.unknown),
            "evidence": spans_out(part.evidence),
            "facts": [
                {"field": fact.field, "basis": fact.basis, "source": fact.source, "as_of": fact.as_of}
                for fact in part.facts
            ],
            "sentence": self.say(part.sentence),
        }

    def verdict(self, verdict: RuleVerdict) -> Json:
        return {
            "rule": verdict.rule,
            "verdict": verdict.verdict.value,
            "sentence": self.say(verdict.sentence),
            "source": verdict.source.label,
            "url": verdict.source.url,
            "as_of": verdict.as_of,
        }

    def carrier(self, carrier: Carrier) -> Json:
        self.bare(carrier.anchors)
        return carrier_out(carrier, self.language, self.registry)

    def bare(self, ids: Iterable[TermId]) -> list[str]:
        """The ids alone; what they are called stands once for the whole answer."""
        listed = [str(one) for one in ids]
        for one in listed:
            if one not in self.labels:
                self.labels[one] = self.label(one)
        return listed

    def label(self, term_id: str) -> str:
        if term_id == NO_CHAIN:
            return self.say(NO_CHAIN_LABEL)
        return self.registry.taxonomy.label(term_id).say(self.language)

    def said(self, messages: Iterable[Message]) -> list[str]:
        return [self.say(message) for message in messages]

    def say(self, message: Message) -> str:
        return self.sentences.say(message, self.language)


def spans_out(spans: Iterable[Span]) -> list[Json]:
    """Offsets count Unicode code points of the text as sent."""
    return [{"start": span.start, "end": span.end, "text": span.text} for span in spans]
