"""What an import did, as it goes over the wire."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.schemas.problems import RowFaultOut, faults_out
from api.sentences import Sentences
from matcher.domain.corrections import Conflict
from matcher.domain.imports import ImportReport
from matcher.domain.messages import Language


class ConflictOut(BaseModel):
    """The file says something else of a carrier than its staff did."""

    carrier: str
    field: str
    kept: Literal["file", "staff"] = Field(description="Whose fact stands now: the newer dated one.")


class ImportOut(BaseModel):
    request_id: str
    language: Literal["zh", "en", "de"]
    added: int
    changed: int
    unchanged: int
    ids: list[str] = Field(description="Of the rows that were used, in the order of the file.")
    rows: list[RowFaultOut] = Field(description="What could not be used and was left out.")
    notes: list[str] = Field(description="What was assumed of the file.")
    conflicts: list[ConflictOut] = Field(description="For carriers: where file and staff differ.")


def import_out(
    report: ImportReport,
    sentences: Sentences,
    language: Language,
    *,
    request_id: str,
    conflicts: tuple[Conflict, ...] = (),
) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "language": language.value,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "ids": list(report.ids),
        "rows": [one.model_dump() for one in faults_out(report.faults, sentences, language)],
        "notes": [sentences.say(note, language) for note in report.notes],
        "conflicts": [
            {"carrier": str(one.carrier), "field": one.field, "kept": "file" if one.file_won else "staff"}
            for one in conflicts
        ],
    }
