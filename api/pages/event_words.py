"""What was seen or done with a startup, as a sentence to its owner."""

from collections.abc import Mapping
from dataclasses import replace

from api.pages.lead_words import STATUSES
from matcher.domain.accounts import AccountId
from matcher.domain.audit import AuditEntry, Event
from matcher.domain.leads import LeadStatus
from matcher.domain.messages import Message, Texts
from matcher.domain.registry import Registry

OF_A_CARRIER: Mapping[Event, Message] = {
    Event.CARD_LISTED: Message.of("{carrier} saw the anonymous card in a list."),
    Event.CARD_SEEN: Message.of("{carrier} opened the anonymous card."),
    Event.NAME_LISTED: Message.of("{carrier} saw the card with the name in a list."),
    Event.TEXT_SEEN: Message.of("{carrier} read name, contact and text."),
    Event.CONSENT_GIVEN: Message.of("You consented to {carrier}."),
    Event.CONSENT_WITHDRAWN: Message.of("You took the consent to {carrier} back."),
    Event.CONSENT_ASKED: Message.of("{carrier} asked for your consent."),
    Event.CONSENT_REFUSED: Message.of("You refused the request of {carrier}."),
    Event.LEAD_MOVED: Message.of("{carrier} noted how far it has come with you: {status}."),
    Event.LEAD_PLANNED: Message.of("{carrier} planned what comes next."),
}
BY_ITSELF: Mapping[Event, Message] = {
    Event.CORRECTED: Message.of("You changed the text or what is stated beside it."),
    Event.EXPORTED: Message.of("You took it along as a file."),
}
BY_THE_OPERATOR: Mapping[Event, Message] = {
    Event.CORRECTED: Message.of("The operator of this service changed it."),
    Event.EXPORTED: Message.of("The operator of this service took it along as a file."),
}


def event_in_words(entry: AuditEntry, owner: AccountId | None, registry: Registry) -> Message:
    """Carriers are named, the people who work there are not."""
    if entry.event in BY_ITSELF:
        return (BY_ITSELF if entry.account == owner else BY_THE_OPERATOR)[entry.event]
    carrier = registry.by_id.get(entry.carrier) if entry.carrier else None
    unnamed = entry.carrier or ""
    gaps: dict[str, object] = {"carrier": carrier.name if carrier else Texts(unnamed, unnamed, unnamed)}
    if entry.event is Event.LEAD_MOVED:
        gaps["status"] = STATUSES[LeadStatus(entry.detail)] if entry.detail in list(LeadStatus) else entry.detail or ""
    return replace(OF_A_CARRIER[entry.event], params=gaps)
