"""The fixed words of the staff's desk."""

from collections.abc import Mapping
from dataclasses import replace

from api.pages.lead_words import STATUSES
from matcher.domain.desk import DeskOrder, DueWhen
from matcher.domain.errors import MatcherError
from matcher.domain.leads import DeclineReason, LeadStatus
from matcher.domain.messages import Message

REASONS: Mapping[DeclineReason, Message] = {
    DeclineReason.OUTSIDE_FIELD: Message.of("outside our field"),
    DeclineReason.TOO_EARLY: Message.of("too early for us"),
    DeclineReason.TOO_LATE: Message.of("too far on for us"),
    DeclineReason.NO_SPACE: Message.of("no space left"),
    DeclineReason.FACILITIES_MISSING: Message.of("facilities are missing"),
    DeclineReason.ENTRY_RULE: Message.of("an entry rule"),
    DeclineReason.NOT_CONVINCING: Message.of("not convincing"),
    DeclineReason.WENT_ELSEWHERE: Message.of("went elsewhere"),
    DeclineReason.NO_ANSWER: Message.of("gave no answer"),
    DeclineReason.GAVE_UP: Message.of("gave up"),
}
DUE: Mapping[DueWhen, Message] = {
    DueWhen.OVERDUE: Message.of("overdue"),
    DueWhen.SOON: Message.of("within 7 days"),
    DueWhen.LATER: Message.of("later than 7 days"),
    DueWhen.UNDATED: Message.of("no date"),
}
ORDERS: Mapping[DeskOrder, Message] = {
    DeskOrder.FIT: Message.of("best fit first"),
    DeskOrder.DUE: Message.of("due first"),
    DeskOrder.STATUS: Message.of("furthest first"),
    DeskOrder.CHANGED: Message.of("changed last first"),
}
STEPS: Mapping[LeadStatus, Message] = {
    **STATUSES,
    LeadStatus.CONTACTED: Message.of("contact it"),
    LeadStatus.VISITED: Message.of("note a visit"),
    LeadStatus.REVIEWED: Message.of("note a review"),
    LeadStatus.OFFERED: Message.of("offer a place"),
    LeadStatus.ADMITTED: Message.of("admit it"),
    LeadStatus.DECLINED: Message.of("decline"),
    LeadStatus.GRADUATED: Message.of("note that it has graduated"),
}
ASK = Message.of("ask for consent")
CHANGED_MEANWHILE = Message.of("A colleague has changed this lead meanwhile. It is shown as it stands now.")


def step_word(status: LeadStatus, *, consented: bool) -> Message:
    """What a button says that makes this step: who is contacted without consent is asked for it."""
    return ASK if status is LeadStatus.CONTACTED and not consented else STEPS[status]


def in_words(error: MatcherError) -> Message:
    """A refusal with the names that people know."""
    return in_words_of(error.message)


def in_words_of(message: Message) -> Message:
    """The same sentence, its statuses named as pages name them."""
    params = {name: _named(value) for name, value in message.params.items()}
    return replace(message, params=params)


def _named(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_named(one) for one in value)
    return STATUSES[LeadStatus(value)] if isinstance(value, str) and value in list(LeadStatus) else value
