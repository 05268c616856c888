"""What a route demands of who asks, said once: for the check, for OpenAPI and for the table in docs/access.md."""

from typing import Any

from fastapi import Depends, Request

from api.who_asks import who_asks
from matcher.domain.permissions import NEVER_WITH_A_KEY, Action, require

BY_KEY: dict[str, list[str]] = {"apiKey": []}
BY_PAGE: dict[str, list[str]] = {"pageSession": []}


def needs(action: Action, **openapi: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of an OpenAPI operation
    """For a route, as `@router.get(…, **needs(Action.READ_STARTUP))`: 401 and 403 come before its body is checked.

    The service behind the route asks again, and for whose record it is: a command must not get past it either.
    """

    def check(request: Request) -> None:
        require(who_asks(request), action)

    ways = [BY_PAGE] if action in NEVER_WITH_A_KEY else [BY_KEY, BY_PAGE]
    return {"dependencies": [Depends(check)], "openapi_extra": {"security": ways, "x-action": action.value, **openapi}}
