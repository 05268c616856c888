"""Answers that rest on the registry alone and are the same for everybody: built once, given to all who ask."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from starlette.responses import Response

from api.dependencies import Call
from api.kept_answers import JSON, KeptAnswer
from api.responses import NotModified, entity_tag, language_headers, matches
from api.security_headers import secured
from matcher.domain.messages import Language
from matcher.domain.registry import RegistryVersion

Content = tuple[Mapping[str, Any], Mapping[str, str]]  # and headers of its own


def public_answer(
    caller: Call,
    version: RegistryVersion,
    language: Language,
    build: Callable[[], Content],
    record_version: Callable[[], str] | None = None,
) -> Response:
    """The answer, built only where it is not kept yet, or that nothing has changed.

    Args:
        caller: whose address, query and language say everything that the answer depends on.
        version: of the registry that `build` reads; nothing else may go into the answer.
        language: of the answer.
        build: gives the content, without the request id.
        record_version: of the one record that is answered, so that the tag can be sent back with a change of it.
    """
    kept = caller.services.kept.get(caller.asked, version.version)
    if kept is None:
        tag = entity_tag(caller.asked.path, caller.asked.query, version.version, language.value)
        if record_version is not None:
            tag = f'{tag[:-1]}.{record_version()}"'
        if matches(caller.if_none_match, tag):
            return NotModified(tag, language)
        caller.services.metrics.built.inc()
        content, own_headers = build()
        headers = {"ETag": tag, "Cache-Control": "no-cache", **language_headers(language), **own_headers}
        kept = KeptAnswer(
            version=version.version,
            route=caller.route,
            tag=tag,
            headers=tuple(secured((name.lower().encode(), value.encode("latin-1")) for name, value in headers.items())),
            body=orjson.dumps(content),
        )
        caller.services.kept.put(caller.asked, kept)
    else:
        caller.services.metrics.kept.inc()
    if matches(caller.if_none_match, kept.tag):
        return NotModified(kept.tag, language)
    response = Response(kept.written_for(caller.request_id), media_type=JSON)
    response.raw_headers.extend(kept.headers)
    return response
