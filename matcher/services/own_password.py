"""Whoever wants what cannot be undone shows with the password that it is really the owner of the account."""

from datetime import datetime

from matcher.domain.accounts import AccountId
from matcher.domain.errors import InvalidField
from matcher.domain.tokens import digest
from matcher.ports import PasswordHasher, Transactions
from matcher.services.attempts import count_attempt
from matcher.services.sign_in import PER_LOGIN


def attempts_of(account_id: AccountId) -> str:
    """Under which wrong passwords of somebody who has signed in are counted."""
    return digest(f"own password:{account_id}")


def require_own_password(
    transactions: Transactions, hasher: PasswordHasher, own: AccountId, password: str, *, field: str, now: datetime
) -> tuple[str, str | None]:
    """The login and the hash that the password was found to fit; checked outside of any transaction.

    Raises:
        InvalidField: it is not the password of this account.
        TooMany: it was wrong too often.
    """
    with transactions() as unit:
        count_attempt(unit, attempts_of(own), PER_LOGIN, now)
        login, password_hash = unit.accounts.get(own).login, unit.accounts.password_hash(own)
        unit.commit()
    if not hasher.verifies(password_hash or hasher.stand_in, password):
        raise InvalidField("This is not the current password.", field=field)
    return login, password_hash
