"""A lead among others or alone: what a page of the staff's desk says of it, in one language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.pages.desk_words import DUE, step_word
from api.pages.lead_words import STATUSES
from api.schemas.answers import NO_CHAIN_LABEL
from api.schemas.leads import AGE_WORDS
from api.terminal.voice import Voice
from api.terminal.words import BANDS, CRITERIA
from matcher.domain.accounts import AccountId
from matcher.domain.desk import DueWhen, due_when
from matcher.domain.lead_cards import LeadCard
from matcher.domain.leads import LeadStatus
from matcher.domain.matches import Band
from matcher.domain.messages import Message
from matcher.domain.taxonomy import NO_CHAIN
from matcher.services.lead_views import LeadView

STRONGEST = 3  # parts shown in a list
BAND_TONES = {Band.HIGH: "good", Band.MEDIUM: "", Band.LOW: ""}


@dataclass(frozen=True, slots=True)
class PartLine:
    """What one criterion adds to or takes from the score."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that may follow, as a button says it."""

    status: LeadStatus
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """Empty where something is not known."""

    id: str
    version: int
    is_named: bool
    title: str  # its name, or without consent its field
    field: str
    stage: str
    tags: Sequence[str]
    band: str
    band_tone: str
    parts: Sequence[PartLine]  # the strongest first
    status: LeadStatus
    status_word: str
    owner: str
    next_action: str
    due: date | None
    due_word: str  # where that is worth a word
    is_overdue: bool
    consent: str
    steps: Sequence[StepLine]  # without declining, which needs a reason
    may_decline: bool

    @property
    def href(self) -> str:
        return f"/desk/leads/{self.id}"

    @property
    def key(self) -> str:
        """The lead and the version that is shown, as a form sends them."""
        return f"{self.id}.{self.version}"


@dataclass(frozen=True)
class LeadVoice:
    """Says leads in one language; `logins` names the carrier's staff."""

    voice: Voice
    logins: Mapping[AccountId, str]
    today: date

    def line(self, view: LeadView) -> LeadLine:
        lead, card, plan = view.lead, view.card, view.lead.plan
        when = due_when(plan.due, self.today)
        return LeadLine(
            id=str(lead.id),
            version=lead.version,
            is_named=view.record is not None,
            title=view.record.draft.name if view.record else self.anonymous(card),
            field=self.field(card),
            stage=self.voice.label(card.stage) if card.stage else "",
            tags=self.tags(card),
            band=self.voice.say(BANDS[view.band]),
            band_tone=BAND_TONES[view.band],
            parts=self.parts(view)[:STRONGEST],
            status=lead.status,
            status_word=self.voice.say(STATUSES[lead.status]),
            owner=self.login(plan.owner),
            next_action=plan.next_action or "",
            due=plan.due,
            due_word=self.voice.say(DUE[when]) if when in (DueWhen.OVERDUE, DueWhen.SOON) else "",
            is_overdue=when is DueWhen.OVERDUE,
            consent=self.consent(view),
            steps=[
                StepLine(one, self.voice.say(step_word(one, consented=view.consented)))
                for one in view.open_steps
                if one is not LeadStatus.DECLINED
            ],
            may_decline=LeadStatus.DECLINED in view.open_steps,
        )

    def parts(self, view: LeadView) -> list[PartLine]:
        """The strongest first, whether they speak for it or against it."""
        ordered = sorted(view.parts.items(), key=lambda part: -abs(part[1]))
        return [PartLine(self.voice.say(CRITERIA[criterion]), part) for criterion, part in ordered]

    def anonymous(self, card: LeadCard) -> str:
        """What a startup is called whose name is not told."""
        return self.voice.say(Message.of("Startup in: {field}", field=self.field(card)))

    def field(self, card: LeadCard) -> str:
        """Its sub-fields, else its industry."""
        if card.subfields:
            return self.voice.listed(self.voice.label(one) for one in card.subfields)
        return self.voice.label(card.industry)

    def chain(self, card: LeadCard) -> str:
        return self.voice.say(NO_CHAIN_LABEL) if card.chain == NO_CHAIN else self.voice.label(card.chain)

    def age(self, card: LeadCard) -> str:
        return self.voice.say(AGE_WORDS[card.company_age]) if card.company_age else ""

    def tags(self, card: LeadCard) -> list[str]:
        """What else the card says, in short."""
        asked = (*card.services, *card.capabilities, *card.site)
        return [*([self.age(card)] if card.company_age else []), *self.labels(asked)]

    def labels(self, terms: Iterable[str]) -> list[str]:
        return [self.voice.label(one) for one in terms]

    def login(self, account: AccountId | None) -> str:
        """Of one of the staff; empty for nobody, and for an account that is gone."""
        return self.logins.get(account, "") if account else ""

    def consent(self, view: LeadView) -> str:
        """Whether it may be known who it is, and what was asked for that."""
        if view.consented:
            return self.voice.say(Message.of("has consented"))
        if view.lead.refused_at is not None:
            return self.voice.say(Message.of("has refused its consent"))
        if view.lead.asked_at is not None:
            return self.voice.say(Message.of("asked on {date}", date=view.lead.asked_at.date()))
        return self.voice.say(Message.of("anonymous"))


def scale_of(lines: Iterable[LeadLine]) -> float:
    """The largest part that any bar beside another shows."""
    return max((abs(part.value) for line in lines for part in line.parts), default=0.0)
