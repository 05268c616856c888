"""An error of a line as the problem document that the API would send."""

from typing import Any

from api.problem_kinds import KINDS
from api.schemas.problems import FieldError, Problem
from api.sentences import Sentences
from matcher.domain.errors import InvalidInput
from matcher.domain.messages import Language


def line_problem(error: InvalidInput, request_id: str, sentences: Sentences, language: Language) -> dict[str, Any]:
    """RFC 9457, with the field at fault where there is one."""
    kind = next(KINDS[one] for one in type(error).__mro__ if one in KINDS)
    said = sentences.say(error.message, language)
    fields = [
        FieldError.model_validate({"in": "body", "field": name, "pointer": f"/{name}", "expected": said})
        for name in (error.field,)
        if name and name != "input"
    ]
    problem = Problem(
        type=f"/problems/{kind.slug}",
        title=sentences.say(kind.title, language),
        status=kind.status,
        detail=said,
        instance=f"#{request_id}",
        request_id=request_id,
        errors=fields,
    )
    return problem.model_dump(by_alias=True)
