"""The vocabulary: every id that requests and answers use, with its names."""

from fastapi import APIRouter, Response

from api.dependencies import Caller
from api.problems import NOT_MODIFIED, documented
from api.public_answers import public_answer
from api.responses import Json
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
    return public_answer(caller, registry.version, language, lambda: (taxonomy_out(registry.taxonomy, language), {}))
