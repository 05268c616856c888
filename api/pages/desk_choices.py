"""What the desk's filters and its form for many leads can be set to, in one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.pages.desk import Desk
from api.pages.desk_query import MINE, NO, NOBODY, YES, DeskQuery
from api.pages.desk_words import DUE, ORDERS, REASONS, STEPS
from api.pages.lead_lines import LeadLine
from api.pages.lead_words import STATUSES
from api.schemas.answers import NO_CHAIN_LABEL
from matcher.domain.ids import TermId
from matcher.domain.leads import LeadStatus
from matcher.domain.messages import Message
from matcher.domain.taxonomy import CHAINS, NO_CHAIN, Facet
from matcher.services.desk_leads import DeskPage


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Something that is chosen from a list, its options in groups of which the first has no name."""

    name: str
    label: str
    groups: Sequence[tuple[str, Sequence[Option]]]
    value: str


@dataclass(frozen=True, slots=True)
class State:
    """A status with its address and how many leads it has."""

    href: str
    label: str
    n: int
    is_shown: bool


def filters(desk: Desk, query: DeskQuery, fields: Iterable[TermId]) -> list[Selection]:
    """Beside status and search, which the page shows in other ways."""
    voice, say = desk.voice, desk.voice.say
    chains = [*(Option(one, voice.label(one)) for one in CHAINS), Option(NO_CHAIN, say(NO_CHAIN_LABEL))]
    subfields = [Option(one, voice.label(one)) for one in fields]
    stages = [Option(one.id, voice.texts(one.label)) for one in desk.registry.taxonomy.of(Facet.STAGE)]
    consent = [Option(YES, say(Message.of("has consented"))), Option(NO, say(Message.of("anonymous")))]
    first = [Option(MINE, say(Message.of("me"))), Option(NOBODY, say(Message.of("nobody")))]
    due = [Option(one.value, say(word)) for one, word in DUE.items()]
    orders = [Option(one.value, say(word)) for one, word in ORDERS.items()]
    found = (
        ("field", Message.of("Field"), [("", chains), (say(Message.of("Sub-fields")), subfields)]),
        ("owner", Message.of("Looks after it"), [("", [*first, *owners(desk)])]),
        ("order", Message.of("Order"), [("", orders)]),
        ("due", Message.of("Due"), [("", due)]),
        ("consented", Message.of("Consent given?"), [("", consent)]),
        ("stage", Message.of("Stage"), [("", stages)]),
    )
    return [
        Selection(name, say(label), [(head, some) for head, some in groups if some], query.words.get(name, ""))
        for name, label, groups in found
    ]


def states(desk: Desk, query: DeskQuery, page: DeskPage) -> list[State]:
    wanted = query.words.get("status", "")
    every = State(
        query.with_word("status", "").address(),
        desk.voice.say(Message.of("all")),
        sum(page.by_status.values()),
        not wanted,
    )
    return [
        every,
        *(
            State(
                query.with_word("status", one.value).address(),
                desk.voice.say(word),
                page.by_status.get(one, 0),
                wanted == one,
            )
            for one, word in STATUSES.items()
        ),
    ]


def owners(desk: Desk) -> list[Option]:
    """Who may look after a lead, oneself first."""
    return [Option(value, login) for value, login in desk.owners]


def reasons(desk: Desk) -> list[Option]:
    return [Option(one.value, desk.voice.say(word)) for one, word in REASONS.items()]


def steps_of(desk: Desk, lines: Iterable[LeadLine]) -> list[Option]:
    """Steps that at least one of these leads may take, in the pipeline's order."""
    possible: set[LeadStatus] = set()
    for line in lines:
        possible |= {step.status for step in line.steps} | ({LeadStatus.DECLINED} if line.may_decline else set())
    return [Option(one.value, desk.voice.say(word)) for one, word in STEPS.items() if one in possible]
