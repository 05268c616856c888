"""Is the process alive, and can it answer?"""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from api.dependencies import Caller
from api.responses import Json
from api.schemas.health import LiveOut, ReadyOut
from matcher.domain.errors import StoreNotReady
from matcher.domain.messages import Message

router = APIRouter(prefix="/health", tags=["operations"])
NO_MODELS = Message("The models are not loaded yet.")


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
    missing = [] if getattr(request.app.state, "warm", False) else [("models", NO_MODELS)]
    try:
        if services.registry.snapshot.recent_version() is None:
            await run_in_threadpool(services.registry.snapshot)
    except StoreNotReady as error:
        missing.append(("store", error.message))
    content = {
        "status": "not ready" if missing else "ready",
        "missing": [{"part": part, "detail": services.sentences.say(text, language)} for part, text in missing],
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
