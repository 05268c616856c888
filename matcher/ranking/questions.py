"""Which questions are worth asking: those whose answers would change the list most."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.matches import Question
from matcher.domain.messages import Message, Texts
from matcher.domain.startups import Outcome, Profile
from matcher.domain.taxonomy import Facet, Taxonomy

WATCHED = 5  # places at the top of the list that a question may change
WORTH_ASKING = 0.2  # share of these places that an answer changes on average
MOST = 3
UNSURE = 0.85  # a stage or field read with more probability is not asked for again
Order = NDArray[np.int64]

PRODUCT = Question(
    field="text", sentence=Message.of("What exactly do you make or develop, and what does it do for your customer?")
)
STAGE = Question(
    field="stage",
    sentence=Message.of(
        "How far are you: team without a company, young company, pilot or trial, growing sales, volume production?"
    ),
)
AGE = Question(field="company_age_months", sentence=Message.of("When was the company registered?"))
NEEDS = Question(field="site", sentence=Message.of("What do you need: how much space, which equipment, which permits?"))


def questions(profile: Profile, taxonomy: Taxonomy, order_for: Callable[[Profile], Order]) -> tuple[Question, ...]:
    """At most three, the one that would change most first.

    Args:
        profile: as read.
        taxonomy: gives the order of the profile's probabilities, and names.
        order_for: the list, best first, that a changed profile would get.
    """
    if profile.outcome is Outcome.OUT_OF_SCOPE:
        return ()
    if profile.outcome is Outcome.NEEDS_MORE_INFORMATION:
        return tuple(
            question
            for question, is_open in (
                (PRODUCT, True),
                (STAGE, profile.stage is None),
                (NEEDS, not (profile.services or profile.site)),
            )
            if is_open
        )[:MOST]
    now = order_for(profile)[:WATCHED]
    weighed = [
        (_change(now, [order_for(one) for one in _other_stages(profile)]), STAGE),
        (
            _change(now, [order_for(one) for one in _other_fields(profile)]),
            Question(
                field="subfields",
                sentence=Message.of("Which of these is your product: {fields}?", fields=_rivals(profile, taxonomy)),
            ),
        ),
    ]
    asked = [question for change, question in sorted(weighed, key=lambda entry: -entry[0]) if change >= WORTH_ASKING]
    if profile.company_age_months is None and profile.registered is not False:
        asked.append(AGE)
    if not (profile.services or profile.capabilities or profile.site):
        asked.append(NEEDS)
    return tuple(asked[:MOST])


def _change(now: Order, others: Sequence[Order]) -> float:
    """Mean share of the watched places that other answers would fill differently; 0 without other answers or list."""
    if not others or not len(now):
        return 0.0
    return float(np.mean([len(np.setdiff1d(now, other[:WATCHED])) / len(now) for other in others]))


def _other_stages(profile: Profile) -> list[Profile]:
    """What the profile would be with each neighbouring stage, where the stage is not sure."""
    if profile.stage is None or profile.stage.stated or profile.stage.probability >= UNSURE:
        return []
    best = int(np.argmax(profile.stage_probabilities))
    return [
        replace(profile, stage_probabilities=_only(len(profile.stage_probabilities), other))
        for other in (best - 1, best + 1)
        if 0 <= other < len(profile.stage_probabilities)
    ]


def _other_fields(profile: Profile) -> list[Profile]:
    """What the profile would be if the second most probable industry were the right one."""
    best = _by_probability(profile.industry_probabilities)
    if profile.industry.stated or len(best) < 2 or profile.industry_probabilities[best[0]] >= UNSURE:
        return []
    return [replace(profile, industry_probabilities=_only(len(best), best[1]))]


def _rivals(profile: Profile, taxonomy: Taxonomy) -> tuple[Texts, ...]:
    """The most probable sub-field of each of the two most probable industries: between these the list changes."""
    industries = taxonomy.ids(Facet.INDUSTRY)
    rivals = [industries[number] for number in _by_probability(profile.industry_probabilities)[:2]]
    subfields = [taxonomy.of(Facet.SUBFIELD)[number] for number in _by_probability(profile.subfield_probabilities)]
    best = [next((one for one in subfields if taxonomy.industry_of(one.id) == rival), None) for rival in rivals]
    return tuple(one.label for one in best if one)


def _by_probability(probabilities: NDArray[np.float64]) -> list[int]:
    """Places, most probable first."""
    return [int(place) for place in np.argsort(-probabilities, kind="stable")]


def _only(length: int, place: int) -> NDArray[np.float64]:
    probabilities = np.zeros(length)
    probabilities[place] = 1.0
    return probabilities
