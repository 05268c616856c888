"""The web application: its routes, its problems, and what stands around every request."""

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware

from api.access import Access
from api.bodies import BodyLimit
from api.lifespan import TellsStartFailure, lifespan_of
from api.openapi import DESCRIPTION, SUMMARY, DocumentedApp
from api.pages import site
from api.problems import add_problem_handlers
from api.routes import (
    accounts,
    carrier_corrections,
    carrier_files,
    carriers,
    consents,
    feedback,
    handovers,
    health,
    jobs,
    keys,
    leads,
    me,
    metrics,
    office,
    ranking,
    recommendations,
    session,
    startup_answers,
    startup_files,
    startups,
    taxonomy,
)
from api.services import Services

MAX_BODY_BYTES = 256 * 1024
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}  # log and metrics are our own


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
        lifespan=lifespan_of(services),
        middleware=[
            Middleware(TellsStartFailure),
            Middleware(Access),
            Middleware(BodyLimit, max_bytes=MAX_BODY_BYTES),
        ],
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
        docs_url=None,  # these pages load their scripts from elsewhere; the document itself is at /openapi.json
        redoc_url=None,
    )
    for router in (
        recommendations.router,
        feedback.router,
        startup_files.router,
        startups.router,
        startup_answers.router,
        carrier_files.router,
        carriers.router,
        carrier_corrections.router,
        leads.router,
        consents.router,
        handovers.router,
        office.router,
        jobs.router,
        taxonomy.router,
        ranking.router,
        session.router,
        keys.router,
        me.router,
        accounts.router,
        health.router,
        metrics.router,
        *site.ROUTERS,
    ):
        app.include_router(router)
    add_problem_handlers(app)
    return app
