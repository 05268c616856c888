"""Which questions are worth asking: those whose answers would change the list most."""

from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.domain.ids import TermId
from matcher.domain.matches import Question
from matcher.domain.messages import Message, Texts
from matcher.domain.startups import Outcome, Profile
from matcher.domain.taxonomy import Facet, Taxonomy
from matcher.ranking.restating import NEED_KINDS, restated

WATCHED = 5  # places at the top of the list that a question may change
WORTH_ASKING = 0.2  # share of these places that an answer changes on average
MOST = 3
UNSURE = 0.85  # a stage or field read with more probability is not asked for again
ANY_SPACE = TermId("req.area")  # the plainest need of space
Order = NDArray[np.int64]
OrdersFor = Callable[[Sequence[Profile]], Sequence[Order]]

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
SPACE = Question(
    field="site", sentence=Message.of("Do you need space of your own at once, or could you wait until a carrier opens?")
)
NEEDS = Question(field="site", sentence=Message.of("What do you need: how much space, which equipment, which permits?"))


def questions(profile: Profile, taxonomy: Taxonomy, orders_for: OrdersFor) -> tuple[Question, ...]:
    """At most three, the one that would change most first.

    Args:
        profile: as read.
        taxonomy: gives the order of the profile's probabilities, and names.
        orders_for: the lists, best first, that changed profiles would get.
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
    asks_nothing = not any(getattr(profile, name) or getattr(profile.stated, name) is not None for name in NEED_KINDS)
    fields = Message.of("Which of these is your product: {fields}?", fields=_labels(profile, taxonomy))
    possible = [
        (STAGE, _other_stages(profile, taxonomy)),
        (Question(field="subfields", sentence=fields), _other_fields(profile, taxonomy)),
        (NEEDS if asks_nothing else SPACE, _with_space(profile, taxonomy)),
    ]
    now, *orders = orders_for([profile, *(answer for _, answers in possible for answer in answers)])
    others = iter(orders)
    weighed = [(_change(now[:WATCHED], list(islice(others, len(answers)))), question) for question, answers in possible]
    asked = [question for change, question in sorted(weighed, key=lambda entry: -entry[0]) if change >= WORTH_ASKING]
    if profile.company_age_months is None and profile.registered is not False:
        asked.append(AGE)
    if asks_nothing and NEEDS not in asked:
        asked.append(NEEDS)
    return tuple(asked[:MOST])


def _change(now: Order, others: Sequence[Order]) -> float:
    """Mean share of the watched places that other answers would fill differently; 0 without other answers or list."""
    if not others or not len(now):
        return 0.0
    return float(np.mean([len(np.setdiff1d(now, other[:WATCHED])) / len(now) for other in others]))


def _other_stages(profile: Profile, taxonomy: Taxonomy) -> list[Profile]:
    """What the profile would be with each stage beside one that is not sure, or with the likeliest two if unknown."""
    stages = taxonomy.ids(Facet.STAGE)
    if profile.stage is None:
        others = _by_probability(profile.stage_probabilities)[:2]
    elif profile.stage.stated or profile.stage.probability >= UNSURE:
        others = []
    else:
        best = stages.index(profile.stage.id)
        others = [other for other in (best - 1, best + 1) if 0 <= other < len(stages)]
    return [restated(profile, {"stage": stages[other]}, taxonomy) for other in others]


def _other_fields(profile: Profile, taxonomy: Taxonomy) -> list[Profile]:
    """What the profile would be if the second most probable industry were the right one."""
    if profile.industry.stated or profile.stated.subfields or max(profile.industry_probabilities) >= UNSURE:
        return []
    return [restated(profile, {"subfields": (one,)}, taxonomy) for one in _rivals(profile, taxonomy)[1:]]


def _with_space(profile: Profile, taxonomy: Taxonomy) -> list[Profile]:
    """What the profile would be if space were needed, where nothing is said of it: then what is planned will not do."""
    if profile.site or profile.stated.site is not None:
        return []
    return [restated(profile, {"site": (ANY_SPACE,)}, taxonomy)]


def _rivals(profile: Profile, taxonomy: Taxonomy) -> list[TermId]:
    """The most probable sub-field of each of the two most probable industries: between these the list changes."""
    industries = taxonomy.ids(Facet.INDUSTRY)
    rivals = [industries[number] for number in _by_probability(profile.industry_probabilities)[:2]]
    subfields = [taxonomy.ids(Facet.SUBFIELD)[number] for number in _by_probability(profile.subfield_probabilities)]
    best = [next((one for one in subfields if taxonomy.industry_of(one) == rival), None) for rival in rivals]
    return [one for one in best if one]


def _labels(profile: Profile, taxonomy: Taxonomy) -> tuple[Texts, ...]:
    return tuple(taxonomy.label(one) for one in _rivals(profile, taxonomy))


def _by_probability(probabilities: NDArray[np.float64]) -> list[int]:
    """Places, most probable first."""
    return [int(place) for place in np.argsort(-probabilities, kind="stable")]
