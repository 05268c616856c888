"""The two servers that the bench compares: this program with an answer given at once, and bare Starlette."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.app import create_app
from api.bootstrap import build_services
from api.lifespan import settle_memory
from api.logs import configure_logs
from api.services import Recommends
from api.settings import Settings
from matcher.domain.matches import Answer
from matcher.services.recommend import Query

SIZES = "BENCH_SIZES"  # variable: sizes of bare answers in bytes, joined by commas


@dataclass
class GivenAnswer:
    """Answers every request like the first one: what is left to measure is the way in and out."""

    real: Recommends
    answer: Answer | None = None

    def __call__(self, query: Query, *, on: date) -> Answer:
        if self.answer is None:
            self.answer = self.real(query, on=on)
        return replace(self.answer, request_id=query.request_id)

    def many(self, queries: Sequence[Query], *, on: date) -> list[Answer]:
        return [self(query, on=on) for query in queries]

    def warm(self) -> None:
        self.real.warm()


def own_app() -> FastAPI:
    """The whole application but for reading and ranking."""
    settings = Settings(asks_per_minute=0)
    configure_logs(settings.log_level)
    services = build_services(settings)
    settle_memory()
    return create_app(replace(services, recommend=GivenAnswer(services.recommend)))


def bare_app(sizes: list[int] | None = None) -> Starlette:
    """Bare Starlette: GET and POST of `/SIZE` give that many bytes, `/unchanged` gives 304."""
    listed = sizes if sizes is not None else [int(size) for size in os.environ[SIZES].split(",")]
    return Starlette(routes=[Route("/unchanged", _unchanged), *(_route(size) for size in sorted(set(listed)))])


def _route(size: int) -> Route:
    body = b'"' + b" " * (size - 2) + b'"'

    async def give(request: Request) -> Response:
        if request.method == "POST":
            await request.json()
        return Response(body, media_type="application/json")

    return Route(f"/{size}", give, methods=["GET", "POST"])


async def _unchanged(request: Request) -> Response:
    return Response(status_code=304)
