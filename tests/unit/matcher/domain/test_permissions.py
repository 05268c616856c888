"""Who may do what, with whose records, and how far a key reaches."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.accounts import NOBODY, OPERATOR, AccountId, Role
from matcher.domain.errors import InvalidField, NotAllowed, SignInNeeded
from matcher.domain.ids import CarrierId
from matcher.domain.permissions import (
    NEVER_WITH_A_KEY,
    PERMISSIONS,
    SCOPES,
    Action,
    Whose,
    checked_scopes,
    may,
    reaches,
    require,
)
from tests.accounts import an_actor

ACTIONS = st.sampled_from(Action)
MINE, OTHER = CarrierId("mine"), CarrierId("other")


def actors() -> dict[Role, object]:
    return {role: an_actor(role=role, carrier=MINE if role is Role.STAFF else None) for role in Role}


def with_key(actor, *scopes: str):
    return replace(actor, scopes=frozenset(scopes) or None, with_key=True)


def test_every_action_is_somebodys() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert all(PERMISSIONS.values())


@given(ACTIONS)
def test_nobody_may_do_anything_that_needs_an_account(action) -> None:
    assert not may(NOBODY, action)
    with pytest.raises(SignInNeeded):
        require(NOBODY, action)


@given(ACTIONS, st.sampled_from(Role))
def test_the_table_decides_and_the_words_tell_nothing_else(action, role) -> None:
    actor = actors()[role]
    if role in PERMISSIONS[action]:
        assert require(actor, action) == actor.account
    else:
        with pytest.raises(NotAllowed) as raised:
            require(actor, action)
        assert str(raised.value) == "This account may not do this."


def test_neither_office_nor_administrator_reads_what_a_startup_wrote() -> None:
    for action in (Action.READ_STARTUP, Action.LIST_STARTUPS, Action.EXPORT_STARTUPS, Action.READ_LEAD_TEXT):
        assert {Role.OFFICE, Role.ADMIN}.isdisjoint(PERMISSIONS[action])


@given(ACTIONS, st.sampled_from(Role))
def test_a_permission_reaches_the_records_that_the_table_names(action, role) -> None:
    actor = actors()[role]
    whose = PERMISSIONS[action].get(role)

    assert reaches(actor, action, owner=actor.account) == (whose in (Whose.OWN, Whose.ANY))
    assert reaches(actor, action, owner=AccountId("another")) == (whose is Whose.ANY)
    assert reaches(actor, action, carrier=MINE) == (whose is Whose.ANY or (whose is Whose.OWN_CARRIER))
    assert reaches(actor, action, carrier=OTHER) == (whose is Whose.ANY)
    assert reaches(actor, action) == (whose is Whose.ANY)


def test_the_command_line_may_what_an_administrator_may() -> None:
    assert may(OPERATOR, Action.MANAGE_ACCOUNTS)
    assert not may(OPERATOR, Action.READ_STARTUP)


# Keys


@given(st.sampled_from(sorted(SCOPES)), ACTIONS)
def test_a_key_may_do_what_one_of_its_scopes_names_alone_or_as_a_group(scope, action) -> None:
    for actor in actors().values():
        named = action in (scope,) or action.startswith(f"{scope}.")
        expected = may(actor, action) and named and action not in NEVER_WITH_A_KEY

        assert may(with_key(actor, scope), action) == expected


@given(ACTIONS)
def test_a_key_without_scopes_may_what_its_role_may_but_for_what_no_key_may(action) -> None:
    for actor in actors().values():
        assert may(with_key(actor), action) == (may(actor, action) and action not in NEVER_WITH_A_KEY)


def test_scopes_beyond_the_role_are_not_given() -> None:
    assert checked_scopes(Role.STARTUP, ["startups", "data.export"]) == {"startups", "data.export"}
    for scopes in (["accounts"], ["leads.see"], ["keys"], ["account.password"], ["nonsense"], []):
        with pytest.raises(InvalidField) as raised:
            checked_scopes(Role.STARTUP, scopes)
        assert raised.value.field == "scopes"


@pytest.mark.parametrize("role", Role)
def test_every_scope_that_is_offered_gives_something(role) -> None:
    actor = actors()[role]
    with pytest.raises(InvalidField) as raised:
        checked_scopes(role, ["nonsense"])

    offered = raised.value.message.params["scopes"]

    assert checked_scopes(role, offered) == set(offered)
    assert all(any(may(with_key(actor, scope), action) for action in Action) for scope in offered)
