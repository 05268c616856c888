"""Everything that can go wrong, as one tree.

    MatcherError
    ├── InvalidInput          a value breaks its own rule
    │   ├── InvalidText       the text is empty, too long, or not text
    │   ├── InvalidField      a stated field has an unknown id or a value out of range
    │   ├── InvalidEntryRule  a rule that contradicts itself
    │   └── InvalidFile       a file cannot be read as what it should be
    ├── NotFound
    │   ├── CarrierNotFound
    │   └── SeedNotFound      the files a fresh store is filled from are not where they should be
    ├── StoreNotReady         the store is empty, or older or newer than this program
    │   └── StoreBusy         another process is writing and did not finish in time
    ├── ModelNotFound         a released artefact is missing or damaged
    └── EncoderUnavailable    the configured encoder cannot be had

A message names the thing and what was expected. `field` names the input at fault, or is None.
`text` is the English sentence with its gaps unfilled, so that the ways in can say it in the caller's language.
"""

from matcher.domain.messages import Message


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


class InvalidField(InvalidInput):
    """A stated field has an unknown id or a value out of range."""


class InvalidEntryRule(InvalidInput):
    """A rule contradicts itself."""


class InvalidFile(InvalidInput):
    """A file cannot be read as what it should be."""


class NotFound(MatcherError):
    """The named thing does not exist."""


class CarrierNotFound(NotFound):
    """No carrier has this id."""


class SeedNotFound(NotFound):
    """The files a fresh store is filled from are not where they should be."""


class StoreNotReady(MatcherError):
    """The store is empty, or older or newer than this program."""


class StoreBusy(StoreNotReady):
    """Another process is writing and did not finish in time; the same call may succeed later."""


class ModelNotFound(MatcherError):
    """A released artefact is missing or damaged."""


class EncoderUnavailable(MatcherError):
    """The configured encoder cannot be had."""
