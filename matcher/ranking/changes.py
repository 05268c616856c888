"""Which changes are realistic for a startup: what it could say more clearly, and what it could become.

Only what can be changed is here: never an age, an origin or a field. What a text leaves open is taken in its most
probable way, and only where that is likely enough to be worth a sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from matcher.domain.carriers import Carrier, Role
from matcher.domain.ids import TermId
from matcher.domain.matches import AdviceKind
from matcher.domain.messages import Message, Texts
from matcher.domain.startups import Profile
from matcher.domain.taxonomy import Facet, Taxonomy
from matcher.ranking.restating import NEED_KINDS

SURE, LIKELY = 0.85, 0.25  # a finding is open below the first, and has a most probable way from the second on
MOST_HINTS = 2  # needs that the text only hints at, looked at
TEAM, SEED, INCUBATION = (TermId(f"stage.{name}") for name in ("team", "seed", "incubation"))

FACETS = {"services": Facet.SERVICE, "capabilities": Facet.CAPABILITY, "site": Facet.SITE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change, as fields of `Stated`."""

    kind: AdviceKind
    sentence: Message
    stated: Mapping[str, object]
    now: Mapping[str, object] = field(default_factory=dict)  # what it changes, made certain: saying so alone is no gain
    must_rise: bool = False  # a higher score alone does not help; the place has to be better as well


def changes(profile: Profile, taxonomy: Taxonomy, listed: Sequence[Carrier], known: Sequence[Carrier]) -> list[Change]:
    """All that concern the startup itself.

    Args:
        profile: as read.
        taxonomy: names, and the order of the profile's probabilities.
        listed: carriers that may be a home.
        known: all carriers and partners of the registry.
    """
    return [
        *_stage_said(profile, taxonomy),
        *_field_said(profile, taxonomy),
        *_needs_said(profile, taxonomy, listed),
        *_stage_reached(profile, taxonomy),
        *_place_left_open(profile),
        *_need_met_elsewhere(profile, taxonomy, listed, known),
    ]


def _stage_said(profile: Profile, taxonomy: Taxonomy) -> Iterator[Change]:
    stage = _likely_stage(profile, taxonomy)
    if stage == SEED and profile.registered is False:
        return  # that stage begins with a company
    if stage and not (profile.stage and (profile.stage.stated or profile.stage.probability >= SURE)):
        yield Change(
            kind=AdviceKind.DESCRIBE,
            sentence=Message.of(
                "If your stage is {stage}, say so: your text leaves it open.", stage=_name(stage, taxonomy)
            ),
            stated={"stage": stage},
        )


def _likely_stage(profile: Profile, taxonomy: Taxonomy) -> TermId | None:
    if profile.stage:
        return profile.stage.id
    best = int(np.argmax(profile.stage_probabilities))
    return taxonomy.ids(Facet.STAGE)[best] if profile.stage_probabilities[best] >= LIKELY else None


def _field_said(profile: Profile, taxonomy: Taxonomy) -> Iterator[Change]:
    best = int(np.argmax(profile.subfield_probabilities))
    if profile.stated.subfields is None and LIKELY <= profile.subfield_probabilities[best] < SURE:
        subfield = taxonomy.ids(Facet.SUBFIELD)[best]
        yield Change(
            kind=AdviceKind.DESCRIBE,
            sentence=Message.of(
                "If your product is {field}, say so: your text leaves it open.", field=_name(subfield, taxonomy)
            ),
            stated={"subfields": (subfield,)},
        )


def _needs_said(profile: Profile, taxonomy: Taxonomy, listed: Sequence[Carrier]) -> Iterator[Change]:
    offered = _offered(listed)
    hints = [finding.id for finding in profile.possible_needs if finding.id in offered]
    for need in hints[:MOST_HINTS]:
        kind = next(name for name in NEED_KINDS if need in taxonomy.ids(FACETS[name]))
        stated = _needs(profile)
        yield Change(
            kind=AdviceKind.DESCRIBE,
            sentence=Message.of("If you need {need}, say so: it is on record there.", need=_name(need, taxonomy)),
            stated=stated | {kind: (*stated[kind], need)},
        )


def _stage_reached(profile: Profile, taxonomy: Taxonomy) -> Iterator[Change]:
    stage = profile.stage.id if profile.stage else None
    if stage == TEAM and profile.registered is not True:
        yield Change(
            kind=AdviceKind.BECOME,
            sentence=Message.of(
                "Register the company: at the stage {stage} you fit better.", stage=_name(SEED, taxonomy)
            ),
            stated={"stage": SEED, "registered": True},
            now={"stage": TEAM},
        )
    elif stage == SEED and profile.registered is not False:
        yield Change(
            kind=AdviceKind.BECOME,
            sentence=Message.of(
                "Take part in a pilot with a first customer: at the stage {stage} you fit better.",
                stage=_name(INCUBATION, taxonomy),
            ),
            stated={"stage": INCUBATION},
            now={"stage": SEED},
        )


def _place_left_open(profile: Profile) -> Iterator[Change]:
    if profile.stated.districts:
        yield Change(
            kind=AdviceKind.BECOME,
            sentence=Message.of(
                "Give up your wish for {places}: without it this carrier stands higher.",
                places=", ".join(profile.stated.districts),
            ),
            stated={"districts": ()},
            must_rise=True,
        )


def _need_met_elsewhere(
    profile: Profile, taxonomy: Taxonomy, listed: Sequence[Carrier], known: Sequence[Carrier]
) -> Iterator[Change]:
    """A need that no carrier has on record but a partner has: met there, the carrier has to meet the others only."""
    on_record = _offered(listed)
    partners = [one for one in known if one.role is Role.PARTNER and one.id not in profile.stated.exclude]
    for need in (finding.id for name in NEED_KINDS[1:] for finding in getattr(profile, name)):
        partner = next((one for one in partners if need in _offered([one])), None)
        if need not in on_record and partner:
            yield Change(
                kind=AdviceKind.BECOME,
                sentence=Message.of(
                    "No carrier here has {need} on record, but {partner} has: arrange it there.",
                    need=_name(need, taxonomy),
                    partner=partner.name,
                ),
                stated={name: tuple(one for one in asked if one != need) for name, asked in _needs(profile).items()},
            )
            return


def _needs(profile: Profile) -> dict[str, tuple[TermId, ...]]:
    """All three kinds together, since a stated kind changes what is read into the others."""
    return {name: tuple(finding.id for finding in getattr(profile, name)) for name in NEED_KINDS}


def _offered(carriers: Sequence[Carrier]) -> set[TermId]:
    return {term for one in carriers for name in NEED_KINDS for term in getattr(one, name)}


def _name(term: TermId, taxonomy: Taxonomy) -> Texts:
    return taxonomy.label(term)
