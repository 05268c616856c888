"""What a route may ask for: the services, and who is asking in which language."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from api.kept_answers import Asked
from api.languages import accepted_language, chosen_language
from api.services import Services
from api.who_asks import who_asks
from matcher.domain.accounts import Actor
from matcher.domain.messages import Language


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as far as routes care."""

    services: Services
    request_id: str
    accepted: Language | None  # by the header Accept-Language
    if_none_match: str | None
    asked: Asked
    route: str  # its template
    request: Request

    @property
    def actor(self) -> Actor:
        """Who asks; found out when a route wants to know it.

        Raises:
            SignInNeeded: an API key that does not hold.
            ForgedRequest: a write with a page's cookie that another page may have sent.
        """
        return who_asks(self.request)

    def language(self, lang: str | None) -> Language:
        """Of an answer that no text of the caller's speaks for."""
        return chosen_language(lang) or self.accepted or self.services.settings.language


async def _call(request: Request) -> Call:
    return Call(
        services_of(request),
        request_id_of(request),
        accepted_language(request.headers.get("accept-language")),
        request.headers.get("if-none-match"),
        request.state.asked,
        request.scope["route"].path,
        request,
    )


Caller = Annotated[Call, Depends(_call)]


def services_of(request: Request) -> Services:
    """The services this application was started with."""
    return cast(Services, request.app.state.services)


def request_id_of(request: Request) -> str:
    """The caller's own id for this request, or the one given to it."""
    return str(request.state.request_id)


def language_of(request: Request) -> Language:
    """The language that `lang` in the address, the headers or else the settings choose."""
    return (
        chosen_language(request.query_params.get("lang"))
        or accepted_language(request.headers.get("accept-language"))
        or services_of(request).settings.language
    )
