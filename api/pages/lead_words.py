"""How far a carrier has come with a startup, in words."""

from collections.abc import Mapping

from matcher.domain.leads import LeadStatus
from matcher.domain.messages import Message

STATUSES: Mapping[LeadStatus, Message] = {
    LeadStatus.NEW: Message.of("new"),
    LeadStatus.CONTACTED: Message.of("contacted"),
    LeadStatus.VISITED: Message.of("visited"),
    LeadStatus.REVIEWED: Message.of("reviewed"),
    LeadStatus.OFFERED: Message.of("place offered"),
    LeadStatus.ADMITTED: Message.of("admitted"),
    LeadStatus.DECLINED: Message.of("declined"),
    LeadStatus.GRADUATED: Message.of("graduated"),
}
