"""A store without accounts gets one administrator, so that somebody can let the others in."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.tokens import NewId, NewSecret
from matcher.ports import PasswordHasher, Transactions

FIRST_LOGIN = "admin"


@dataclass(kw_only=True)
class FirstAdmin:
    transactions: Transactions
    hasher: PasswordHasher
    new_id: NewId
    new_password: NewSecret

    def __call__(self, *, now: datetime) -> str | None:
        """The password of the account `admin` that was made; None where there are accounts already."""
        with self.transactions() as unit:
            if unit.accounts.count():
                return None
        password = self.new_password()
        password_hash = self.hasher.hash(password)
        account = Account(id=AccountId(self.new_id()), login=FIRST_LOGIN, role=Role.ADMIN, created_at=now)
        with self.transactions() as unit:
            unit.lock()
            if unit.accounts.count():
                return None  # another process was faster
            unit.accounts.add(account, password_hash)
            unit.commit()
        return password
