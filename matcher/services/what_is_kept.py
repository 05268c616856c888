"""Tells an account what is kept about it, and which of its startups will be erased unless they are used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Account, Actor
from matcher.domain.ids import StartupId
from matcher.domain.permissions import Action, require
from matcher.domain.retention import Terms, is_told
from matcher.ports import Transactions


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A startup that nobody uses."""

    startup: StartupId
    unused_since: datetime
    erased_from: datetime  # on the first run of the job after this moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    account: Account
    counts: Mapping[str, int]  # by section of an export
    notices: Sequence[Notice]


@dataclass
class WhatIsKept:
    transactions: Transactions
    terms: Terms

    def __call__(self, actor: Actor, *, now: datetime) -> Kept:
        """Raises SignInNeeded, NotAllowed, AccountNotFound: see their words."""
        own = require(actor, Action.EXPORT_MY_DATA)
        with self.transactions() as unit:
            account = unit.accounts.get(own)
            counts = {name: sum(1 for _ in rows) for name, rows in unit.personal.of(own)}
            activities = unit.retention.of(own)
        notices = [
            Notice(
                startup=one.startup,
                unused_since=one.active_at,
                erased_from=self.terms.erased_from(one.active_at, noticed_at),
            )
            for one in activities
            if (noticed_at := is_told(one, now)) is not None
        ]
        return Kept(account=account, counts=counts, notices=notices)
