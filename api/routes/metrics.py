"""Figures for Prometheus."""

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.dependencies import Caller

router = APIRouter(tags=["operations"])


@router.get(
    "/metrics",
    operation_id="getMetrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}, "description": "Text format of Prometheus."}},
)
async def get_metrics(caller: Caller) -> Response:
    """Requests, their latency, seconds in the encoder, outcomes; of all processes of `matcher serve --workers`."""
    places = current_default_thread_limiter().statistics()
    caller.services.metrics.places(waiting=places.tasks_waiting, working=places.borrowed_tokens)
    return Response(caller.services.metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
