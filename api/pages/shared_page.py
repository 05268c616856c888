"""A result that somebody shares: shown to whoever has its address, for a while, and ended by its maker."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.pages.answer_shown import answer_shown
from api.pages.forms import Form
from api.pages.visit import PageRoute, Visit, Visitor
from matcher.domain.messages import Message

SHARED = "/shared"
ONE = SHARED + "/{shared_id}"
END = ONE + "/end/{secret}"
TITLE = Message.of("A shared result")
END_TITLE = Message.of("End a shared result")
OURS_ALONE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}

SharedId = Annotated[str, Path(max_length=64)]
Secret = Annotated[str, Path(max_length=64)]

router = APIRouter(route_class=PageRoute)


def address_of(shared_id: str, secret: str | None = None) -> str:
    """Of the result, or of the page that ends it."""
    return f"{SHARED}/{shared_id}" if secret is None else f"{SHARED}/{shared_id}/end/{secret}"


def public_address(visit: Visit, path: str) -> str:
    """The same as others have to write it."""
    public = visit.caller.services.settings.public_url
    return f"{(public or str(visit.request.base_url)).rstrip('/')}{path}"


@router.get(ONE)
def show_shared(visit: Visitor, shared_id: SharedId) -> Response:
    """As it was when it was shared, in the language of who looks."""
    services = visit.caller.services
    shared = services.feedback.share.read(shared_id, now=services.now())
    content = answer_shown(dict(shared.content[visit.language.value]))
    return visit.page("shared.html", title=TITLE, headers=OURS_ALONE, shared=shared, asked=None, **content)


@router.get(END)
def ask_whether_to_end(visit: Visitor, shared_id: SharedId, secret: Secret) -> Response:
    """Looking at an address ends nothing: programs that check links look at all of them."""
    services = visit.caller.services
    shared = services.feedback.share.read(shared_id, now=services.now())
    return visit.page(
        "shared_end.html",
        title=END_TITLE,
        headers=OURS_ALONE,
        shared=shared,
        address=address_of(shared_id),
        ended=False,
    )


@router.post(END)
def end(visit: Visitor, shared_id: SharedId, secret: Secret, sent: Form) -> Response:
    """Whoever has the secret may, signed in or not."""
    services = visit.caller.services
    services.feedback.share.end(shared_id, secret, now=services.now())
    return visit.page("shared_end.html", title=END_TITLE, headers=OURS_ALONE, shared=None, address="", ended=True)
