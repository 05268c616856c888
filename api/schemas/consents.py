"""Consents, requests for them and the audit log as they go over the wire to a startup's owner."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.schemas.carrier_query import MAX_LIMIT, Word
from api.schemas.leads import moment_out
from api.sentences import Sentences
from matcher.domain.accounts import AccountId
from matcher.domain.audit import AuditEntry
from matcher.domain.consents import CONSENT_TEXT, WORDING, Consent, ConsentRequest
from matcher.domain.ids import CarrierId
from matcher.domain.messages import Language
from matcher.domain.registry import Registry

Json = dict[str, Any]


class ConsentIn(BaseModel):
    """To which carrier."""

    model_config = ConfigDict(extra="forbid", strict=True)

    carrier_id: Annotated[str, StringConstraints(min_length=1, max_length=128)]


class NamedCarrierOut(BaseModel):
    id: str
    name: str = Field(description="In the answer's language; the id where the carrier is gone.")


class ConsentOut(BaseModel):
    """One consent; null in `withdrawn_at` while it is in force."""

    carrier: NamedCarrierOut
    wording: str = Field(description="Version of the text that was consented to.")
    given_at: str
    withdrawn_at: str | None


class OneConsentOut(ConsentOut):
    request_id: str
    text: str | None = Field(description="What was consented to; null for the text of an older version.")


class ConsentListOut(BaseModel):
    request_id: str
    wording: str = Field(description="Version of the text that a consent given now is to.")
    text: str
    consents: list[ConsentOut] = Field(description="The latest first, withdrawn ones too.")


class RequestOut(BaseModel):
    """A carrier has asked; `POST …/consents` consents, `DELETE …/requests/{carrier_id}` refuses."""

    carrier: NamedCarrierOut
    asked_at: str
    refused_at: str | None


class OneRequestOut(RequestOut):
    request_id: str


class RequestListOut(BaseModel):
    request_id: str
    requests: list[RequestOut] = Field(description="The latest first; without those that were consented to.")


class AuditEntryOut(BaseModel):
    event: str = Field(description="What was seen or done, such as `card.listed` or `text.seen`.")
    detail: str | None = Field(description="The status to which a lead was moved.")
    by: Literal["you", "carrier", "operator"] = Field(description="Who did it; the carrier's staff is not named.")
    carrier: NamedCarrierOut | None = Field(description="Whose staff that was, or whom it concerns.")
    at: str


class AuditPageOut(BaseModel):
    request_id: str
    entries: list[AuditEntryOut] = Field(description="The latest first.")
    next_cursor: str | None = Field(description="For the next page; null on the last one.")


class AuditQuery(BaseModel):
    """The page."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["zh", "en", "de"] | None = Field(
        None, description="Language of the answer; else Accept-Language chooses."
    )
    limit: int = Field(50, ge=1, le=MAX_LIMIT, description="Most entries on one page.")
    cursor: Word | None = Field(None, description="`next_cursor` of the page before.")


def consent_out(consent: Consent, language: Language, registry: Registry) -> Json:
    return {
        "carrier": carrier_named(consent.carrier, language, registry),
        "wording": consent.wording,
        "given_at": moment_out(consent.given_at),
        "withdrawn_at": moment_out(consent.withdrawn_at),
    }


def consent_text(wording: str, language: Language, sentences: Sentences) -> str | None:
    """What a consent of this wording is to; None for an older one."""
    return sentences.say(CONSENT_TEXT, language) if wording == WORDING else None


def request_out(request: ConsentRequest, language: Language, registry: Registry) -> Json:
    return {
        "carrier": carrier_named(request.carrier, language, registry),
        "asked_at": moment_out(request.asked_at),
        "refused_at": moment_out(request.refused_at),
    }


def audit_out(entry: AuditEntry, owner: AccountId | None, language: Language, registry: Registry) -> Json:
    """Whoever is not the owner is of the carrier: nobody else sees anything of a startup."""
    return {
        "event": entry.event.value,
        "detail": entry.detail,
        "by": "you" if entry.account == owner else "carrier" if entry.carrier else "operator",
        "carrier": carrier_named(entry.carrier, language, registry) if entry.carrier else None,
        "at": moment_out(entry.at),
    }


def carrier_named(carrier_id: CarrierId, language: Language, registry: Registry) -> Json:
    carrier = registry.by_id.get(carrier_id)
    return {"id": carrier_id, "name": carrier.name.say(language) if carrier else carrier_id}
