"""Somebody ends a session."""

from dataclasses import dataclass

from matcher.domain.tokens import digest
from matcher.ports import Transactions


@dataclass
class SignOut:
    transactions: Transactions

    def __call__(self, token: str) -> None:
        """Does nothing where there is no such session (any more)."""
        with self.transactions() as unit:
            unit.page_sessions.end(digest(token))
            unit.commit()
