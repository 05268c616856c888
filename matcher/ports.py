"""What the matcher needs from outside, as protocols; `models` and `data` answer them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.domain.accounts import Account, AccountId, AccountPage, Role
from matcher.domain.calibration import Calibration
from matcher.domain.carriers import Carrier
from matcher.domain.corrections import Correction
from matcher.domain.credentials import ApiKey, ApiKeyId, Failures, HeldKey, PageSession
from matcher.domain.entry_rules import EntryRule
from matcher.domain.finance import FinanceProduct
from matcher.domain.ids import CarrierId, StartupId
from matcher.domain.registry import CarrierFilter, CarrierPage, Place, Registry, RegistryVersion
from matcher.domain.startup_records import (
    ChangedStartup,
    ReadStartup,
    StartupChanges,
    StartupFilter,
    StartupPage,
    StartupRecord,
)
from matcher.domain.startups import Description, Profile
from matcher.domain.taxonomy import Taxonomy

FloatMatrix = NDArray[np.float64]
Embeddings = NDArray[np.float32]  # rows of unit length, or zero where there is no content


class Encoder(Protocol):
    """Texts to centred embeddings."""

    @property
    def id(self) -> str:
        """Name and revision: vectors of different ids are not comparable."""

    @property
    def dims(self) -> int: ...

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Embeddings:
        """Shape (n_texts, dims)."""

    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[Embeddings, list[Embeddings]]:
        """The whole texts, shape (n_texts, dims), and for each text one row per span of characters."""


class Reader(Protocol):
    """Descriptions to profiles."""

    @property
    def id(self) -> str: ...

    def read(self, descriptions: Sequence[Description], on: date) -> list[Profile]:
        """One profile per description; ages are counted up to `on`."""


class PastRatings(Protocol):
    """What happened to startups like the one that asks."""

    def rated(
        self,
        *,
        subfields: FloatMatrix,
        industries: FloatMatrix,
        stages: FloatMatrix,
        carriers: Sequence[CarrierId],
    ) -> FloatMatrix:
        """Two mean grades, from 0 to 3, of each carrier by startups like these.

        Args:
            subfields: probabilities of those who ask, shape (n_startups, n_subfields).
            industries: the same, shape (n_startups, n_industries).
            stages: the same, shape (n_startups, n_stages); a row of NaN where the stage cannot be told.
            carriers: whose grades, in order.

        Returns:
            Shape (n_startups, n_carriers, 2): by likeness in field and stage, and in industry; NaN for a carrier of
            which nothing was recorded.
        """


class Ranker(Protocol):
    """Features of pairs to the parts of their scores; additive, so that parts are exact."""

    @property
    def id(self) -> str: ...

    @property
    def past(self) -> PastRatings | None:
        """What the ranker wants to be told of the past; None where it asks for nothing."""

    @property
    def calibration(self) -> Calibration:
        """From a score to the probability that the match is a good visit."""

    @property
    def bands(self) -> tuple[float, float]:
        """Scores from which a match is called high, and medium; they follow from the calibration."""

    def parts(self, features: FloatMatrix) -> tuple[FloatMatrix, FloatMatrix]:
        """What the startup gains and what the carrier gains, by criterion.

        Args:
            features: shape (n_pairs, n_features), columns in the order of `PAIR_FEATURES`; NaN is unknown.

        Returns:
            Two matrices of shape (n_pairs, n_criteria), in the order of `Criterion`.
        """


class Carriers(Protocol):
    """The carriers and partners of the store."""

    def get(self, carrier_id: CarrierId) -> Carrier:
        """Raises CarrierNotFound."""

    def all(self) -> list[Carrier]:
        """In the order of their ids."""

    def page(self, wanted: CarrierFilter, *, after: CarrierId | None, limit: int) -> CarrierPage: ...

    def put(self, carrier: Carrier) -> bool:
        """Add or replace; False where nothing changed."""


class EntryRules(Protocol):
    def all(self) -> list[EntryRule]: ...

    def in_force(self, on: date) -> list[EntryRule]: ...

    def put(self, rule: EntryRule) -> bool: ...


class FinanceProducts(Protocol):
    def all(self) -> list[FinanceProduct]: ...

    def put(self, product: FinanceProduct) -> bool: ...


class Places(Protocol):
    def all(self) -> list[Place]: ...

    def put(self, place: Place) -> bool: ...


class Vocabulary(Protocol):
    """The taxonomy as kept in the store."""

    def load(self) -> Taxonomy:
        """Raises StoreNotReady where there is none."""

    def put(self, taxonomy: Taxonomy) -> bool: ...


class Accounts(Protocol):
    """Who may sign in; no password is kept, only what proves one."""

    def get(self, account_id: AccountId) -> Account:
        """Raises AccountNotFound."""

    def by_login(self, login: str) -> Account | None: ...

    def page(self, *, after: str | None, limit: int) -> AccountPage:
        """In the order of their logins, those after this one."""

    def count(self, *, active_role: Role | None = None) -> int:
        """How many there are, or how many of this role are not disabled."""

    def add(self, account: Account, password_hash: str) -> None:
        """Raises LoginTaken."""

    def replace(self, account: Account) -> None:
        """Its password stays; raises AccountNotFound."""

    def password_hash(self, account_id: AccountId) -> str | None: ...

    def set_password_hash(self, account_id: AccountId, password_hash: str) -> None: ...


class ApiKeys(Protocol):
    """Keys by their id, which is no secret; of the secret there is only a hash."""

    def get(self, key_id: ApiKeyId) -> ApiKey:
        """Raises ApiKeyNotFound."""

    def held(self, key_id: ApiKeyId) -> HeldKey | None: ...

    def of(self, account_id: AccountId) -> list[ApiKey]:
        """Oldest first, revoked ones as well."""

    def add(self, key: ApiKey, secret_hash: str) -> None: ...

    def revoke(self, key_id: ApiKeyId, now: datetime) -> None:
        """Does nothing where it is revoked already."""


class PageSessions(Protocol):
    """Sessions by the hash of their token."""

    def held(self, token_hash: str) -> tuple[PageSession, Account] | None: ...

    def add(self, token_hash: str, session: PageSession) -> None: ...

    def end(self, token_hash: str) -> None: ...

    def end_all(self, account_id: AccountId) -> None: ...

    def forget_older(self, *, created_before: datetime, seen_before: datetime) -> None: ...


class SignInFailures(Protocol):
    """Failed attempts by the hash of a login or of an address; shared by all processes."""

    def of(self, subject_hash: str) -> Failures | None: ...

    def put(self, subject_hash: str, failures: Failures) -> None: ...

    def forget(self, subject_hash: str) -> None: ...

    def forget_older(self, than: datetime) -> None: ...


class CredentialUses(Protocol):
    """When a key or a session was last used; nobody waits for it, and a missed one is no error."""

    def note_key(self, key_id: ApiKeyId, on: date) -> None: ...

    def note_session(self, token_hash: str, at: datetime) -> None: ...


class PasswordHasher(Protocol):
    """Slow on purpose."""

    @property
    def stand_in(self) -> str:
        """A hash that no password has; to verify against it costs as much as against any other."""

    def hash(self, password: str) -> str: ...

    def verifies(self, password_hash: str, password: str) -> bool: ...

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with other costs than new ones are."""


