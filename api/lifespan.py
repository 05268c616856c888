"""How the server starts and stops: models load before the first request is taken."""

import ctypes
import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import structlog
from anyio import create_task_group, sleep
from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bootstrap import build_services
from api.logs import configure_logs
from api.metrics import Metrics
from api.services import Services
from api.settings import Settings
from matcher.domain.errors import MatcherError

SECONDS_BETWEEN_FIGURES = 1.0


def lifespan_of(given: Services | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """From start to stop; services that were given are left open."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            services = given if given is not None else await run_sync(_from_environment)
        except MatcherError as error:
            app.state.start_failure = str(error)
            raise
        try:
            current_default_thread_limiter().total_tokens = services.settings.requests_at_once
            app.state.services = services
            await run_sync(services.recommend.warm)
            if given is None:
                settle_memory()
            app.state.warm = True
            async with _telling_places(services.metrics), _working_in_the_background(services):
                yield
            app.state.warm = False
            await run_sync(services.feedback.close)
        finally:
            if given is None:
                services.close()

    return lifespan


@asynccontextmanager
async def _telling_places(metrics: Metrics) -> AsyncIterator[None]:
    """Each process says for itself how many requests wait: whoever is asked for figures knows its own alone."""
    places = current_default_thread_limiter()

    async def tell() -> None:
        while True:
            now = places.statistics()
            metrics.places(waiting=now.tasks_waiting, working=now.borrowed_tokens)
            await sleep(SECONDS_BETWEEN_FIGURES)

    async with create_task_group() as tasks:
        tasks.start_soon(tell)
        yield
        tasks.cancel_scope.cancel()


@asynccontextmanager
async def _working_in_the_background(services: Services) -> AsyncIterator[None]:
    scheduler, runs = services.scheduler, services.runs
    places = current_default_thread_limiter()
    if scheduler is not None:
        scheduler.is_busy = lambda: places.borrowed_tokens > 0
        scheduler.start()
    if runs is not None:
        runs.start()
    try:
        yield
    finally:
        for worker in (scheduler, runs):
            if worker is not None:
                await run_sync(worker.stop)


def settle_memory() -> None:
    """Take what is here to stay (models, registry, code) out of the collector's sight.

    Else each full collection looks through all of it again: it cost half of the time of writing an answer. What
    loading left free goes back to the system, where the C library can do that.
    """
    gc.collect()
    gc.freeze()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


class TellsStartFailure:
    """Tells the server in one sentence why it cannot start, where the reason is known; else with a traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            reason = getattr(scope["app"].state, "start_failure", None)
            if message["type"] == "lifespan.startup.failed" and reason:
                message = {**message, "message": reason}
            await send(message)

        await self._app(scope, receive, told)


def _from_environment() -> Services:
    settings = Settings()
    configure_logs(settings.log_level)
    services = build_services(settings)
    for served in services.served:
        if served.trouble is not None:
            structlog.get_logger().error("model_in_force_unusable", kind=served.id.kind, reason=str(served.trouble))
    return services
