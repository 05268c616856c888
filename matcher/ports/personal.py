"""All that is kept about one account, whatever table it lies in."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from matcher.domain.accounts import AccountId
from matcher.domain.ids import StartupId

Sections = Iterator[tuple[str, Iterator[Mapping[str, object]]]]


class PersonalData(Protocol):
    """What its owner may take along, and have erased."""

    def of(self, account_id: AccountId) -> Sections:
        """Every kind of thing by its name, empty ones too; without secrets, and without what is another's.

        Each section is to be read before the next one.
        """

    def erase_startup(self, startup_id: StartupId) -> None:
        """Nothing of it is left, and every process sees that; does nothing where there is none."""

    def erase_account(self, account_id: AccountId) -> None:
        """It and all of its startups; what others have a right to keep (corrections, audit) names it no more."""
