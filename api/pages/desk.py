"""Whose desk it is, and what all its pages say with."""

from dataclasses import dataclass
from functools import cached_property

from api.pages.lead_lines import LeadVoice
from api.pages.visit import Visit
from api.terminal.voice import Voice
from matcher.domain.accounts import Account, AccountId
from matcher.domain.errors import NotAllowed
from matcher.domain.ids import CarrierId
from matcher.domain.registry import Registry

PLACE = "desk"


@dataclass(frozen=True)
class Desk:
    """The carrier of who looks at the page, with its staff."""

    visit: Visit

    @cached_property
    def carrier(self) -> CarrierId:
        carrier = self.visit.actor.carrier
        if carrier is None:
            raise NotAllowed("This account may not do this.")
        return carrier

    @cached_property
    def registry(self) -> Registry:
        return self.visit.caller.services.registry.snapshot()

    @cached_property
    def name(self) -> str:
        carrier = self.registry.by_id.get(self.carrier)
        return self.voice.texts(carrier.name) if carrier else str(self.carrier)

    @cached_property
    def staff(self) -> list[Account]:
        return self.visit.caller.services.leads.colleagues(self.visit.actor, self.carrier)

    @cached_property
    def logins(self) -> dict[AccountId, str]:
        return {one.id: one.login for one in self.staff}

    @property
    def owners(self) -> list[tuple[str, str]]:
        """Who may look after a lead: id and login, oneself first."""
        own = self.visit.actor.account
        active = sorted((one for one in self.staff if one.is_active), key=lambda one: one.id != own)
        return [(str(one.id), one.login) for one in active]

    @cached_property
    def voice(self) -> Voice:
        return Voice(self.visit.caller.services.sentences, self.visit.language, self.registry)

    @cached_property
    def leads(self) -> LeadVoice:
        return LeadVoice(self.voice, self.logins, self.visit.caller.services.now().date())
