"""The fixed words of the terminal, as messages that the catalogues translate."""

from matcher.domain.carriers import Confidence, Role, Status
from matcher.domain.facts import Grade
from matcher.domain.matches import AdviceKind, Band, Criterion, Verdict
from matcher.domain.messages import Message
from matcher.domain.run_records import RunState
from matcher.domain.startups import Outcome, Scope

CRITERIA = {
    Criterion.FIELD: Message.of("Field"),
    Criterion.STAGE: Message.of("Stage"),
    Criterion.SERVICES: Message.of("Services"),
    Criterion.FACILITIES: Message.of("Facilities"),
    Criterion.PLACE: Message.of("Place"),
    Criterion.WISH: Message.of("Its wish"),
    Criterion.STANDING: Message.of("Standing"),
    Criterion.HISTORY: Message.of("Similar cases"),
}
BANDS = {
    Band.HIGH: Message.of("fits well"),
    Band.MEDIUM: Message.of("fits partly"),
    Band.LOW: Message.of("fits little"),
}
ADVICE_KINDS = {
    AdviceKind.DESCRIBE: Message.of("Describe better"),
    AdviceKind.BECOME: Message.of("Become better"),
}
STATUSES = {
    Status.OPERATING: Message.of("operating"),
    Status.PLANNED: Message.of("planned, not open yet"),
    Status.UNDER_CONSTRUCTION: Message.of("under construction, not open yet"),
    Status.UNKNOWN: Message.of("state not known"),
}
VERDICTS = {
    Verdict.PASS: Message.of("met"),
    Verdict.WARN: Message.of("perhaps not met"),
    Verdict.ASK: Message.of("to be asked"),
    Verdict.EXCLUDE: Message.of("not met"),
}
OUTCOMES = {
    Outcome.RANKED: Message.of("Carriers that suit you, best first"),
    Outcome.NO_CORE_CHAIN: Message.of("None of the four core chains fits; a general list"),
    Outcome.NEEDS_MORE_INFORMATION: Message.of("More information is needed; a list for the time being"),
    Outcome.OUT_OF_SCOPE: Message.of("Outside what carriers are for; no list"),
}
SCOPES = {
    Scope.HOME: Message.of("home city and its enclaves"),
    Scope.DELTA: Message.of("Yangtze delta"),
    Scope.ALL: Message.of("all carriers"),
}
RUN_STATES = {
    RunState.WAITING: Message.of("waiting"),
    RunState.RUNNING: Message.of("running"),
    RunState.DONE: Message.of("done"),
    RunState.FAILED: Message.of("failed"),
    RunState.STOPPED: Message.of("stopped"),
    RunState.CANCELLED: Message.of("cancelled"),
}
SERVED = Message.of("served")
ROLES = {
    Role.CARRIER: Message.of("carrier"),
    Role.PARTNER: Message.of("partner"),
}
CONFIDENCES = {
    Confidence.HIGH: Message.of("high"),
    Confidence.MEDIUM: Message.of("medium"),
    Confidence.LOW: Message.of("low"),
}
GRADES = {
    Grade.OFFICIAL: Message.of("official"),
    Grade.PRESS: Message.of("press"),
    Grade.COPY: Message.of("copy"),
    Grade.PROJECT: Message.of("project decision"),
}
BASES = {
    "stated": Message.of("stated"),
    "name": Message.of("read from the name"),
    "tenants or platforms": Message.of("read from tenants or platforms"),
    "inferred": Message.of("inferred"),
    "unspecified": Message.of("basis not said"),
}
FIELDS = {
    "name": Message.of("Name"),
    "role": Message.of("Role"),
    "kind": Message.of("Kind"),
    "specialised": Message.of("Specialised"),
    "level": Message.of("Level"),
    "status": Message.of("State"),
    "city": Message.of("City"),
    "district": Message.of("District"),
    "landing_in": Message.of("Enclave of"),
    "operator": Message.of("Operator"),
    "area_m2": Message.of("Area"),
    "founded": Message.of("Founded"),
    "industries": Message.of("Industries"),
    "subfields": Message.of("Sub-fields"),
    "services": Message.of("Services"),
    "service_items": Message.of("Service items"),
    "capabilities": Message.of("Platforms and equipment"),
    "site": Message.of("Site"),
    "anchors": Message.of("Institutes and parks"),
    "finance": Message.of("Money"),
    "tenants": Message.of("Tenants"),
    "wanted": Message.of("Looks for next"),
    "places_left": Message.of("Places left"),
    "description": Message.of("Description"),
}


def likelihood(probability: float) -> Message:
    """A probability in words; the limits are those of everyday use, rounded."""
    if probability >= 0.95:
        return Message.of("almost certain")
    if probability >= 0.75:
        return Message.of("very likely")
    if probability >= 0.5:
        return Message.of("likely")
    return Message.of("possible") if probability >= 0.25 else Message.of("uncertain")
