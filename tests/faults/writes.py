"""Writes of one account; as a program, one of them is done and stops half way: it says so, and waits to be killed.

`python -m tests.faults.writes URL WRITE MOMENT`
"""

import re
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import event

from api.record_services import StartupServices, build_startups
from api.snapshot import RegistrySnapshot
from data.tabular import startups
from data.tabular.reading import read_records
from data.unit_of_work import Store, open_store
from matcher.domain.accounts import Actor, actor_of
from matcher.domain.imports import FileForm
from matcher.domain.startup_records import StartupDraft, StartupFilter
from matcher.domain.startups import Description
from matcher.services.erase import EraseAccount, EraseStartup
from tests.accounts import NOW, PASSWORD, CountingPasswords
from tests.steady_reader import SteadyReader

N_ROWS = 40
LOGIN = "founder"
STARTUP_WRITTEN = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) startups\b")

Write = Callable[..., object]


def startups_of(store: Store) -> StartupServices:
    snapshot = RegistrySnapshot(store.transactions)
    return build_startups(store.transactions, SteadyReader(snapshot().taxonomy), snapshot)


def a_draft(name: str) -> StartupDraft:
    return StartupDraft(name=name, description=Description(text=f"We develop catheters, says {name}."))


def register(store: Store, actor: Actor, name: str = "New", service: Any = None) -> None:
    (service or startups_of(store).register)(actor, a_draft(name), now=NOW)


def _one_of(store: Store, actor: Actor) -> Any:
    return startups_of(store).own.page(actor, StartupFilter()).startups[0]


def update(store: Store, actor: Actor) -> None:
    startups_of(store).update(actor, _one_of(store, actor).id, lambda _: a_draft("Changed"), expected=None, now=NOW)


def withdraw(store: Store, actor: Actor) -> None:
    startups_of(store).withdraw(actor, _one_of(store, actor).id, expected=None, now=NOW)


def take_in(store: Store, actor: Actor) -> None:
    file = "name,text\n" + "".join(f"Row {n},We make valves number {n}.\n" for n in range(N_ROWS))
    read = read_records(file.encode(), FileForm.CSV, startups.COLUMNS)
    startups_of(store).take_in(actor, read, keep_good=False, now=NOW)


def erase_startup(store: Store, actor: Actor) -> None:
    erase = EraseStartup(transactions=store.transactions, scrub=store.scrub)
    erase(actor, _one_of(store, actor).id, expected=None)


def erase_account(store: Store, actor: Actor) -> None:
    erase = EraseAccount(transactions=store.transactions, hasher=CountingPasswords(), scrub=store.scrub)
    erase.own(actor, password=PASSWORD, confirm=LOGIN, now=NOW)


WRITES: Mapping[str, Write] = {
    "register": register,
    "update": update,
    "withdraw": withdraw,
    "import": take_in,
    "erase a startup": erase_startup,
    "erase an account": erase_account,
}


def stop_at(store: Store, moment: str, n_rows: int) -> None:
    """Have this process say `half` and wait: when so many startups have been written, or just before the commit."""
    n_written = 0

    def wait() -> None:
        sys.stdout.write("half\n")
        sys.stdout.flush()
        time.sleep(60)

    def after(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal n_written
        if STARTUP_WRITTEN.match(statement):
            n_written += 1
            if moment == "row" and n_written == n_rows:
                wait()

    def before_commit(_connection: object) -> None:
        if n_written and moment == "commit":
            wait()

    event.listen(store.engine, "after_cursor_execute", after)
    event.listen(store.engine, "commit", before_commit)


def main(url: str, name: str, moment: str) -> None:
    store = open_store(url)
    with store.transactions() as unit:
        account = unit.accounts.by_login(LOGIN)
    assert account is not None
    stop_at(store, moment, N_ROWS // 2 if name == "import" else 1)
    WRITES[name](store, actor_of(account))
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
