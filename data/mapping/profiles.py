"""What was read of a text, and what was stated beside it, to JSON and back: every number comes back as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Language
from matcher.domain.startups import Finding, Outcome, Profile, Span, Stated

Json = dict[str, Any]
FINDINGS = ("subfields", "services", "capabilities", "site", "possible_needs")
PLAIN = ("company_age_months", "registered", "foreign_invested", "facts")
DISTRIBUTIONS = ("subfield_probabilities", "industry_probabilities", "stage_probabilities")
TUPLES = ("subfields", "services", "capabilities", "site", "districts")


def profile_bytes(profile: Profile) -> bytes:
    """All but the embedding, which is kept beside it."""
    return orjson.dumps(
        {
            "language": profile.language.value,
            "outcome": profile.outcome.value,
            "outcomes": {outcome.value: float(share) for outcome, share in profile.outcome_probabilities.items()},
            "chain": _finding(profile.chain),
            "industry": _finding(profile.industry),
            "stage": None if profile.stage is None else _finding(profile.stage),
            **{name: [_finding(one) for one in getattr(profile, name)] for name in FINDINGS},
            **{name: getattr(profile, name) for name in PLAIN},
            "age_evidence": _spans(profile.age_evidence),
            "fact_evidence": {name: _spans(spans) for name, spans in profile.fact_evidence.items()},
            "stated": stated_json(profile.stated),
            **{name: getattr(profile, name) for name in DISTRIBUTIONS},
        },
        option=orjson.OPT_SERIALIZE_NUMPY,
    )


def profile_from(content: bytes, embedding: NDArray[np.float32]) -> Profile:
    said = orjson.loads(content)
    stage = said["stage"]
    rest: Json = {name: tuple(_finding_from(one) for one in said[name]) for name in FINDINGS}
    rest |= {name: said[name] for name in PLAIN} | {name: _numbers(said[name]) for name in DISTRIBUTIONS}
    return Profile(
        language=Language(said["language"]),
        outcome=Outcome(said["outcome"]),
        outcome_probabilities={Outcome(name): share for name, share in said["outcomes"].items()},
        chain=_finding_from(said["chain"]),
        industry=_finding_from(said["industry"]),
        stage=None if stage is None else _finding_from(stage),
        age_evidence=_spans_from(said["age_evidence"]),
        fact_evidence={name: _spans_from(spans) for name, spans in said["fact_evidence"].items()},
        stated=stated_from(said["stated"]),
        embedding=embedding,
        **rest,
    )


def stated_json(stated: Stated) -> Json:
    """Only what was stated."""
    values = {field.name: getattr(stated, field.name) for field in fields(stated)}
    values["exclude"] = sorted(stated.exclude)
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value not in (None, [])
    }


def stated_from(said: Mapping[str, Any]) -> Stated:
    values: Json = {name: tuple(value) if name in TUPLES else value for name, value in said.items()}
    values["exclude"] = frozenset(CarrierId(one) for one in said.get("exclude", ()))
    return Stated(**values)


def _finding(finding: Finding) -> list[Any]:
    return [finding.id, float(finding.probability), finding.stated, _spans(finding.evidence)]


def _finding_from(said: Sequence[Any]) -> Finding:
    term, probability, stated, spans = said
    return Finding(id=TermId(term), probability=probability, stated=stated, evidence=_spans_from(spans))


def _spans(spans: Sequence[Span]) -> list[list[Any]]:
    return [[span.start, span.end, span.text] for span in spans]


def _spans_from(said: Sequence[Sequence[Any]]) -> tuple[Span, ...]:
    return tuple(Span(*one) for one in said)


def _numbers(said: Sequence[float | None]) -> NDArray[np.float64]:
    """JSON knows no NaN: null stands for it."""
    return np.array(said, np.float64)
