"""The facts of a carrier's record in words, whoever shows them."""

from api.terminal.voice import Voice
from api.terminal.words import ROLES, STATUSES
from matcher.domain.carriers import Carrier, Status
from matcher.domain.messages import Message

TERM_FIELDS = ("industries", "subfields", "services", "service_items", "capabilities", "site", "anchors", "wanted")


def parts_in_words(carrier: Carrier, field: str, voice: Voice) -> list[str]:
    """The field's value, one part for each thing that it lists; empty where it is not known."""
    if field in TERM_FIELDS:
        return [voice.label(term) for term in getattr(carrier, field)]
    if field == "finance":
        return [" — ".join(part for part in (money.name, money.note) if part) for money in carrier.finance]
    if field == "tenants":
        return list(carrier.tenants)
    said = _single(carrier, field, voice)
    return [said] if said else []


def _single(carrier: Carrier, field: str, voice: Voice) -> str:
    value = getattr(carrier, field)
    if value is None or value is Status.UNKNOWN:
        return ""
    if field == "status":
        return voice.say(STATUSES[carrier.status])
    if field == "role":
        return voice.say(ROLES[carrier.role])
    if field in ("kind", "level"):
        return voice.label(value)
    if field in ("city", "landing_in"):
        return voice.city(value)
    if field == "specialised":
        return voice.say(Message.of("yes") if value else Message.of("no"))
    if field == "area_m2":
        return voice.say(Message.of("{area} m²", area=round(value)))
    return str(value)
