"""An account is made by an administrator, with a password that is told once."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Account, AccountId, Actor, Role, login_from
from matcher.domain.errors import CarrierNotFound, InvalidField
from matcher.domain.ids import CarrierId
from matcher.domain.passwords import check_password
from matcher.domain.permissions import Action, require
from matcher.domain.tokens import NewId, NewSecret
from matcher.ports import PasswordHasher, Transactions, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    login: str
    role: Role
    carrier: CarrierId | None = None
    password: str | None = None  # None: one is made


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    account: Account
    password: str | None  # where it was made here; it is kept nowhere


@dataclass(kw_only=True)
class CreateAccount:
    transactions: Transactions
    hasher: PasswordHasher
    new_id: NewId
    new_password: NewSecret

    def __call__(self, actor: Actor, wanted: NewAccount, *, now: datetime) -> Created:
        """Raises SignInNeeded, NotAllowed, InvalidField, LoginTaken."""
        require(actor, Action.MANAGE_ACCOUNTS)
        account = Account(
            id=AccountId(self.new_id()),
            login=login_from(wanted.login),
            role=wanted.role,
            carrier=wanted.carrier,
            created_at=now,
        )
        password = self.new_password() if wanted.password is None else wanted.password
        check_password(password, account.login)
        password_hash = self.hasher.hash(password)  # takes long: before the turn to write is taken
        with self.transactions() as unit:
            unit.lock()
            require_carrier(unit, account.carrier)
            unit.accounts.add(account, password_hash)
            unit.commit()
        return Created(account=account, password=password if wanted.password is None else None)


def require_carrier(unit: UnitOfWork, carrier: CarrierId | None) -> None:
    """Raises InvalidField where there is no such carrier."""
    if carrier is None:
        return
    try:
        unit.carriers.get(carrier)
    except CarrierNotFound as error:
        raise InvalidField("There is no carrier {id}.", field="carrier", id=carrier) from error
