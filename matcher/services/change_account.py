"""An administrator gives an account another role or carrier, disables it or lets it in again."""

from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.accounts import Account, AccountId, Actor, Role
from matcher.domain.errors import InvalidField, Outdated
from matcher.domain.ids import CarrierId
from matcher.domain.permissions import Action, require
from matcher.ports import Transactions, UnitOfWork
from matcher.services.create_account import require_carrier


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """What the account is to be afterwards."""

    role: Role
    carrier: CarrierId | None
    disabled: bool


@dataclass
class ChangeAccount:
    transactions: Transactions

    def __call__(
        self,
        actor: Actor,
        account_id: AccountId,
        change: AccountChange,
        *,
        expected_version: int | None,
        now: datetime,
    ) -> Account:
        """The account as it is afterwards; who is disabled is signed out everywhere.

        Args:
            actor: an administrator.
            account_id: whose account.
            change: what it is to be.
            expected_version: on which the change rests; None for whatever it is.
            now: from when it holds.

        Raises:
            SignInNeeded, NotAllowed, AccountNotFound: see their words.
            Outdated: it has another version by now.
            InvalidField: the change contradicts itself, or leaves no administrator.
        """
        require(actor, Action.MANAGE_ACCOUNTS)
        with self.transactions() as unit:
            unit.lock()
            before = unit.accounts.get(account_id)
            if expected_version not in (None, before.version):
                raise Outdated("The account has changed meanwhile; read it again.")
            after = replace(
                before,
                role=change.role,
                carrier=change.carrier,
                disabled_at=(before.disabled_at or now) if change.disabled else None,
            )
            if after == before:
                return before
            after = replace(after, version=before.version + 1)
            require_carrier(unit, after.carrier)
            unit.accounts.replace(after)
            if _is_admin(before) and not _is_admin(after):
                require_an_admin(unit)
            if not after.is_active:
                unit.page_sessions.end_all(account_id)
            unit.commit()
        return after


def _is_admin(account: Account) -> bool:
    return account.is_active and account.role is Role.ADMIN


def require_an_admin(unit: UnitOfWork) -> None:
    """Raises InvalidField where none is left."""
    if not unit.accounts.count(active_role=Role.ADMIN):
        raise InvalidField("The last administrator stays one, and stays active.", field="role")
