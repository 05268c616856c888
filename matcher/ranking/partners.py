"""Institutes, platforms and soft-landing centres that help a startup, each with the reason; never ranked as a home."""

import re
from collections.abc import Sequence

from matcher.domain.carriers import Carrier, Role
from matcher.domain.ids import TermId
from matcher.domain.matches import PartnerHint
from matcher.domain.messages import Language, Message
from matcher.domain.startups import Profile
from matcher.domain.taxonomy import OTHER_INDUSTRY, Taxonomy

MOST = 4
MOST_LANDING = 2  # houses for German founders do not crowd out who helps with the product
ASKED_FOR, LANDING, SAME_FIELD, SAME_INDUSTRY = 4.0, 3.0, 2.0, 1.0  # how telling a reason is; halves are added
GERMAN_FIRMS = TermId("match.german_firms")
UNIVERSITY = TermId("match.university")
RESOURCE_MATCHING, TECHNICAL = TermId("service.resource_matching"), TermId("service.technical")
GERMAN = re.compile(r"德国|德企|德资|中德|\bgerman(?:y|s)?\b|deutsch|\bgmbh\b|\bdach\b", re.IGNORECASE)


def partner_hints(
    profile: Profile, text: str, carriers: Sequence[Carrier], taxonomy: Taxonomy
) -> tuple[PartnerHint, ...]:
    """At most four, the most telling reason first."""
    is_german = profile.language is Language.DE or bool(GERMAN.search(text))
    found = []
    for carrier in carriers:
        if carrier.role is Role.PARTNER and carrier.id not in profile.stated.exclude:
            reason = _reason(profile, is_german, carrier, taxonomy)
            if reason:
                found.append((-reason[0], carrier.id, PartnerHint(carrier=carrier, sentence=reason[1])))
    found.sort(key=lambda entry: entry[:2])
    spare = [entry for entry in found if LANDING <= -entry[0] < ASKED_FOR][MOST_LANDING:]
    return tuple(entry[2] for entry in found if entry not in spare)[:MOST]


def _reason(profile: Profile, is_german: bool, carrier: Carrier, taxonomy: Taxonomy) -> tuple[float, Message] | None:
    """How telling the reason is, and the reason."""
    asked = [finding.id for finding in (*profile.capabilities, *profile.site)]
    offered = {*carrier.capabilities, *carrier.site}
    shared = tuple(term for term in asked if term in offered)
    if shared:
        return ASKED_FOR, Message.of(
            "It has what you asked for: {terms}.", terms=tuple(taxonomy.label(term) for term in shared)
        )
    if is_german and GERMAN_FIRMS in carrier.service_items:
        # A house here helps more than an office abroad.
        here = 0.5 if carrier.country in (None, "CN") else 0.0
        return LANDING + here, Message.of("It helps German founders to land and knows the German firms here.")
    subfields = {finding.id for finding in profile.subfields[:2]}
    field = tuple(term for term in carrier.subfields if term in subfields)
    needs_science = {finding.id for finding in profile.services} & {RESOURCE_MATCHING, TECHNICAL}
    if field:
        return SAME_FIELD + bool(needs_science) * 0.5, Message.of(
            "It works in your field: {terms}.", terms=tuple(taxonomy.label(term) for term in field)
        )
    if (
        needs_science
        and profile.subfields
        and profile.industry.id in carrier.industries
        and profile.industry.id != OTHER_INDUSTRY
    ):
        return SAME_INDUSTRY + (UNIVERSITY in carrier.service_items) * 0.5, Message.of(
            "It works in {industry} and could help with technology and partners.",
            industry=taxonomy.label(profile.industry.id),
        )
    return None
