"""What has just been done, told on the page that one is sent to afterwards."""

from collections.abc import Mapping
from urllib.parse import urlencode

from api.pages.visit import Visit
from matcher.domain.messages import Message

DONE = "done"


def after(path: str, done: str) -> str:
    """The address of a page that says what was done."""
    return f"{path}?{urlencode({DONE: done})}"


def told(visit: Visit, notices: Mapping[str, Message]) -> Message | None:
    """What the address says was done; another word than those of this page is as good as none."""
    return notices.get(visit.request.query_params.get(DONE, ""))
