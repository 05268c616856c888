"""What a profile would be if the startup stated something: the same as reading its text again with that stated."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.ids import TermId
from matcher.domain.startups import Finding, Outcome, Profile
from matcher.domain.taxonomy import CHAINS, NO_CHAIN, Facet, Taxonomy

NEED_KINDS = ("services", "capabilities", "site")


def restated(profile: Profile, change: Mapping[str, object], taxonomy: Taxonomy) -> Profile:
    """The profile with these fields of `Stated`: `stage`, `subfields`, the needs, `registered`, `districts`."""
    stated = replace(profile.stated, **change)  # type: ignore[arg-type]
    changed = replace(profile, stated=stated)
    if "registered" in change:
        changed = replace(changed, registered=stated.registered)
    if "stage" in change and stated.stage:
        changed = replace(
            changed,
            stage=certain(stated.stage),
            stage_probabilities=_shared(taxonomy.ids(Facet.STAGE), [stated.stage]),
        )
    needs = {
        name: tuple(certain(term) for term in getattr(stated, name) or ()) for name in NEED_KINDS if name in change
    }
    if needs:
        changed = replace(changed, **needs)  # type: ignore[arg-type]
    if "subfields" in change and stated.subfields:
        changed = _in_field(changed, stated.subfields, taxonomy)
    return changed


def certain(term: TermId) -> Finding:
    """As a stated field is found."""
    return Finding(id=term, probability=1.0, stated=True)


def _in_field(profile: Profile, subfields: Sequence[TermId], taxonomy: Taxonomy) -> Profile:
    """A stated sub-field settles industry, chain and outcome as well."""
    ids = taxonomy.ids(Facet.INDUSTRY)
    industries = np.mean([_shared(ids, [taxonomy.industry_of(name)]) for name in subfields], axis=0)
    best = int(np.argmax(industries))
    chains = dict.fromkeys((*CHAINS, NO_CHAIN), 0.0)
    for name, probability in zip(ids, industries.tolist(), strict=True):
        chains[taxonomy.chain_of(name)] += probability
    chain = max(chains, key=lambda one: chains[one])
    outcome = Outcome.NO_CORE_CHAIN if chain == NO_CHAIN else Outcome.RANKED
    return replace(
        profile,
        outcome=outcome,
        outcome_probabilities={one: float(one is outcome) for one in Outcome},
        chain=Finding(id=TermId(chain), probability=chains[chain]),
        industry=Finding(id=ids[best], probability=float(industries[best]), stated=profile.stated.industry is not None),
        subfields=tuple(certain(name) for name in subfields),
        subfield_probabilities=_shared(taxonomy.ids(Facet.SUBFIELD), subfields),
        industry_probabilities=industries,
    )


def _shared(ids: Sequence[TermId], chosen: Sequence[TermId]) -> NDArray[np.float64]:
    """A certainty, shared equally among those chosen."""
    return np.array([float(name in chosen) for name in ids]) / len(set(chosen))
