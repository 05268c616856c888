"""The parts of the site, in the order in which the head of every page names them."""

from dataclasses import dataclass

from matcher.domain.accounts import Actor, Role
from matcher.domain.messages import Message

EVERYBODY = frozenset({None, *Role})


@dataclass(frozen=True, slots=True)
class Place:
    """One link in the head."""

    id: str
    path: str
    name: Message
    roles: frozenset[Role | None] = EVERYBODY  # None: who has not signed in

    def is_for(self, actor: Actor) -> bool:
        return actor.role in self.roles


PLACES = (
    Place("founder", "/", Message.of("Find a carrier")),
    Place("carriers", "/carriers", Message.of("Carriers")),
    Place("desk", "/desk", Message.of("Leads"), frozenset({Role.STAFF})),
    Place("me", "/me", Message.of("My startups"), frozenset({Role.STARTUP})),
    Place("office", "/office", Message.of("Office board"), frozenset({Role.OFFICE, Role.ADMIN})),
    Place("ranking", "/how-ranking-works", Message.of("How we rank")),
    Place("quality", "/quality", Message.of("Quality")),
)
