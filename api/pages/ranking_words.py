"""How ranking works, as sentences: the same for programs and for people."""

from matcher.domain.calibration import HIGH_FROM, MEDIUM_FROM
from matcher.domain.matches import Criterion
from matcher.domain.messages import Message

TITLE = Message.of("How ranking works")
LEAD = Message.of(
    "Carriers are listed by a score that is the exact sum of its parts, one part for each criterion below. Each answer "
    "shows every part with the words and facts behind it."
)
CRITERIA = {
    Criterion.FIELD: Message.of("Whether industry and sub-field of both agree; a little, how alike the two texts are."),
    Criterion.STAGE: Message.of("Whether the kind of carrier suits the stage of the startup."),
    Criterion.WISH: Message.of("What the carrier looks for: a specialised one owes most places to its own field."),
    Criterion.STANDING: Message.of("Whether it is open already; as a tie-break, its level of recognition."),
    Criterion.PLACE: Message.of("Districts and cities that the startup wishes for."),
    Criterion.FACILITIES: Message.of("Platforms and premises that are asked for and known to be there."),
    Criterion.SERVICES: Message.of("Services that are asked for and known to be offered."),
    Criterion.HISTORY: Message.of("How startups alike in field and stage were judged with it; unknown adds nothing."),
}
FEATURES = {  # what each measures, for people
    "subfield_match": Message.of("serves the main sub-field, or half for a related one"),
    "industry_match": Message.of("serves the industry"),
    "near_field": Message.of("the industry lies beside one of its own"),
    "general_home": Message.of("takes firms of any field"),
    "open_to_others": Message.of("takes firms of any field, for a startup in none of the four chains"),
    "core_park": Message.of("core park of the chain"),
    "text_similarity": Message.of("likeness of the two texts"),
    "stage_fit": Message.of("its kind suits the stage"),
    "service_coverage": Message.of("services asked for that it names"),
    "capability_coverage": Message.of("platforms asked for that it names"),
    "site_coverage": Message.of("needs of the building that it meets"),
    "in_wished_place": Message.of("lies in a place wished for"),
    "off_field": Message.of("specialised in another field"),
    "openness": Message.of("open, being built or planned"),
    "space_not_ready": Message.of("space is needed and not ready"),
    "level": Message.of("level of recognition"),
    "rated_in_field_and_stage": Message.of("judgements of startups alike in field and stage"),
    "rated_in_industry": Message.of("judgements of startups of the industry"),
}
WEIGHTS = Message.of(
    "The bars are the weights before learning: what a step of a feature from 0 to 1 adds to the sum of the startup and "
    "to that of the carrier. To the right it speaks for the carrier, to the left against it."
)
STEPS = (
    Message.of("The text is read; what is stated in a field of its own wins over the text."),
    Message.of("Entry rules are applied: only a carrier's own rule takes it off the list, and the answer names it."),
    Message.of(
        "Each feature adds its weight times the distance of its value from the neutral one, once for what the startup "
        "gains and once for what speaks for the carrier admitting it; the score is the mean of the two sums."
    ),
    Message.of("Trees learned from judgements correct the parts, each within one criterion."),
    Message.of("The core park of the chain is kept among the first three, and the answer says so where this moved it."),
)
DATA = (
    Message.of("Facts about carriers come from public sources; each carries its source and date."),
    Message.of(
        "What was learned rests on one assessor's judgements of 108 invented texts; no practitioner checked them."
    ),
    Message.of("No real admission is on record in what is released, so no probability is that of being admitted."),
)
NOT_USED = (
    Message.of("Sex, age, origin or name of a person, and any other personal trait."),
    Message.of("Money: no carrier can pay for a place."),
    Message.of("Instructions in a text; praise and the firm's name where they are recognised, which is not always."),
    Message.of("Foreign capital: it brings up a legal note and changes no score."),
    Message.of("Clicks, and who is asking."),
    Message.of("What is not known: it neither adds nor takes away, and is named in the answer."),
)
NEUTRAL = Message.of(
    "The same carriers can be had in a neutral order, alphabetically by name and without any score: send "
    "order=neutral with the request."
)


def retention(*, impressions: bool, impression_days: int, startup_days: int) -> tuple[Message, ...]:
    """How long what is kept.

    Args:
        impressions: whether shown lists are kept.
        impression_days: how long.
        startup_days: how long a startup is kept that nobody uses.
    """
    return (
        Message.of("A text that is sent for one answer is not kept, unless its owner asks for that."),
        Message.of(
            "A startup that is kept is erased after {days} days without use, and at any time by its owner.",
            days=startup_days,
        ),
        Message.of(
            "Which carriers were shown on which place is kept for {days} days, without text, address or account.",
            days=impression_days,
        )
        if impressions
        else Message.of("Which carriers were shown is not kept."),
    )


PARTS = {
    "steps": Message.of("From text to list"),
    "criteria": Message.of("The criteria"),
    "features": Message.of("Every feature with its weights"),
    "data": Message.of("What the data are"),
    "not_used": Message.of("What never counts"),
    "neutral": Message.of("Without ranking"),
    "retention": Message.of("What is kept, and how long"),
    "models": Message.of("Models in use"),
}
COLUMNS = (
    Message.of("Criterion"),
    Message.of("Feature"),
    Message.of("Weight for the startup"),
    Message.of("Weight for the carrier"),
    Message.of("Neutral value"),
)
BANDS = Message.of(
    "A match fits well from a probability of {high} on and partly from {medium} on; it is the calibrated probability "
    "of a good visit.",
    high=HIGH_FROM,
    medium=MEDIUM_FROM,
)
