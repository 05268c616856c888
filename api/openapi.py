"""The application with its OpenAPI 3.1 document."""

from typing import Any

from fastapi import FastAPI

from api.schemas.problems import FileProblem, Problem

SUMMARY = "Matches startups with innovation carriers (科创载体): read, ranked, explained, honest."
DESCRIPTION = """\
Answers come in Chinese, English or German: `lang` chooses, else `Accept-Language`, else the language of the text.
Unknown is a third value everywhere: null and empty mean unknown, never no.
Every answer carries a `request_id`, also as the header `X-Request-Id`; a caller may send its own.
What goes wrong is told as a problem document (RFC 9457), in the caller's language.
"""
SECURITY = {
    "apiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "mk_…", "description": "An API key."},
    "pageSession": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-matcher",
        "description": "The cookie of POST /v1/session; what writes needs the header X-CSRF-Token beside it.",
    },
}
REFERENCE = "#/components/schemas/{model}"


class DocumentedApp(FastAPI):
    """Adds to the generated document what the routes only refer to."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            document = super().openapi()
            for model in (Problem, FileProblem):
                schema = model.model_json_schema(ref_template=REFERENCE)
                parts = schema.pop("$defs", {})
                document["components"]["schemas"] |= parts | {model.__name__: schema}
            document["components"]["securitySchemes"] = SECURITY
        return super().openapi()
