"""Who may do what, and with whose records: the one table that says so."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from matcher.domain.accounts import AccountId, Actor, Role
from matcher.domain.errors import InvalidField, NotAllowed, SignInNeeded
from matcher.domain.ids import CarrierId


class Action(StrEnum):
    """What one may do; the word before the dot is the group that a scope may name as a whole."""

    CREATE_STARTUP = "startups.create"
    READ_STARTUP = "startups.read"
    UPDATE_STARTUP = "startups.update"
    WITHDRAW_STARTUP = "startups.withdraw"
    LIST_STARTUPS = "startups.list"
    IMPORT_STARTUPS = "startups.import"
    EXPORT_STARTUPS = "startups.export"
    CORRECT_CARRIER = "carriers.correct"
    READ_CARRIER_HISTORY = "carriers.history"
    IMPORT_CARRIERS = "carriers.import"
    SEE_LEADS = "leads.see"
    READ_LEAD_TEXT = "leads.read"  # of a startup that has consented
    MOVE_LEAD = "leads.move"
    GIVE_CONSENT = "consents.give"
    WITHDRAW_CONSENT = "consents.withdraw"
    LIST_CONSENTS = "consents.list"
    READ_AUDIT = "audit.read"
    RECORD_FEEDBACK = "feedback.record"
    EXPORT_MY_DATA = "data.export"
    ERASE_MY_DATA = "data.erase"
    START_JOBS = "jobs.start"
    READ_COUNTS = "counts.read"  # numbers only, none below five
    MANAGE_ACCOUNTS = "accounts.manage"
    READ_OWN_ACCOUNT = "account.read"
    SET_OWN_PASSWORD = "account.password"
    MANAGE_KEYS = "keys.manage"


class Whose(StrEnum):
    """Which records a permission reaches."""

    OWN = "own"  # of this account
    OWN_CARRIER = "own carrier"
    ANY = "any"


_STARTUP_ONLY = {Role.STARTUP: Whose.OWN}
_STAFF_ONLY = {Role.STAFF: Whose.OWN_CARRIER}
_EACH_ITS_OWN = dict.fromkeys(Role, Whose.OWN)

PERMISSIONS: Mapping[Action, Mapping[Role, Whose]] = {
    Action.CREATE_STARTUP: _STARTUP_ONLY,
    Action.READ_STARTUP: _STARTUP_ONLY,
    Action.UPDATE_STARTUP: _STARTUP_ONLY,
    Action.WITHDRAW_STARTUP: _STARTUP_ONLY,
    Action.LIST_STARTUPS: _STARTUP_ONLY,
    Action.IMPORT_STARTUPS: _STARTUP_ONLY,
    Action.EXPORT_STARTUPS: _STARTUP_ONLY,
    Action.CORRECT_CARRIER: {Role.STAFF: Whose.OWN_CARRIER, Role.ADMIN: Whose.ANY},
    Action.READ_CARRIER_HISTORY: {Role.STAFF: Whose.OWN_CARRIER, Role.ADMIN: Whose.ANY},
    Action.IMPORT_CARRIERS: {Role.ADMIN: Whose.ANY},
    Action.SEE_LEADS: _STAFF_ONLY,
    Action.READ_LEAD_TEXT: _STAFF_ONLY,
    Action.MOVE_LEAD: _STAFF_ONLY,
    Action.GIVE_CONSENT: _STARTUP_ONLY,
    Action.WITHDRAW_CONSENT: _STARTUP_ONLY,
    Action.LIST_CONSENTS: _STARTUP_ONLY,
    Action.READ_AUDIT: _STARTUP_ONLY,
    Action.RECORD_FEEDBACK: {Role.STARTUP: Whose.OWN, Role.STAFF: Whose.OWN_CARRIER},
    Action.EXPORT_MY_DATA: _EACH_ITS_OWN,
    Action.ERASE_MY_DATA: _EACH_ITS_OWN,
    Action.START_JOBS: {Role.OFFICE: Whose.ANY, Role.ADMIN: Whose.ANY},
    Action.READ_COUNTS: {Role.OFFICE: Whose.ANY, Role.ADMIN: Whose.ANY},
    Action.MANAGE_ACCOUNTS: {Role.ADMIN: Whose.ANY},
    Action.READ_OWN_ACCOUNT: _EACH_ITS_OWN,
    Action.SET_OWN_PASSWORD: _EACH_ITS_OWN,
    Action.MANAGE_KEYS: {**_EACH_ITS_OWN, Role.ADMIN: Whose.ANY},
}

# A key that was stolen must not be able to outlive its revocation or to lock its owner out.
NEVER_WITH_A_KEY = frozenset({Action.SET_OWN_PASSWORD, Action.MANAGE_KEYS})

SCOPES = frozenset(action for action in Action) | {action.partition(".")[0] for action in Action}


def may(actor: Actor, action: Action) -> bool:
    """Whether it may do this at all; with whose records, `reaches` says."""
    if actor.role is None or actor.role not in PERMISSIONS[action]:
        return False
    if actor.with_key and action in NEVER_WITH_A_KEY:
        return False
    return actor.scopes is None or not actor.scopes.isdisjoint((action, action.partition(".")[0]))


def require(actor: Actor, action: Action) -> AccountId:
    """Whose account it is that may do this.

    Raises:
        SignInNeeded: nobody has signed in.
        NotAllowed: this role, or this key, may not do it, whosever the record is.
    """
    if actor.account is None:
        raise SignInNeeded("Sign in, or send an API key, to do this.")
    if not may(actor, action):
        raise NotAllowed("This account may not do this.")
    return actor.account


def reaches(actor: Actor, action: Action, *, owner: AccountId | None = None, carrier: CarrierId | None = None) -> bool:
    """Whether it may do this with a record of this owner or of this carrier.

    Where it may not, the record is answered as one that does not exist, in the same words.
    """
    if actor.role is None or not may(actor, action):
        return False
    match PERMISSIONS[action][actor.role]:
        case Whose.ANY:
            return True
        case Whose.OWN:
            return owner is not None and owner == actor.account
        case Whose.OWN_CARRIER:
            return carrier is not None and carrier == actor.carrier


def checked_scopes(role: Role, scopes: Collection[str]) -> frozenset[str]:
    """Scopes for a key of this role.

    Raises:
        InvalidField: one is unknown, gives this role nothing, or may never be given to a key.
    """
    allowed = {action for action, roles in PERMISSIONS.items() if role in roles} - NEVER_WITH_A_KEY
    named = allowed | {action.partition(".")[0] for action in allowed}
    if not scopes or not named.issuperset(scopes):
        raise InvalidField(
            "Scopes of a key for the role {role} are one or more of {scopes}.",
            field="scopes",
            role=role.value,
            scopes=tuple(sorted(str(one) for one in named)),
        )
    return frozenset(str(one) for one in scopes)
