"""What is open to all and costs much is not open without end."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from api.addresses import address_of
from api.dependencies import services_of
from api.who_asks import says_who, who_asks

SHARES_PER_MINUTE = 20


async def limit_asks(request: Request) -> None:
    """Counts by account for whoever has signed in, else by address.

    Raises:
        TooMany: so many were asked for within a minute already.
        SignInNeeded: an API key that does not hold.
        ForgedRequest: a page's cookie without its token.
    """
    await _count(request, "")


async def limit_feedback(request: Request) -> None:
    """The same for feedback, counted apart: who reads a long list closely must still be able to ask for the next."""
    await _count(request, "feedback of ")


async def _count(request: Request, what: str) -> None:
    if says_who(request):
        await run_in_threadpool(count_ask, request, what)
    else:
        count_ask(request, what)


def count_share(request: Request) -> None:
    """Results that are shared, by address: each is kept for a month. Raises TooMany."""
    services_of(request).asks.count(f"share of address {address_of(request)}", SHARES_PER_MINUTE)


def count_ask(request: Request, what: str = "") -> None:
    """As `limit_asks`, for who does not ask on the event loop; `what` is counted apart from anything else."""
    services = services_of(request)
    actor = who_asks(request) if says_who(request) else None
    if actor is None or actor.account is None:
        services.asks.count(f"{what}address {address_of(request)}", services.settings.asks_per_minute)
    else:
        services.asks.count(f"{what}account {actor.account}", services.settings.account_asks_per_minute)
