"""The vocabulary: every id that requests and answers use, with its names."""

from fastapi import APIRouter, Response

from api.dependencies import Caller
from api.problems import NOT_MODIFIED, documented
from api.responses import Json, NotModified, entity_tag, matches
from api.schemas.carrier_models import TaxonomyOut
from api.schemas.common import Lang
from api.schemas.taxonomy import taxonomy_out
from matcher.domain.errors import StoreBusy, StoreNotReady

router = APIRouter(prefix="/v1/taxonomy", tags=["taxonomy"])


@router.get(
    "",
    operation_id="getTaxonomy",
    summary="Read the vocabulary",
    response_class=Json,
    response_model=TaxonomyOut,
    responses=documented(NOT_MODIFIED, 422, StoreNotReady, StoreBusy, 500),
)
def get_taxonomy(caller: Caller, lang: Lang = None) -> Response:
    """All terms by facet, in the vocabulary's own order."""
    language = caller.language(lang)
    registry = caller.services.registry.snapshot()
    tag = entity_tag("taxonomy", registry.version.version, language)
    if matches(caller.if_none_match, tag):
        return NotModified(tag, language)
    content = {"request_id": caller.request_id} | taxonomy_out(registry.taxonomy, language)
    return Json(content, language=language, headers={"ETag": tag, "Cache-Control": "no-cache"})
