"""The evaluation that is released with the models: what was measured, when, by which command and on which data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from matcher.domain.errors import ModelNotFound
from matcher.evaluation.report import EvaluationReport
from matcher.evaluation.written import report_of, written

RELEASED = Path(__file__).parent / "released" / "evaluation.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedEvaluation:
    """A report, and how it was made."""

    report: EvaluationReport
    measured_on: date
    command: str
    data: Mapping[str, str]  # SHA-256 of each file of judgements, by name
    versions: Mapping[str, str]  # of what can move a figure

    def write(self, path: Path) -> None:
        content = {
            "measured_on": self.measured_on.isoformat(),
            "command": self.command,
            "data": dict(self.data),
            "versions": dict(self.versions),
            "report": written(self.report),
        }
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@cache
def released_evaluation(path: Path = RELEASED) -> ReleasedEvaluation:
    """Read once.

    Raises:
        ModelNotFound: it is missing, or was not written by this version of the program.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return ReleasedEvaluation(
            report=report_of(content["report"]),
            measured_on=date.fromisoformat(content["measured_on"]),
            command=content["command"],
            data=content["data"],
            versions=content["versions"],
        )
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelNotFound(
            "The evaluation {name} cannot be read: {reason}.", name=path.name, reason=f"{type(error).__name__}: {error}"
        ) from None
