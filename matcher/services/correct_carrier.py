"""A carrier's staff puts facts of its record right, each with its source and date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from matcher.domain.accounts import Actor
from matcher.domain.carriers import Carrier, version_of
from matcher.domain.corrections import CORRECTABLE, DATED, Correction, fact_value
from matcher.domain.errors import CarrierNotFound, InvalidField, Outdated
from matcher.domain.facts import Grade, Source
from matcher.domain.ids import CarrierId, SourceId
from matcher.domain.permissions import Action, reaches, require
from matcher.domain.taxonomy import Taxonomy
from matcher.ports import Transactions

OLDEST = date(1950, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """On what a correction rests: a page or a document, or, where both are None, the carrier's own word."""

    title: str | None = None
    url: str | None = None
    on: date  # when that was true

    def __post_init__(self) -> None:
        if self.url is not None and not self.url.startswith(("https://", "http://")):
            raise InvalidField("The address of a source begins with https:// or http://.", field="url")
        if self.on < OLDEST:
            raise InvalidField("A date from {first} to today is expected.", field="date", first=OLDEST)


@dataclass
class CorrectCarrier:
    """The old values go to the history; the new ones are in every list once the registry is read again."""

    transactions: Transactions
    record_of: Callable[[Carrier], Mapping[str, object]]  # as files write it
    read: Callable[[Mapping[str, object], Taxonomy], Carrier]  # the way back, with all checks

    def __call__(
        self,
        actor: Actor,
        carrier_id: CarrierId,
        changes: Mapping[str, object],
        grounds: Grounds,
        *,
        expected: str | None,
        now: datetime,
    ) -> Carrier:
        """The record as it stands now.

        Args:
            actor: who asks.
            carrier_id: of its own carrier; of any, for an admin.
            changes: new values as files write them; None is unknown. A value that stays is confirmed.
            grounds: for all of them.
            expected: version that the change rests on; None takes any.
            now: when.

        Raises:
            SignInNeeded, NotAllowed: this account corrects no carriers.
            CarrierNotFound: there is none, or it is another's.
            InvalidField: a field cannot be corrected, or a value cannot be used.
            Outdated: the record has another version by now.
        """
        made_by = require(actor, Action.CORRECT_CARRIER)
        if not reaches(actor, Action.CORRECT_CARRIER, carrier=carrier_id):
            raise CarrierNotFound("There is no carrier {id}.", id=carrier_id)
        _check(changes, grounds, now)
        with self.transactions() as uow:
            uow.lock()
            before = uow.carriers.get(carrier_id)
            if expected is not None and expected != version_of(before):
                raise Outdated("The record has changed since you read it. Read it again, then change it.")
            source = _source(before, grounds)
            said = self.read({**self.record_of(before), **changes}, uow.vocabulary.load())
            after = _corrected(before, said, dict.fromkeys(changes, source), grounds.on)
            uow.carriers.put(after)
            uow.history.add(
                [
                    Correction(
                        carrier=carrier_id,
                        field=name,
                        old=fact_value(before, name),
                        new=fact_value(after, name),
                        source=source,
                        made_by=made_by,
                        made_at=now,
                    )
                    for name in changes
                ]
            )
            uow.commit()
            return uow.carriers.get(carrier_id)


def _check(changes: Mapping[str, object], grounds: Grounds, now: datetime) -> None:
    for name in changes:
        if name not in CORRECTABLE:
            raise InvalidField(
                "{name} cannot be corrected; these can: {fields}.", field="changes", name=name[:60], fields=CORRECTABLE
            )
    if not changes:
        raise InvalidField("At least one change is expected.", field="changes")
    if grounds.on > now.date():
        raise InvalidField("A date from {first} to today is expected.", field="date", first=OLDEST)


def _source(carrier: Carrier, grounds: Grounds) -> Source:
    """The carrier's own word bears its name."""
    own = next(iter(word for word in carrier.name if word), str(carrier.id))
    title = grounds.title if grounds.title or grounds.url else own
    return Source(
        id=SourceId("correction"), title=title, url=grounds.url, date=grounds.on.isoformat(), grade=Grade.OFFICIAL
    )


def _corrected(before: Carrier, said: Carrier, sources: Mapping[str, Source], on: date) -> Carrier:
    values: dict[str, Any] = {name: getattr(said, name) for name in sources}
    values |= {f"{name}_as_of": on.isoformat() for name in DATED if name in sources}
    return replace(before, **values, corrected={**before.corrected, **sources})
