"""All that is kept about an account can be taken along and erased, on a real store; nothing is forgotten."""

import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from sqlalchemy import update

from api.personal_export import export_json
from data.personal.kept import KEPT
from data.seed import read_seed, seed_folder
from data.tables import StartupRow
from data.unit_of_work import Store, open_store
from matcher.domain.accounts import NOBODY, OPERATOR, Role, actor_of
from matcher.domain.errors import (
    AccountNotFound,
    InvalidField,
    NotAllowed,
    Outdated,
    SignInNeeded,
    SignInRefused,
    StartupNotFound,
    TooMany,
)
from matcher.domain.ids import StartupId
from matcher.domain.imports import FileRow, ReadFile
from matcher.domain.startup_records import ReadStartup
from matcher.services.erase import EraseAccount, EraseStartup
from matcher.services.export_my_data import ExportMyData
from matcher.services.import_startups import ImportStartups
from matcher.services.register_startup import RegisterStartup
from matcher.services.sign_in import SignIn
from tests.accounts import LIMITS, NOW, PASSWORD, CountingPasswords, make_account, new_secret
from tests.factories import a_draft, a_read_profile, a_registry
from tests.personal import an_owner, everything, fill, tables_with

MINE, OTHERS = "marzipan", "nougat"
SECTIONS = [kept.section for kept in KEPT if kept.section is not None]
MY_STARTUP = StartupId(f"startup-of-{MINE}")
VOCABULARY = read_seed(seed_folder()).vocabulary


def read_of(startup_id: StartupId) -> ReadStartup:
    profile = a_read_profile(VOCABULARY, {"biomed.devices": 0.9})
    return ReadStartup(
        startup_id=startup_id, content_hash="hash", reader_id="reader@1", read_in="2026-11", profile=profile
    )


def with_two_accounts(url: str) -> None:
    store = open_store(url)
    store.migrate()
    fill(store, OTHERS)
    fill(store, MINE)
    store.close()


@pytest.fixture
def url(database):
    return database.copy("two accounts with everything", with_two_accounts)


@pytest.fixture
def store(url):
    store = open_store(url)
    yield store
    store.close()


@pytest.fixture
def actor():
    """Owns one row of everything in the store; another account does too."""
    return an_owner(MINE)


def exported(store, actor, **options) -> dict:
    with ExportMyData(store.transactions)(actor, now=NOW, **options) as sections:
        return orjson.loads(b"".join(export_json(sections, now=NOW)))


def an_erase(store, **changes) -> EraseAccount:
    given = {"transactions": store.transactions, "hasher": CountingPasswords(), "scrub": store.scrub}
    return EraseAccount(**given, **changes)


def erase_mine(store, actor) -> None:
    an_erase(store).own(actor, password=PASSWORD, confirm=f"login-of-{MINE}", now=NOW)


def erase_startup(store, actor, startup_id=MY_STARTUP, expected=None) -> None:
    EraseStartup(transactions=store.transactions, scrub=store.scrub)(actor, startup_id, expected=expected)


# Taken along


def test_an_export_has_every_kind_of_thing_that_is_kept(store, actor) -> None:
    mine = exported(store, actor)

    assert list(mine) == ["form", "exported_at", *SECTIONS]
    assert {section: len(mine[section]) for section in SECTIONS if len(mine[section]) != 1} == {
        "audit": 2,  # the second says that it was exported
        "audit_of_mine": 2,
    }


def test_an_export_has_what_was_written_and_what_was_read_of_it(store, actor) -> None:
    mine = exported(store, actor)

    assert mine["account"][0]["login"] == f"login-of-{MINE}"
    [startup] = mine["startups"]
    assert (startup["name"], startup["contact"]) == (f"Name of {MINE}", f"mail of {MINE}")
    assert startup["created_at"] == "2026-11-24T12:00:00+00:00"
    assert mine["profiles"][0]["profile"] == {"evidence": f"recipe of {MINE}"}
    assert mine["profiles"][0]["vector"] == [1.0, 0.0]
    assert mine["leads"][0]["status"] == "contacted"


def test_an_export_has_nothing_of_others_and_no_secret(store, actor) -> None:
    mine = exported(store, actor)
    text = orjson.dumps(mine).decode()

    assert OTHERS not in text
    assert "Note on" not in repr(mine["lead_steps"])  # a carrier's own
    for row in everything(store)["api_keys"] + everything(store)["page_sessions"] + everything(store)["accounts"]:
        secrets = [value for name, value in row.items() if name.endswith("_hash") and value]
        assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize(("by_operator", "account"), [(False, f"account-of-{MINE}"), (True, None)])
