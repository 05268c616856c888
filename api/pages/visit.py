"""One request for a page: who looks at it, in which language, and how it is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute

from api.dependencies import Call, Caller
from api.languages import chosen_language
from api.pages.places import PLACES, Place
from api.pages.static_files import address_of_file
from api.pages.templating import rendered
from api.who_asks import session_token
from matcher.domain.accounts import NOBODY, Actor
from matcher.domain.errors import MatcherError
from matcher.domain.messages import Language, Message
from matcher.domain.tokens import csrf_token

LANGUAGES = {Language.ZH: "中文", Language.EN: "English", Language.DE: "Deutsch"}
LANGUAGE_COOKIE = "lang"
A_YEAR_S = 365 * 24 * 3600
NOT_KEPT = "no-store"  # the page of someone who has signed in, or that holds what was just sent
ASK_AGAIN = "no-cache"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class PageRoute(APIRoute):
    """A route whose problems are pages as well."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 - of a route
        super().__init__(path, endpoint, **(options | {"include_in_schema": False}))


@dataclass(frozen=True)
class Visit:
    """What every page may ask and say."""

    caller: Call

    @property
    def request(self) -> Request:
        return self.caller.request

    @cached_property
    def language(self) -> Language:
        """As the address says, else as was chosen before, else as the browser asks."""
        kept = self.request.cookies.get(LANGUAGE_COOKIE)
        return self.caller.language(self._chosen or (kept if chosen_language(kept) else None))

    @cached_property
    def actor(self) -> Actor:
        return self.caller.actor

    @cached_property
    def shown_actor(self) -> Actor:
        """Whom the frame of a page names: nobody where that cannot be found out."""
        if session_token(self.request) is None:
            return NOBODY
        try:
            return self.actor
        except MatcherError:
            return NOBODY

    def say(self, message: Message) -> str:
        return self.caller.services.sentences.say(message, self.language)

    def page(
        self,
        template: str,
        *,
        title: Message,
        place: str = "",
        status: int = 200,
        notice: Message | None = None,
        headers: Mapping[str, str] | None = None,
        **content: object,
    ) -> HTMLResponse:
        """A whole page.

        Args:
            template: one that extends `base.html`.
            title: of the page, said in the browser's tab; the site's name follows.
            place: id of the part of the site it belongs to, see `places`.
            status: of the answer.
            notice: what has just been done, said at the top.
            headers: further ones.
            content: what else the template shows.
        """
        actor = self.shown_actor
        kept = ASK_AGAIN if actor is NOBODY and self.request.method == "GET" else NOT_KEPT
        shown = {"title": self.say(title), "notice": notice, "here": place, "places": self._places(actor)}
        answer = HTMLResponse(
            rendered(template, self.language, self.caller.services.sentences, **self._site(actor), **shown, **content),
            status,
            headers={**self._headers(), "Cache-Control": kept, **(headers or {})},
        )
        return self.remembering_language(answer)

    def fragment(self, template: str, status: int = 200, **content: object) -> HTMLResponse:
        """A part of a page, for a script that puts it in its place."""
        html = rendered(
            template, self.language, self.caller.services.sentences, **self._site(self.shown_actor), **content
        )
        return HTMLResponse(html, status, headers={**self._headers(), "Cache-Control": NOT_KEPT})

    def go(self, path: str) -> RedirectResponse:
        """To another page of this site, after something was done: asking again repeats nothing."""
        return RedirectResponse(path, 303, headers={"Cache-Control": NOT_KEPT})

    @property
    def wants_part(self) -> bool:
        """Whether a script of the page asks, which needs only what changes."""
        return self.request.headers.get("hx-request") == "true"

    def remembering_language(self, answer: HTMLResponse) -> HTMLResponse:
        if self._chosen:
            secure = self.caller.services.settings.secure_cookies
            answer.set_cookie(
                LANGUAGE_COOKIE, self._chosen, max_age=A_YEAR_S, path="/", secure=secure, httponly=True, samesite="lax"
            )
        return answer

    @property
    def _chosen(self) -> str | None:
        lang = self.request.query_params.get("lang")
        return lang if chosen_language(lang) else None

    def _site(self, actor: Actor) -> dict[str, object]:
        """What the frame of every page shows."""
        token = session_token(self.request)
        return {
            "account": None if actor is NOBODY else actor,
            "csrf_token": csrf_token(token) if token and actor is not NOBODY else "",
            "languages": [(one.value, name, self._in(one)) for one, name in LANGUAGES.items()],
            "path": self.request.url.path,
            "asset": address_of_file,
        }

    def _in(self, language: Language) -> str:
        """The same page, with the same query, in another language."""
        query = [(name, value) for name, value in parse_qsl(self.request.url.query) if name != "lang"]
        return "?" + urlencode([*query, ("lang", language.value)])

    def _places(self, actor: Actor) -> list[Place]:
        return [place for place in PLACES if place.is_for(actor)]

    def _headers(self) -> dict[str, str]:
        return {
            "Content-Security-Policy": POLICY,
            "Content-Language": self.language.value,
            "Vary": "Accept-Language, Cookie, HX-Request",
        }


def _visit(caller: Caller) -> Visit:
    return Visit(caller)


Visitor = Annotated[Visit, Depends(_visit)]


def is_page(request: Request) -> bool:
    """Whether what goes wrong here is said to people: at a page's address, or to a browser at one that is none."""
    if isinstance(request.scope.get("route"), PageRoute):
        return True
    return not request.url.path.startswith("/v1/") and "text/html" in request.headers.get("accept", "")
