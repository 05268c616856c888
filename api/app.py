"""The web application: routes, problems, and models that are loaded before the first request is taken."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version

from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import FastAPI
from starlette.middleware import Middleware

from api.access import Access, BodyLimit
from api.bootstrap import build_services
from api.logs import configure_logs
from api.openapi import DESCRIPTION, SUMMARY, DocumentedApp
from api.problems import add_problem_handlers
from api.routes import carriers, health, metrics, recommendations, taxonomy
from api.services import Services
from api.settings import Settings

MAX_BODY_BYTES = 256 * 1024


def create_app(services: Services | None = None) -> FastAPI:
    """The application.

    Args:
        services: to work with, and left open at the end; None builds them from the environment when the server
            starts, and closes them when it stops.
    """
    app = DocumentedApp(
        title="Matcher",
        summary=SUMMARY,
        description=DESCRIPTION,
        version=version("matcher"),
        lifespan=_lifespan(services),
        middleware=[Middleware(Access), Middleware(BodyLimit, max_bytes=MAX_BODY_BYTES)],
        redirect_slashes=False,
        docs_url=None,  # these pages load their scripts from elsewhere; the document itself is at /openapi.json
        redoc_url=None,
    )
    for router in (recommendations.router, carriers.router, taxonomy.router, health.router, metrics.router):
        app.include_router(router)
    add_problem_handlers(app)
    return app


def _lifespan(given: Services | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        services = given if given is not None else await run_sync(_from_environment)
        current_default_thread_limiter().total_tokens = services.settings.requests_at_once
        app.state.services = services
        await run_sync(services.recommend.warm)
        app.state.warm = True
        try:
            yield
        finally:
            app.state.warm = False
            if given is None:
                services.close()

    return lifespan


def _from_environment() -> Services:
    settings = Settings()
    configure_logs(settings.log_level)
    return build_services(settings)