def test_an_export_is_written_down_for_the_owner(store, actor, by_operator, account) -> None:
    exported(store, actor, by_operator=by_operator)

    [entry] = [row for row in everything(store)["audit_entries"] if row["event"] == "startup.exported"]
    assert (entry["startup_id"], entry["account_id"]) == (MY_STARTUP, account)


def test_an_export_of_an_account_without_anything_is_whole(store) -> None:
    account = make_account(store.transactions)

    mine = exported(store, actor_of(account))

    assert [section for section in SECTIONS if mine[section]] == ["account"]


def test_who_has_not_signed_in_or_is_gone_gets_no_export(store, actor) -> None:
    with pytest.raises(SignInNeeded):
        exported(store, NOBODY)
    erase_mine(store, actor)
    with pytest.raises(AccountNotFound):
        exported(store, actor)


# Erased


def test_nothing_in_any_table_tells_of_an_account_that_was_erased(store, actor) -> None:
    assert len(tables_with(store, MINE)) > 10

    erase_mine(store, actor)

    assert tables_with(store, MINE) == []


def test_an_erase_takes_nothing_from_others(store, actor) -> None:
    before = {name: [row for row in rows if OTHERS in repr(row)] for name, rows in everything(store).items()}

    erase_mine(store, actor)

    after = {name: [row for row in rows if OTHERS in repr(row)] for name, rows in everything(store).items()}
    assert after == before


def test_of_who_saw_and_corrected_what_only_the_deed_stays(store, actor) -> None:
    erase_mine(store, actor)

    rows = everything(store)
    assert [row["account_id"] for row in rows["audit_entries"] if row["startup_id"] is None] == [None]
    assert [row["made_by"] for row in rows["carrier_history"]] == [f"account-of-{OTHERS}", None]


def test_a_startup_goes_with_all_that_hangs_on_it_and_the_account_stays(store, actor) -> None:
    erase_startup(store, actor)

    mine = exported(store, actor)
    left = ["account", "keys", "sessions", "corrections", "audit_of_mine", "runs_of_mine"]
    assert [section for section in SECTIONS if mine[section]] == left
    assert "recipe" not in orjson.dumps(mine).decode()


def test_every_process_is_told_that_a_startup_was_erased(store, actor) -> None:
    with store.transactions() as unit:
        before = unit.startups.changes()

    erase_startup(store, actor)

    with store.transactions() as unit:
        after = unit.startups.changes()
    assert after.erased == after.last > before.last


def test_a_write_that_made_another_startup_is_still_known_by_its_key(store, actor) -> None:
    erase_startup(store, an_owner(OTHERS), StartupId(f"startup-of-{OTHERS}"))

    assert [row["key"] for row in everything(store)["idempotency_keys"]] == [f"write of {MINE}"]


@pytest.mark.parametrize("startup_id", [f"startup-of-{OTHERS}", "none"])
def test_anothers_startup_and_one_that_is_not_there_cannot_be_erased(store, actor, startup_id) -> None:
    with pytest.raises(StartupNotFound, match=f"There is no startup {startup_id}"):
        erase_startup(store, actor, StartupId(startup_id))


def test_an_erase_that_rests_on_an_older_version_is_refused(store, actor) -> None:
    with pytest.raises(Outdated):
        erase_startup(store, actor, expected=7)

    assert f"A secret recipe of {MINE}." in repr(everything(store))


def test_an_account_is_erased_for_who_knows_its_password_and_names_it(store, actor) -> None:
    erase = an_erase(store)
    for given, field in (
        ({"password": "wrong", "confirm": f"login-of-{MINE}"}, "password"),
        ({"password": PASSWORD, "confirm": "yes"}, "confirm"),
    ):
        with pytest.raises(InvalidField) as caught:
            erase.own(actor, now=NOW, **given)
        assert caught.value.field == field
    with pytest.raises(SignInNeeded):
        erase.own(NOBODY, password=PASSWORD, confirm=f"login-of-{MINE}", now=NOW)

    assert exported(store, actor)["startups"]


def test_who_guesses_the_password_has_to_wait(store, actor) -> None:
    for _ in range(5):
        with pytest.raises(InvalidField):
            an_erase(store).own(actor, password="wrong", confirm=f"login-of-{MINE}", now=NOW)

    with pytest.raises(TooMany):
        erase_mine(store, actor)


def test_the_last_administrator_cannot_be_erased(store) -> None:
    last = make_account(store.transactions, role=Role.ADMIN, login="boss")

    with pytest.raises(InvalidField, match="last administrator"):
        an_erase(store).of(OPERATOR, "boss")

    make_account(store.transactions, role=Role.ADMIN)
    an_erase(store).of(OPERATOR, "boss")
    assert tables_with(store, last.id) == []


