"""Checks of how the server would be started: who reaches it, and with how many threads it computes."""

from collections.abc import Mapping
from ipaddress import ip_address

from api.commands.findings import Found, ok, warning
from api.settings import Settings
from matcher.domain.messages import Message

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def server(settings: Settings, environment: Mapping[str, str]) -> list[Found]:
    return [_address(settings), _threads(environment)]


def _address(settings: Settings) -> Found:
    thing = Message.of("Address")
    if _is_own(settings.host):
        return ok(thing, Message.of("{host} is reached from this machine only", host=settings.host))
    found = Message.of("{host} is reached from other machines", host=settings.host)
    if settings.secure_cookies and settings.public_url is not None:
        return ok(thing, found)
    return warning(
        thing,
        found,
        Message.of("Put a proxy with TLS before it, set MATCHER_PUBLIC_URL, and leave MATCHER_SECURE_COOKIES true."),
    )


def _threads(environment: Mapping[str, str]) -> Found:
    thing = Message.of("Threads")
    missing = tuple(name for name in ONE_THREAD if environment.get(name) != "1")
    if not missing:
        return ok(thing, Message.of("one for each request"))
    return warning(
        thing,
        Message.of("a request may take several, and wait for them"),
        Message.of("Set to 1 before the server starts: {names}", names=missing),
    )


def _is_own(host: str) -> bool:
    """Whether nobody but this machine reaches the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
