"""Takes in a file of plans: for each lead its status, who looks after it, what comes next and by when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from matcher.domain.accounts import AccountId, Actor, login_from
from matcher.domain.errors import ImportRefused, InvalidField, InvalidFile, RowFault
from matcher.domain.ids import CarrierId
from matcher.domain.imports import FileRow, ImportReport, ReadFile
from matcher.domain.leads import DeclineReason, LeadId, LeadPlan, LeadStatus
from matcher.services.colleagues import Colleagues
from matcher.services.imported_rows import built, id_of
from matcher.services.lead_changes import WantedStep
from matcher.services.move_leads import MovedLeads, MoveLeads, WantedChange

MOST_ROWS = 2_000  # each is looked up and written while others wait


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One row, as read; `spoken_of` names the parts of the plan that the file has a column for."""

    status: LeadStatus | None = None  # None: it stays
    reason: DeclineReason | None = None
    note: str | None = None
    version: int | None = None  # that it rests on; None takes any
    spoken_of: frozenset[str] = frozenset()
    owner: str | None = None  # login; None takes it away, as with the other two
    next_action: str | None = None
    due: date | None = None


ReadPlan = Callable[[Mapping[str, object]], PlanRow]


@dataclass
class ImportPlans:
    """Nothing is written where one row cannot be used, unless the others are to go on."""

    move: MoveLeads
    colleagues: Colleagues

    def __call__(
        self,
        actor: Actor,
        carrier: CarrierId,
        file: ReadFile,
        read: ReadPlan,
        *,
        keep_good: bool = False,
        now: datetime,
    ) -> ImportReport:
        """What was written, in one transaction.

        Raises:
            SignInNeeded, NotAllowed: it is no carrier's staff that asks.
            CarrierNotFound: there is none, or it is another's.
            InvalidFile: there are more rows than one import may bring.
            ImportRefused: rows cannot be used, and `keep_good` is not asked for; nothing is written.
        """
        if len(file.rows) > MOST_ROWS:
            raise InvalidFile("At most {limit} leads can be planned with one file.", limit=MOST_ROWS)
        owners = {one.login: one.id for one in self.colleagues(actor, carrier)}
        wanted, faults = built(file, lambda row: _wanted(row, read(row.values), owners))
        moved = self.move(
            actor, carrier, wanted, keep_good=keep_good, write_nothing=bool(faults) and not keep_good, now=now
        )
        lines = {id_of(row): row.line for row in file.rows}
        faults = sorted([*faults, *_faults(moved, lines)], key=lambda fault: fault.line)
        if not moved.written:
            raise ImportRefused("{n} rows cannot be used, so nothing was written.", faults=faults, notes=file.notes)
        return ImportReport(
            added=0,
            changed=len(moved.changed),
            unchanged=len(moved.unchanged),
            ids=(*moved.changed, *moved.unchanged),
            faults=tuple(faults),
            notes=file.notes,
        )


def _wanted(row: FileRow, plan: PlanRow, owners: Mapping[str, AccountId]) -> WantedChange:
    name = id_of(row)
    if name is None:
        raise InvalidField("The row names no lead.", field="id")
    if plan.status is None and (plan.reason or plan.note):
        raise InvalidField("A note or a reason belongs to a step, and the row names no status.", field="status")
    new: dict[str, Any] = {field: getattr(plan, field) for field in plan.spoken_of}
    if plan.owner is not None:
        login = login_from(plan.owner)
        if login not in owners:
            raise InvalidField("Nobody of this carrier's staff has the login {login}.", field="owner", login=login[:64])
        new["owner"] = owners[login]
    LeadPlan(**new)  # says at once what cannot be kept
    return WantedChange(
        lead=LeadId(name),
        expected=plan.version,
        step=WantedStep(status=plan.status, reason=plan.reason, note=plan.note) if plan.status else None,
        replan=lambda before: replace(before, **new),
        unless_there=True,
    )


def _faults(moved: MovedLeads, lines: Mapping[str | None, int]) -> list[RowFault]:
    return [RowFault(line=lines[one.lead], column=one.field, reason=one.reason) for one in moved.refused]
