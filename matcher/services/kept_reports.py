"""What is remembered of an import, so that the same call again is answered and not done twice."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from matcher.domain.corrections import Conflict
from matcher.domain.errors import RowFault
from matcher.domain.ids import CarrierId
from matcher.domain.imports import ImportReport, ReadFile
from matcher.domain.messages import Message

NUMBERS = ("added", "changed", "unchanged")


def kept_report(report: ImportReport, conflicts: Sequence[Conflict] = ()) -> dict[str, object]:
    """Numbers and ids; of faults the lines alone, since a reason may hold words of the file."""
    return {
        **{name: getattr(report, name) for name in NUMBERS},
        "ids": list(report.ids),
        "lines": [fault.line for fault in report.faults],
        "conflicts": [[one.carrier, one.field, one.file_won] for one in conflicts],
    }


def report_again(kept: Mapping[str, object], file: ReadFile, faults: Sequence[RowFault]) -> ImportReport:
    """The report of then.

    Args:
        kept: by `kept_report`.
        file: the same one, as it came again.
        faults: found in it now; those of lines that could be used then are left out.
    """
    said = cast("Mapping[str, Any]", kept)
    lines: list[int] = said.get("lines", [])
    found = [fault for fault in faults if fault.line in lines]
    gone = set(lines) - {fault.line for fault in found}
    told = [*found, *(RowFault(line=line, column=None, reason=Message.of("Not used.")) for line in gone)]
    return ImportReport(
        **{name: int(said[name]) for name in NUMBERS},
        ids=tuple(said["ids"]),
        faults=tuple(sorted(told, key=lambda fault: fault.line)),
        notes=file.notes,
    )


def conflicts_again(kept: Mapping[str, object]) -> tuple[Conflict, ...]:
    """Where the file and a carrier's staff differed then."""
    said = cast("Mapping[str, Any]", kept).get("conflicts", [])
    return tuple(Conflict(carrier=CarrierId(carrier), field=field, file_won=won) for carrier, field, won in said)
