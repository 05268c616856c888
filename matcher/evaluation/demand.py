"""Who seeks and who offers, by field: startups by industry, sub-field and stage beside the carriers that name it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from matcher.domain.carriers import Carrier
from matcher.domain.ids import TermId
from matcher.domain.office_figures import Demand, Field, Need, Supply
from matcher.domain.small_cells import Count, Flow, alone, shown
from matcher.domain.startups import Finding, Profile
from matcher.domain.taxonomy import CHAINS, Facet, Taxonomy

NEEDS = (("services", Facet.SERVICE), ("capabilities", Facet.CAPABILITY), ("site", Facet.SITE))


def demand(profiles: Sequence[Profile], carriers: Sequence[Carrier], taxonomy: Taxonomy) -> Demand:
    """Startups and carriers by field, the four chains first; small counts are hidden across all of it at once."""
    industries = sorted(taxonomy.ids(Facet.INDUSTRY), key=lambda one: one not in CHAINS)
    stages = (*taxonomy.ids(Facet.STAGE), None)
    parts_of = {one: [name for name in taxonomy.ids(Facet.SUBFIELD) if taxonomy.industry_of(name) == one]
                for one in industries}  # fmt: skip
    by_stage = Counter((one.industry.id, one.stage.id if one.stage else None) for one in profiles)
    by_part = Counter((one.industry.id, main_subfield(one, taxonomy)) for one in profiles)
    flows: dict[object, Flow] = {"total": Flow("sum", "all", len(profiles), dear=10)}
    for industry in industries:
        inside = ("parts", industry), ("row", industry)
        flows[industry] = Flow(*inside, sum(by_stage[industry, stage] for stage in stages))
        flows |= {(industry, part): Flow("all", inside[0], by_part[industry, part])
                  for part in (*parts_of[industry], None)}  # fmt: skip
        flows |= {(industry, "at", stage): Flow(inside[1], ("stage", stage), by_stage[industry, stage])
                  for stage in stages}  # fmt: skip
    flows |= {("at", stage): Flow(("stage", stage), "sum", sum(by_stage[one, stage] for one in industries))
              for stage in stages}  # fmt: skip
    counts = dict(zip(flows, shown(list(flows.values())), strict=True))
    return Demand(
        total=counts["total"],
        stages=stages,
        by_stage=tuple(counts["at", stage] for stage in stages),
        industries=tuple(
            Field(
                id=one,
                part_of=None,
                startups=counts[one],
                by_stage=tuple(counts[one, "at", stage] for stage in stages),
                supply=supply([carrier for carrier in carriers if one in carrier.industries]),
            )
            for one in industries
        ),
        subfields=tuple(
            Field(
                id=part,
                part_of=one,
                startups=counts[one, part],
                by_stage=(),
                supply=supply([carrier for carrier in carriers if part in carrier.subfields]),
            )
            for one in industries
            for part in parts_of[one]
        ),
        without_subfield={one: counts[one, None] for one in industries},
        n_carriers=len(carriers),
        n_any_field=sum(one.specialised is False or not one.industries for one in carriers),
    )


def main_subfield(profile: Profile, taxonomy: Taxonomy) -> TermId | None:
    """The most probable sub-field of the industry that was read; None where none was."""
    inside = (one.id for one in profile.subfields if taxonomy.industry_of(one.id) == profile.industry.id)
    return next(inside, None)


def supply(carriers: Sequence[Carrier]) -> Supply:
    """What these carriers have to give, as far as they have told."""
    planned = sum(one.status.not_open_yet for one in carriers)
    told = [one.places_left for one in carriers if one.places_left is not None]
    return Supply(
        n_open=len(carriers) - planned,
        n_planned=planned,
        places_left=sum(told) if told else None,
        n_places_unknown=len(carriers) - len(told),
    )


def needs(profiles: Sequence[Profile], carriers: Sequence[Carrier], taxonomy: Taxonomy) -> tuple[Need, ...]:
    """Every service, capability and site need of the vocabulary.

    A startup asks for several, so these counts add up to nothing, and each stands alone.
    """
    found = []
    for name, facet in NEEDS:
        asked = _times(getattr(profile, name) for profile in profiles)
        offered = Counter(term for carrier in carriers for term in getattr(carrier, name))
        speaking = sum(bool(getattr(carrier, name)) for carrier in carriers)
        found += [
            Need(
                id=term,
                asked=asked.get(term, alone(0)),
                n_offering=offered[term],
                n_speaking=speaking,
                n_silent=len(carriers) - speaking,
            )
            for term in taxonomy.ids(facet)
        ]
    return tuple(found)


def _times(findings: Iterable[Sequence[Finding]]) -> dict[TermId, Count]:
    counts = Counter(term for one in findings for term in {finding.id for finding in one})
    return {term: alone(n) for term, n in counts.items()}
