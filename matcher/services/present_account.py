"""An account may have been erased while its request was being worked on."""

from matcher.domain.accounts import AccountId
from matcher.domain.errors import AccountNotFound, SignInNeeded
from matcher.ports import UnitOfWork


def require_present(unit: UnitOfWork, account_id: AccountId) -> None:
    """Raises SignInNeeded where it is gone: nothing may be written for it any more."""
    try:
        unit.accounts.get(account_id)
    except AccountNotFound as error:
        raise SignInNeeded("Sign in, or send an API key, to do this.") from error
