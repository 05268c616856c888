"""What a carrier sees of a startup that has not consented: words of the vocabulary, and nothing of its own.

A card is no more telling than these few lists, so that it names nobody and gives away no process: a sub-field only
where it is nearly certain, an age only as a band, a place only by its official name, no amounts, no words of the text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.district_names import district_names, folded
from matcher.domain.ids import TermId
from matcher.domain.messages import Language, Texts
from matcher.domain.registry import Registry
from matcher.domain.startups import Finding, Profile

CERTAIN = 0.6  # a sub-field that is less probable than this is not shown
SURE_ENOUGH = 0.5  # of a stage
MOST_SUBFIELDS = 2


class AgeBand(StrEnum):
    """Of the company; the limits are those that entry rules and support schemes draw."""

    UNDER_1 = "under_1_year"
    UNDER_2 = "1_to_2_years"
    UNDER_5 = "2_to_5_years"
    OLDER = "5_years_and_more"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCard:
    """Ids of the vocabulary; None and empty are unknown."""

    chain: TermId  # "none" where no chain fits
    industry: TermId
    subfields: tuple[TermId, ...] = ()
    stage: TermId | None = None
    services: tuple[TermId, ...] = ()
    capabilities: tuple[TermId, ...] = ()
    site: tuple[TermId, ...] = ()
    company_age: AgeBand | None = None
    places: tuple[Texts, ...] = ()  # where it would like to be
    language: Language  # of its text


def card_of(profile: Profile, language: Language, places: Mapping[str, Texts]) -> LeadCard:
    """The card; `places` are the known ones, see `known_places`."""
    certain = [one.id for one in profile.subfields if one.stated or one.probability >= CERTAIN]
    stage = profile.stage
    wished = (places.get(folded(wish)) for wish in profile.stated.districts)
    return LeadCard(
        chain=profile.chain.id,
        industry=profile.industry.id,
        subfields=tuple(certain[:MOST_SUBFIELDS]),
        stage=stage.id if stage and (stage.stated or stage.probability >= SURE_ENOUGH) else None,
        services=_ids(profile.services),
        capabilities=_ids(profile.capabilities),
        site=_ids(profile.site),
        company_age=_band(profile.company_age_months),
        places=tuple(dict.fromkeys(place for place in wished if place is not None)),
        language=language,
    )


def known_places(registry: Registry) -> dict[str, Texts]:
    """Every city and district on record by each of its names, folded: what else somebody wrote is not shown."""
    found: dict[str, Texts] = {}
    for place in registry.places.values():
        found |= {folded(name): place.name for name in (place.id, *place.name) if name}
    for carrier in registry.carriers:
        if carrier.district:
            name = Texts(zh=carrier.district)
            found = dict.fromkeys(district_names(carrier.district, carrier.city or ""), name) | found
    return found


def _ids(findings: Sequence[Finding]) -> tuple[TermId, ...]:
    return tuple(sorted(one.id for one in findings))  # the order of probabilities would tell more


def _band(months: int | None) -> AgeBand | None:
    if months is None:
        return None
    limits = ((12, AgeBand.UNDER_1), (24, AgeBand.UNDER_2), (60, AgeBand.UNDER_5))
    return next((band for limit, band in limits if months < limit), AgeBand.OLDER)
