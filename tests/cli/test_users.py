"""`matcher users` and `matcher keys`: accounts and keys by the command line, and the first administrator."""

import json
import re

import pytest

from tests.cli.conftest import run_in

SECRET = re.compile(r"^mk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", re.MULTILINE)
MADE_PASSWORD = re.compile(r"^[A-Za-z0-9_-]{20}$", re.MULTILINE)


@pytest.fixture(scope="module")
def run_own(tmp_path_factory):
    """On a store of this module's own, in English; the first command makes it."""
    folder = tmp_path_factory.mktemp("users") / "var"
    return lambda *arguments, **options: run_in(folder, *arguments, **options)


def listed(run_own) -> dict[str, dict]:
    return {one["login"]: one for one in json.loads(run_own("users", "list", "--json").stdout)["accounts"]}


def test_the_first_start_prints_the_administrators_password_and_no_later_one_does(first_start, run) -> None:
    _, said = first_start

    assert "Password of admin, shown this once:" in said.stdout
    assert len(MADE_PASSWORD.findall(said.stdout)) == 1
    assert "Password" not in run("init").output
    accounts = json.loads(run("users", "list", "--json").stdout)["accounts"]
    assert [(one["login"], one["role"]) for one in accounts] == [("admin", "admin")]


def test_an_account_is_added_with_a_password_that_is_printed_once(run_own) -> None:
    result = run_own("users", "add", "Lin", "--role", "staff", "--carrier", "cn001")

    assert result.exit_code == 0, result.output
    assert len(MADE_PASSWORD.findall(result.stdout)) == 1
    assert listed(run_own)["lin"]["carrier"] == "cn001"
    assert "cn001" in run_own("users", "list").stdout


def test_a_password_is_read_from_standard_input_and_not_printed(run_own) -> None:
    added = run_own("users", "add", "lab", "--role", "startup", "--password-stdin", input="a long password\n")
    short = run_own("users", "password", "lab", "--password-stdin", input="short\n")
    changed = run_own("users", "password", "lab", "--password-stdin", "--json", input="another long password\n")

    assert (added.exit_code, short.exit_code, changed.exit_code) == (0, 2, 0)
    assert "a long password" not in added.output
    assert "10 to 256" in short.stderr
    assert json.loads(changed.stdout)["password"] is None


def test_a_password_is_no_argument(run_own) -> None:
    for command in (("add", "x1", "--role", "startup"), ("password", "x1")):
        assert run_own("users", *command, "--password", "a long password").exit_code == 2


def test_an_account_is_disabled_and_enabled_again(run_own) -> None:
    run_own("users", "add", "office", "--role", "office")

    assert run_own("users", "disable", "office").exit_code == 0
    assert listed(run_own)["office"]["disabled_at"] is not None
    assert "disabled" in run_own("users", "list").stdout
    assert run_own("users", "enable", "office").exit_code == 0
    assert listed(run_own)["office"]["disabled_at"] is None


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("users", "disable", "nobody-here"), "There is no account nobody-here."),
        (("users", "add", "a b", "--role", "startup"), "A login has"),
        (("users", "add", "s1", "--role", "staff"), "belongs to one carrier"),
        (("users", "add", "s1", "--role", "staff", "--carrier", "nowhere"), "There is no carrier nowhere."),
        (("keys", "list", "nobody-here"), "There is no account nobody-here."),
        (("keys", "revoke", "0000000000000000"), "There is no such key."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(run_own, command, reason) -> None:
    result = run_own(*command)

    assert result.exit_code == 2
    assert reason in result.stderr


def test_a_key_is_printed_once_listed_and_revoked(run_own) -> None:
    run_own("users", "add", "team", "--role", "startup")
    issued = run_own("keys", "issue", "team", "--name", "nightly", "--scope", "startups", "--scope", "data.export")
    [secret] = SECRET.findall(issued.stdout)
    key_id = secret.split("_")[1]

    before = run_own("keys", "list", "team")
    revoked = run_own("keys", "revoke", key_id)
    after = json.loads(run_own("keys", "list", "team", "--json").stdout)["keys"]

    assert key_id in before.stdout
    assert "startups" in before.stdout
    assert secret not in before.stdout
    assert revoked.exit_code == 0
    assert [(one["id"], one["scopes"], one["revoked_at"] is None) for one in after] == [
        (key_id, ["data.export", "startups"], False)
    ]


def test_a_key_may_hold_for_ever_and_its_state_is_said(run_own) -> None:
    run_own("users", "add", "two", "--role", "startup")
    run_own("keys", "issue", "two", "--name", "endless", "--days", "0")
    refused = run_own("keys", "issue", "two", "--name", "wide", "--scope", "accounts")

    shown = run_own("keys", "list", "two").stdout
    assert "valid" in shown
    assert "until" not in shown
    assert refused.exit_code == 2
    assert "Scopes of a key" in refused.stderr