def test_an_administrator_erases_an_account_at_its_owners_wish(store, actor) -> None:
    with pytest.raises(NotAllowed):
        an_erase(store).of(actor, f"login-of-{OTHERS}")
    with pytest.raises(AccountNotFound):
        an_erase(store).of(OPERATOR, "nobody")

    an_erase(store).of(OPERATOR, f"LOGIN-of-{MINE}")

    assert tables_with(store, MINE) == []


# Erased while something else is going on


class ErasesMeanwhile(CountingPasswords):
    """While it verifies a password, the account is erased."""

    def __init__(self, store) -> None:
        super().__init__()
        self.store = store

    def verifies(self, password_hash: str, password: str) -> bool:
        with self.store.transactions() as unit:
            unit.personal.erase_account(f"account-of-{MINE}")
            unit.commit()
        return super().verifies(password_hash, password)


def test_whose_account_is_erased_while_it_signs_in_is_refused(store) -> None:
    sign_in = SignIn(
        transactions=store.transactions, hasher=ErasesMeanwhile(store), new_secret=new_secret, limits=LIMITS
    )

    with pytest.raises(SignInRefused):
        sign_in(f"login-of-{MINE}", PASSWORD, address="a", now=NOW)


def test_whose_account_is_erased_twice_at_once_is_told_so(store, actor) -> None:
    erase = EraseAccount(transactions=store.transactions, hasher=ErasesMeanwhile(store), scrub=store.scrub)

    with pytest.raises(InvalidField, match="not the current password"):
        erase.own(actor, password=PASSWORD, confirm=f"login-of-{MINE}", now=NOW)


@pytest.mark.parametrize("write", ["register", "import"])
def test_nothing_is_written_for_an_account_that_is_erased_while_its_text_is_read(store, actor, write) -> None:
    def read(wanted, now):
        with store.transactions() as unit:
            unit.personal.erase_account(actor.account)
            unit.commit()
        return [read_of(id) for id, _ in wanted]

    given = {"transactions": store.transactions, "read": read, "new_id": lambda: StartupId("new")}
    file = ReadFile(rows=(FileRow(line=2, values={"name": "A", "text": "B"}),))
    snapshot = a_registry(VOCABULARY)
    take_in = ImportStartups(**given, read_draft=lambda *_: a_draft(), snapshot=lambda: snapshot)
    writes = {
        "register": lambda: RegisterStartup(**given)(actor, a_draft(), now=NOW),
        "import": lambda: take_in(actor, file, keep_good=False, now=NOW),
    }

    with pytest.raises(SignInNeeded):
        writes[write]()

    assert tables_with(store, MINE) == []


# Killed in the middle

HALF_WAY = """
import os, signal, sys
from data.unit_of_work import open_store
store = open_store(sys.argv[1])
with store.transactions() as unit:
    unit.lock()
    unit.personal.erase_account(sys.argv[2])
    if sys.argv[3] == "after":
        unit.commit()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def erase_and_die(url, actor, moment: str) -> None:
    ended = subprocess.run([sys.executable, "-c", HALF_WAY, url, actor.account, moment], check=False)
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_erase_that_is_killed_leaves_all_or_nothing_and_can_be_repeated(url, store, actor, moment) -> None:
    full = everything(store)

    erase_and_die(url, actor, moment)

    again = open_store(url)
    assert tables_with(again, MINE) == [] if moment == "after" else everything(again) == full
    again.close()
    if moment == "before":
        erase_mine(store, actor)
        assert tables_with(store, MINE) == []


# Gone from the disk


def files_with(url: str, word: str) -> list[str]:
    file = Path(url.removeprefix("sqlite:///"))
    return [path.name for path in file.parent.glob(f"{file.name}*") if word.encode() in path.read_bytes()]


def keep_a_long_text(store: Store) -> None:
    """Longer than a page, so that parts of it lie on pages of their own."""
    with store.transactions() as unit:
        unit.lock()
        unit.session.execute(
            update(StartupRow).where(StartupRow.id == MY_STARTUP).values(text=f"The {MINE} recipe. " * 2000)
        )
        unit.commit()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_bytes_of_what_was_erased_are_gone_from_the_files(url, store, actor) -> None:
    keep_a_long_text(store)
    assert files_with(url, MINE)

    erase_mine(store, actor)

    assert files_with(url, MINE) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_while_others_read_the_log_stays_and_is_emptied_later(url, store, actor) -> None:
    with store.engine.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM startups").fetchall()
        erase_mine(store, actor)

        assert not store.scrub()
    assert store.scrub()
    assert files_with(url, MINE) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_a_killed_erase_left_in_the_files_goes_at_the_next_start(url, store, actor) -> None:
    erase_and_die(url, actor, "after")

    again = open_store(url)
    assert again.scrub()
    again.close()

    assert files_with(url, MINE) == []
