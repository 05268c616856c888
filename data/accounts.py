"""Accounts, API keys, page sessions and failed sign-ins as the matcher asks for them; nothing here commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from data.keeping import Keeper
from data.mapping.accounts import account_from, account_row, api_key_from, api_key_row
from data.tables import AccountRow, ApiKeyRow, PageSessionRow, SignInFailureRow
from matcher.domain.accounts import Account, AccountId, AccountPage, Role
from matcher.domain.credentials import ApiKey, ApiKeyId, Failures, HeldKey, PageSession
from matcher.domain.errors import AccountNotFound, ApiKeyNotFound, InvalidField, LoginTaken
from matcher.domain.ids import CarrierId


@dataclass
class SqlAccounts:
    session: Session
    keeper: Keeper

    def get(self, account_id: AccountId) -> Account:
        row = self.session.get(AccountRow, account_id)
        if row is None:
            raise AccountNotFound("There is no such account.")
        return account_from(row)

    def by_login(self, login: str) -> Account | None:
        row = self.session.scalar(select(AccountRow).where(AccountRow.login == login))
        return None if row is None else account_from(row)

    def page(self, *, after: str | None, limit: int) -> AccountPage:
        if limit < 1:
            raise InvalidField("A page has at least one account, not {limit}.", field="limit", limit=limit)
        rows = select(AccountRow).order_by(AccountRow.login).limit(limit + 1)
        if after is not None:
            rows = rows.where(AccountRow.login > after)
        found = [account_from(row) for row in self.session.scalars(rows)]
        accounts = tuple(found[:limit])
        return AccountPage(accounts=accounts, next_after=accounts[-1].login if len(found) > limit else None)

    def staff_of(self, carrier: CarrierId) -> list[Account]:
        rows = select(AccountRow).where(AccountRow.role == Role.STAFF.value, AccountRow.carrier_id == carrier)
        return [account_from(row) for row in self.session.scalars(rows.order_by(AccountRow.login))]

    def count(self, *, active_role: Role | None = None) -> int:
        wanted = select(func.count()).select_from(AccountRow)
        if active_role is not None:
            wanted = wanted.where(AccountRow.role == active_role.value, AccountRow.disabled_at.is_(None))
        return self.session.scalar(wanted) or 0

    def add(self, account: Account, password_hash: str) -> None:
        self.keeper.lock()
        if self.by_login(account.login) is not None:
            raise LoginTaken("The login {login} is taken.", login=account.login)
        self.session.add(account_row(account, password_hash))
        self.session.flush()

    def replace(self, account: Account) -> None:
        self.keeper.lock()
        row = self.session.get(AccountRow, account.id)
        if row is None:
            raise AccountNotFound("There is no such account.")
        self.session.merge(account_row(account, row.password_hash))
        self.session.flush()

    def password_hash(self, account_id: AccountId) -> str | None:
        return self.session.scalar(select(AccountRow.password_hash).where(AccountRow.id == account_id))

    def set_password_hash(self, account_id: AccountId, password_hash: str) -> None:
        self.keeper.lock()
        self.session.execute(update(AccountRow).where(AccountRow.id == account_id).values(password_hash=password_hash))


@dataclass
class SqlApiKeys:
    session: Session
    keeper: Keeper

    def get(self, key_id: ApiKeyId) -> ApiKey:
        row = self.session.get(ApiKeyRow, key_id)
        if row is None:
            raise ApiKeyNotFound("There is no such key.")
        return api_key_from(row)

    def held(self, key_id: ApiKeyId) -> HeldKey | None:
        wanted = select(ApiKeyRow, AccountRow).join(AccountRow, AccountRow.id == ApiKeyRow.account_id)
        found = self.session.execute(wanted.where(ApiKeyRow.id == key_id)).first()
        if found is None:
            return None
        key, account = found
        return HeldKey(key=api_key_from(key), secret_hash=key.secret_hash, account=account_from(account))

    def of(self, account_id: AccountId) -> list[ApiKey]:
        rows = select(ApiKeyRow).where(ApiKeyRow.account_id == account_id)
        return [api_key_from(row) for row in self.session.scalars(rows.order_by(ApiKeyRow.created_at, ApiKeyRow.id))]

    def add(self, key: ApiKey, secret_hash: str) -> None:
        self.keeper.lock()
        self.session.add(api_key_row(key, secret_hash))
        self.session.flush()

    def revoke(self, key_id: ApiKeyId, now: datetime) -> None:
        self.keeper.lock()
        still_valid = update(ApiKeyRow).where(ApiKeyRow.id == key_id, ApiKeyRow.revoked_at.is_(None))
        self.session.execute(still_valid.values(revoked_at=now))


@dataclass
class SqlPageSessions:
    session: Session
    keeper: Keeper

    def held(self, token_hash: str) -> tuple[PageSession, Account] | None:
        wanted = select(PageSessionRow, AccountRow).join(AccountRow, AccountRow.id == PageSessionRow.account_id)
        found = self.session.execute(wanted.where(PageSessionRow.token_hash == token_hash)).first()
        if found is None:
            return None
        session, account = found
        held = PageSession(
            account=AccountId(account.id), created_at=session.created_at, last_seen_at=session.last_seen_at
        )
        return held, account_from(account)

    def add(self, token_hash: str, session: PageSession) -> None:
        self.keeper.lock()
        self.session.add(
            PageSessionRow(
                token_hash=token_hash,
                account_id=session.account,
                created_at=session.created_at,
                last_seen_at=session.last_seen_at,
            )
        )
        self.session.flush()

    def end(self, token_hash: str) -> None:
        self.keeper.lock()
        self.session.execute(delete(PageSessionRow).where(PageSessionRow.token_hash == token_hash))

    def end_all(self, account_id: AccountId) -> None:
        self.keeper.lock()
        self.session.execute(delete(PageSessionRow).where(PageSessionRow.account_id == account_id))

    def forget_older(self, *, created_before: datetime, seen_before: datetime) -> None:
        self.keeper.lock()
        over = (PageSessionRow.created_at < created_before) | (PageSessionRow.last_seen_at < seen_before)
        self.session.execute(delete(PageSessionRow).where(over))


@dataclass
class SqlSignInFailures:
    session: Session
    keeper: Keeper

    def of(self, subject_hash: str) -> Failures | None:
        row = self.session.get(SignInFailureRow, subject_hash)
        return None if row is None else Failures(n=row.n_failures, last_at=row.last_at)

    def put(self, subject_hash: str, failures: Failures) -> None:
        self.keeper.lock()
        self.session.merge(SignInFailureRow(subject_hash=subject_hash, n_failures=failures.n, last_at=failures.last_at))
        self.session.flush()

    def forget(self, subject_hash: str) -> None:
        self.keeper.lock()
        self.session.execute(delete(SignInFailureRow).where(SignInFailureRow.subject_hash == subject_hash))

    def forget_older(self, than: datetime) -> None:
        self.keeper.lock()
        self.session.execute(delete(SignInFailureRow).where(SignInFailureRow.last_at < than))
