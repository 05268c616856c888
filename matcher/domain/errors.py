"""Everything that can go wrong, as one tree.

    MatcherError
    ├── InvalidInput          a value breaks its own rule
    │   ├── InvalidText       the text is empty, too long, or not text
    │   │   └── SecretText    it carries a mark of secrecy, so it is not stored
    │   ├── InvalidField      a stated field has an unknown id or a value out of range
    │   ├── InvalidEntryRule  a rule that contradicts itself
    │   ├── KeyReused         an idempotency key came before with other content
    │   └── InvalidFile       a file cannot be read as what it should be
    │       └── ImportRefused rows of it cannot be used, and none was written
    ├── NotFound
    │   ├── CarrierNotFound
    │   ├── StartupNotFound   not there, or another's: nobody learns which
    │   ├── AccountNotFound
    │   ├── ApiKeyNotFound    not there, or another's: nobody learns which
    │   ├── LeadNotFound      not there, or of another carrier: nobody learns which
    │   ├── ListNotFound      no list was shown under this id, or to another: nobody learns which
    │   ├── RunNotFound       no run has this id, or its lists are kept no more
    │   ├── ConsentNotFound   none is in force, or nobody has asked for one
    │   └── SeedNotFound      the files a fresh store is filled from are not where they should be
    ├── SignInNeeded          nobody has signed in, or not in a way that holds
    │   └── SignInRefused     login and password do not belong together; nobody learns which is wrong
    ├── NotAllowed            signed in, but this role or this key may not do it
    │   └── ForgedRequest     a write with a page's cookie that does not prove that the page sent it
    ├── TooMany               too many attempts or requests; says when the next one is welcome
    ├── LoginTaken            another account has this login
    ├── IllegalStep           a lead cannot go from where it is to where it should
    ├── Outdated              a change rests on an older version than the stored one
    ├── StoreNotReady         the store is empty, or older or newer than this program
    │   ├── StoreBusy         another process is writing and did not finish in time
    │   └── StoreFull         there is no room left to write
    ├── RunInProgress         another run works in the same folder, or on the same store
    ├── RunStopped            a run was asked to stop; the same call goes on where it was
    ├── PackageMissing        an optional package is needed for what was asked
    ├── ModelNotFound         a released artefact is missing or damaged
    └── EncoderUnavailable    the configured encoder cannot be had

A message names the thing and what was expected. `field` names the input at fault, or is None.
`text` is the English sentence with its gaps unfilled, so that the ways in can say it in the caller's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """One value of a file that cannot be used: where it stands, and what was expected instead."""

    line: int  # from 1, as an editor or a spreadsheet counts; the heading is a line too
    column: str | None
    reason: Message


class MatcherError(Exception):
    """Base of all errors of this program."""

    def __init__(self, text: str, *, field: str | None = None, **params: object) -> None:
        self.message = Message.of(text, **params)
        self.field = field
        super().__init__(str(self.message))


class InvalidInput(MatcherError):
    """A value breaks its own rule."""


class InvalidText(InvalidInput):
    """The text is empty, too long, or not text."""


class SecretText(InvalidText):
    """It carries a mark of secrecy, so it is not stored."""


class InvalidField(InvalidInput):
    """A stated field has an unknown id or a value out of range."""


class InvalidEntryRule(InvalidInput):
    """A rule contradicts itself."""


class KeyReused(InvalidInput):
    """An idempotency key came before with other content."""


class InvalidFile(InvalidInput):
    """A file cannot be read as what it should be."""


class ImportRefused(InvalidFile):
    """Rows of a file cannot be used, and none was written; `faults` says which and why."""

    def __init__(self, text: str, *, faults: Sequence[RowFault], notes: Sequence[Message] = ()) -> None:
        """A gap `n` in the text is filled with the number of rows."""
        super().__init__(text, n=len({one.line for one in faults}))
        self.faults, self.notes = tuple(faults), tuple(notes)


class NotFound(MatcherError):
    """The named thing does not exist."""


class CarrierNotFound(NotFound):
    """No carrier has this id."""


class StartupNotFound(NotFound):
    """There is no such startup for who asks: not there, or another's."""


class AccountNotFound(NotFound):
    """No account has this id or login."""


class ApiKeyNotFound(NotFound):
    """There is no such key for who asks: not there, or another's."""


class LeadNotFound(NotFound):
    """There is no such lead for who asks: not there, or of another carrier."""


class ConsentNotFound(NotFound):
    """No consent to this carrier is in force, or it has not asked for one."""


class ListNotFound(NotFound):
    """No list was shown under this id, or to another than who asks."""


class RunNotFound(NotFound):
    """No run has this id, or it has no lists that could be served or compared."""


class SeedNotFound(NotFound):
    """The files a fresh store is filled from are not where they should be."""


class SignInNeeded(MatcherError):
    """Nobody has signed in, or not in a way that holds."""


class SignInRefused(SignInNeeded):
    """Login and password do not belong together, or the account is disabled; nobody learns which."""


class NotAllowed(MatcherError):
    """Signed in, but this role or this key may not do it."""


class ForgedRequest(NotAllowed):
    """A write with a page's cookie that does not prove that the page sent it."""


class TooMany(MatcherError):
    """Too many attempts or requests; `{seconds}` in the text says when the next one is welcome."""

    def __init__(self, text: str, *, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s  # at least 1
        super().__init__(text, seconds=retry_after_s)


class LoginTaken(MatcherError):
    """Another account has this login."""


class IllegalStep(MatcherError):
    """A lead cannot go from where it is to where it should."""


class Outdated(MatcherError):
    """A change rests on an older version than the stored one."""


class StoreNotReady(MatcherError):
    """The store is empty, or older or newer than this program."""


class StoreBusy(StoreNotReady):
    """Another process is writing and did not finish in time; the same call may succeed later."""


class StoreFull(StoreNotReady):
    """There is no room left to write; nothing of what was asked for was kept."""


class RunInProgress(MatcherError):
    """Another run works in the same folder, or on the same store."""


class RunStopped(MatcherError):
    """A run was asked to stop between two blocks; the same call goes on where it was."""


class PackageMissing(MatcherError):
    """An optional package is needed for what was asked; the message names the extra that brings it."""


class ModelNotFound(MatcherError):
    """A released artefact is missing or damaged."""


class EncoderUnavailable(MatcherError):
    """The configured encoder cannot be had."""