class Startups(Protocol):
    """Startups as their owners wrote them."""

    def get(self, startup_id: StartupId, *, owner: AccountId) -> StartupRecord:
        """Raises StartupNotFound where there is none, and in the same words where it is another's."""

    def of(self, owner: AccountId) -> list[StartupRecord]:
        """All of this account, withdrawn ones too, in the order of their ids."""

    def page(self, owner: AccountId, wanted: StartupFilter, *, after: StartupId | None, limit: int) -> StartupPage: ...

    def put(self, record: StartupRecord, read: ReadStartup) -> None:
        """Add or replace, together with what was read of it; counts as a change."""

    def withdraw(self, record: StartupRecord) -> None:
        """Replace the record alone; what was read of it stays. Counts as a change."""

    def is_at(self, startup_id: StartupId, version: int) -> bool:
        """Whether there is such a startup, at this version."""

    def read(self, startup_id: StartupId) -> ReadStartup | None:
        """What was read of it, by whichever reader."""

    def erase(self, startup_id: StartupId) -> None:
        """Nothing of it is left; does nothing where there is none."""

    def to_reread(self, reader_id: str, month: str, *, after: StartupId | None, limit: int) -> list[StartupRecord]:
        """Some whose text another reader read, or this one in another month, in the order of their ids."""

    def count_to_reread(self, reader_id: str, month: str) -> int: ...

    def reread(self, read: ReadStartup) -> None:
        """Keep what was read anew; the record itself stays at its version. Counts as a change."""

    def changes(self) -> StartupChanges: ...

    def changed_since(self, change: int) -> Iterator[Sequence[ChangedStartup]]:
        """Every startup whose last change comes after this one, in blocks; from 0 on, all."""


class CarrierHistory(Protocol):
    """What changed in the records of carriers."""

    def add(self, corrections: Sequence[Correction]) -> None: ...

    def of(self, carrier_id: CarrierId) -> list[Correction]:
        """The latest first."""


class IdempotencyKeys(Protocol):
    """Writes that came with a key, so that the same call again is answered and not done twice."""

    def known(self, owner: AccountId, key: str, content_hash: str) -> Mapping[str, object] | None:
        """What the write with this key gave; None where it is new. Raises KeyReused where the content was another."""

    def keep(
        self, owner: AccountId, key: str, content_hash: str, result: Mapping[str, object], *, now: datetime
    ) -> None:
        """Remember it for a day; older ones of anybody are forgotten."""


class UnitOfWork(Protocol):
    """One transaction: leaving the block without `commit()` undoes everything."""

    @property
    def carriers(self) -> Carriers: ...
    @property
    def entry_rules(self) -> EntryRules: ...
    @property
    def finance(self) -> FinanceProducts: ...
    @property
    def places(self) -> Places: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def startups(self) -> Startups: ...
    @property
    def history(self) -> CarrierHistory: ...
    @property
    def keys(self) -> IdempotencyKeys: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def page_sessions(self) -> PageSessions: ...
    @property
    def sign_in_failures(self) -> SignInFailures: ...

    def lock(self) -> None:
        """Take the right to write now, so that what is read next stays true until the commit; raises StoreBusy.

        A `put` takes it by itself; call this where a decision to write rests on something read before.
        """

    def registry_version(self) -> RegistryVersion:
        """Raises StoreNotReady where the store has not been filled."""

    def registry(self) -> Registry:
        """The whole registry as a snapshot; raises StoreNotReady."""

    def commit(self) -> None: ...


class Transactions(Protocol):
    """Opens units of work."""

    def __call__(self) -> AbstractContextManager[UnitOfWork]: ...
