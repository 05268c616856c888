"""Moves the words that show what was read from the text without its marks back to the text as it was sent."""

from collections.abc import Sequence
from dataclasses import replace

from matcher.domain.startups import Finding, Profile, Span
from matcher.understanding.markup import Unset


def in_original(profile: Profile, unset: Unset) -> Profile:
    """The same profile, its spans in the original."""
    if unset.text is unset.original:
        return profile

    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(map(unset.span, spans))

    def of(finding: Finding) -> Finding:
        return replace(finding, evidence=moved(finding.evidence))

    return replace(
        profile,
        chain=of(profile.chain),
        industry=of(profile.industry),
        subfields=tuple(map(of, profile.subfields)),
        stage=of(profile.stage) if profile.stage else None,
        services=tuple(map(of, profile.services)),
        capabilities=tuple(map(of, profile.capabilities)),
        site=tuple(map(of, profile.site)),
        age_evidence=moved(profile.age_evidence),
        fact_evidence={kind: moved(spans) for kind, spans in profile.fact_evidence.items()},
    )
