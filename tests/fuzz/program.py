"""A server of ours asked by Schemathesis: requests made up from the OpenAPI document, right ones and wrong ones."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from api.bench.processes import matcher_serve, served
from matcher.domain.accounts import Role
from tests.security.estate import CARRIER, Estate, Headers, an_estate

CONFIG = Path(__file__).with_name("schemathesis.toml")
NOBODY = "nobody"
KEYS = tuple(role.value for role in Role)
PAGES = ("startup with a page", "admin with a page")
CALLERS = (NOBODY, *KEYS, *PAGES)
SIGNS_OUT = ("signOut", "changePassword")  # the rest of a page's requests would be nobody's
SERVER = {
    "MATCHER_ASKS_PER_MINUTE": "0",
    "MATCHER_ACCOUNT_ASKS_PER_MINUTE": "0",
    "MATCHER_SECURE_COOKIES": "false",  # it is asked over plain HTTP
    "OMP_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Target:
    """A server, and what each caller sends to be who it is."""

    address: str
    folder: Path
    headers: dict[str, Headers]


@dataclass(frozen=True)
class Found:
    """What one caller's requests have shown."""

    caller: str
    n_cases: int
    n_operations: int
    is_complete: bool
    failures: tuple[str, ...]
    output: str


@contextmanager
def target(folder: Path) -> Iterator[Target]:
    """A server on this data folder, whose accounts have something to be asked for.

    Args:
        folder: filled, and nobody else's.
    """
    with an_estate(folder, secure_cookies=False) as estate:
        headers = _callers(estate)
    with served(matcher_serve(), SERVER | {"MATCHER_DATA_DIR": str(folder)}) as server:
        yield Target(server.address, folder, headers)


def fuzz(target: Target, caller: str, n_examples: int, seed: int | None = None) -> Found:
    """All checks of Schemathesis, with sequences of requests that follow from each other.

    Args:
        target: is changed by what is asked.
        caller: one of CALLERS.
        n_examples: of each operation, beside those that cover each field's limits.
        seed: of the requests; random where it is left out.
    """
    report = target.folder / "report.json"
    command = [Path(sys.executable).with_name("schemathesis"), "--config-file", CONFIG, "run"]
    command += [f"{target.address}/openapi.json", "--checks", "all", "--workers", "1", "--continue-on-failure"]
    command += ["--max-examples", str(n_examples), "--no-shrink", "--report", "json", "--report-json-path", report]
    command += [part for name, value in target.headers[caller].items() for part in ("--header", f"{name}: {value}")]
    if seed is not None:
        command += ["--seed", str(seed)]
    if caller in PAGES:
        command += [part for name in SIGNS_OUT for part in ("--exclude-operation-id", name)]
    done = subprocess.run(
        list(map(str, command)),
        cwd=target.folder,
        env=os.environ | {"COLUMNS": "120"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    told = _report(report, done)
    failures = [f"{one['title']}: {', '.join(one['operations'])}" for one in told["failures"]]
    failures += [str(error) for error in told["errors"]]
    if not _is_still_let_in(target, caller):
        failures.append("the caller was locked out on the way: what came after that has shown nothing")
    return Found(
        caller=caller,
        n_cases=told["test_cases"]["generated"],
        n_operations=told["operations"]["tested"],
        is_complete=told["complete"],
        failures=tuple(failures),
        output=done.stdout,
    )


def _callers(estate: Estate) -> dict[str, Headers]:
    accounts = {role.value: estate.account(role, CARRIER) for role in Role}
    for _ in range(3):
        estate.startup(accounts[Role.STARTUP.value])
    pages = {caller: estate.page(accounts[caller.partition(" ")[0]], cookie="matcher") for caller in PAGES}
    return {NOBODY: {}, **{role: estate.key(account) for role, account in accounts.items()}, **pages}


def _report(file: Path, done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    if not file.exists():
        raise SystemExit(f"Schemathesis has not run: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    file.unlink()
    return told


def _is_still_let_in(target: Target, caller: str) -> bool:
    headers = target.headers[caller]
    if not headers:
        return True
    with urlopen(Request(f"{target.address}/v1/session", headers=headers), timeout=30) as answer:
        return bool(answer.status == 200)
