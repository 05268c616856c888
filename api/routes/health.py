"""Is the process alive, and can it answer?"""

from collections.abc import Iterable

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from api.dependencies import Caller
from api.readiness import NO_MODELS, Said, good_to_know, missing_in_store
from api.responses import Json
from api.schemas.health import LiveOut, ReadyOut
from data.seed import seed_folder

router = APIRouter(prefix="/health", tags=["operations"])


@router.get(
    "/live",
    operation_id="isLive",
    summary="Is the process alive?",
    response_class=Json,
    response_model=LiveOut,
)
async def is_live(caller: Caller) -> Json:
    """Answers as long as the process does; waits for no request in progress."""
    return Json({"status": "live", "request_id": caller.request_id})


@router.get(
    "/ready",
    operation_id="isReady",
    summary="Can it answer?",
    response_class=Json,
    response_model=ReadyOut,
    responses={503: {"model": ReadyOut, "description": "`missing` says what is not there."}},
)
async def is_ready(caller: Caller, request: Request) -> Json:
    """Whether models are loaded and the store is filled."""
    services = caller.services
    language = caller.language(None)
    missing = [] if getattr(request.app.state, "warm", False) else [Said("models", NO_MODELS)]
    if services.registry.snapshot.recent_version() is None:  # else the store has just been read
        missing += await run_in_threadpool(missing_in_store, services)

    def told(some: Iterable[Said]) -> list[dict[str, str]]:
        return [{"part": part, "detail": services.sentences.say(detail, language)} for part, detail in some]

    content = {
        "status": "not ready" if missing else "ready",
        "missing": told(missing),
        "notes": told(good_to_know(services, seed_folder())),
        "models": [
            {
                "kind": one.id.kind,
                "id": one.model,
                "revision": one.id.revision,
                "trouble": services.sentences.say(one.trouble, language) if one.trouble else None,
            }
            for one in services.served
        ],
        "request_id": caller.request_id,
    }
    return Json(content, 503 if missing else 200, language=language)
