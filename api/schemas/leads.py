"""Leads as they go over the wire: without consent words of the vocabulary and numbers, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from api.schemas.answers import DIGITS, NO_CHAIN_LABEL, criteria_out
from api.sentences import Sentences
from matcher.domain.lead_cards import AgeBand, LeadCard
from matcher.domain.leads import NEXT, Lead, LeadStep
from matcher.domain.messages import Language, Message
from matcher.domain.registry import Registry
from matcher.domain.taxonomy import NO_CHAIN
from matcher.services.lead_views import LeadView

Json = dict[str, Any]

AGE_WORDS = {
    AgeBand.UNDER_1: Message.of("less than 1 year"),
    AgeBand.UNDER_2: Message.of("1 to 2 years"),
    AgeBand.UNDER_5: Message.of("2 to 5 years"),
    AgeBand.OLDER: Message.of("5 years or more"),
}


def lead_state_out(lead: Lead) -> Json:
    return {
        "id": lead.id,
        "version": lead.version,
        "status": lead.status.value,
        "next": [one.value for one in NEXT[lead.status]],
        "asked_at": moment_out(lead.asked_at),
        "refused_at": moment_out(lead.refused_at),
        "owner": lead.plan.owner,
        "next_action": lead.plan.next_action,
        "due": lead.plan.due.isoformat() if lead.plan.due else None,
        "updated_at": moment_out(lead.updated_at),
    }


def moment_out(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


@dataclass(frozen=True)
class LeadWriter:
    """Writes leads in one language."""

    language: Language
    sentences: Sentences
    registry: Registry

    def listed(self, view: LeadView) -> Json:
        """A lead among others."""
        return lead_state_out(view.lead) | {
            "consented": view.consented,
            "name": view.record.draft.name if view.record else None,
            "card": self.card(view.card),
            "score": view.score,
            "band": view.band.value,
            "startup_utility": round(view.startup_utility, DIGITS),
            "carrier_utility": round(view.carrier_utility, DIGITS),
            "parts": [{"criterion": criterion.value, "part": part} for criterion, part in view.parts.items()],
            "eligibility": [
                # Its sentence may hold a number of the startup's.
                {
                    "rule": verdict.rule,
                    "verdict": verdict.verdict.value,
                    "source": verdict.source.label,
                    "url": verdict.source.url,
                    "as_of": verdict.as_of,
                }
                for verdict in view.eligibility
            ],
        }

    def alone(self, view: LeadView) -> Json:
        """A lead with its steps, and who it is if the startup has consented."""
        draft = view.record.draft if view.record else None
        who = {"name": draft.name, "contact": draft.contact, "text": draft.description.text} if draft else None
        reasons, labels = criteria_out(view.reasons, self.language, self.sentences, self.registry)
        return self.listed(view) | {
            "startup": who,
            "reasons": reasons,
            "labels": labels,
            "steps": [step_out(step) for step in view.steps],
        }

    def card(self, card: LeadCard) -> Json:
        age = card.company_age
        return {
            "chain": self._term(card.chain),
            "industry": self._term(card.industry),
            "subfields": self._terms(card.subfields),
            "stage": self._term(card.stage) if card.stage else None,
            "services": self._terms(card.services),
            "capabilities": self._terms(card.capabilities),
            "site": self._terms(card.site),
            "company_age": {"id": age.value, "label": self._say(AGE_WORDS[age])} if age else None,
            "places": [place.say(self.language) for place in card.places],
            "language": card.language.value,
        }

    def _terms(self, ids: Iterable[str]) -> list[Json]:
        return [self._term(one) for one in ids]

    def _term(self, one: str) -> Json:
        if one == NO_CHAIN:
            return {"id": one, "label": self._say(NO_CHAIN_LABEL)}
        return {"id": one, "label": self.registry.taxonomy.label(one).say(self.language)}

    def _say(self, message: Message) -> str:
        return self.sentences.say(message, self.language)


def step_out(step: LeadStep) -> Json:
    return {
        "status": step.status.value,
        "reason": step.reason.value if step.reason else None,
        "note": step.note,
        "made_by": step.made_by,
        "made_at": moment_out(step.made_at),
    }
