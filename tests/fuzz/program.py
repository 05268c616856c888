"""A server of ours asked by Schemathesis: requests made up from the OpenAPI document, right ones and wrong ones."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from api.bench.processes import matcher_serve, served
from api.bootstrap import build_registry
from api.services import RegistryServices
from api.settings import Settings
from matcher.domain.accounts import Account, Role, actor_of
from matcher.domain.ids import CarrierId
from matcher.domain.tokens import csrf_token
from tests.accounts import PASSWORD, make_account
from tests.security.estate import CARRIER, Headers

CONFIG = Path(__file__).with_name("schemathesis.toml")
CSRF = "X-CSRF-Token"
NOBODY = "nobody"
KEYS = tuple(role.value for role in Role)
PAGES = ("startup with a page", "admin with a page")
CALLERS = (NOBODY, *(one for one in KEYS if one != "admin"), *PAGES, "admin")  # who changes accounts comes last
SIGNS_OUT = ("signOut", "changePassword", "resetPassword")  # the rest of a page's requests would be nobody's
SERVER = {
    "MATCHER_ASKS_PER_MINUTE": "0",
    "MATCHER_ACCOUNT_ASKS_PER_MINUTE": "0",
    "OMP_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Target:
    """A server on a data folder, in which each caller gets an account when its turn comes."""

    address: str
    folder: Path
    admin: Account  # the only one: the last one cannot be disabled on the way


@dataclass(frozen=True)
class Found:
    """What one caller's requests have shown."""

    caller: str
    n_cases: int
    n_operations: int
    is_complete: bool
    done: frozenset[str]  # operations of which at least one request succeeded
    failures: tuple[str, ...]
    output: str


@contextmanager
def target(folder: Path) -> Iterator[Target]:
    """A server on this data folder.

    Args:
        folder: filled, and nobody else's.
    """
    with build_registry(Settings(data_dir=folder), fill=False) as registry:
        admin = make_account(registry.transactions, role=Role.ADMIN)
    with served(matcher_serve(), SERVER | {"MATCHER_DATA_DIR": str(folder)}) as server:
        yield Target(server.address, folder, admin)


def fuzz(target: Target, caller: str, n_examples: int, seed: int | None = None) -> Found:
    """All checks of Schemathesis, with sequences of requests that follow from each other.

    Args:
        target: is changed by what is asked.
        caller: one of CALLERS.
        n_examples: of each operation, beside those that cover each field's limits.
        seed: of the requests; random where it is left out.
    """
    headers = _headers_of(target, caller)
    report = target.folder / "report.json"
    config = target.folder / "schemathesis.toml"
    config.write_text(CONFIG.read_text(encoding="utf-8") + _signed_in(headers), encoding="utf-8")
    command = [Path(sys.executable).with_name("schemathesis"), "--config-file", config, "run"]
    command += [f"{target.address}/openapi.json", "--checks", "all", "--workers", "1", "--continue-on-failure"]
    command += [
        "--max-examples",
        str(n_examples),
        "--no-shrink",
        "--suppress-health-check",
        "filter_too_much",
        "--report",
        "json",
        "--report-json-path",
        report,
    ]
    if CSRF in headers:
        command += ["--header", f"{CSRF}: {headers[CSRF]}"]
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
    if headers and not _is_still_let_in(target, headers):
        failures.append("the caller was locked out on the way: what came after that has shown nothing")
    return Found(
        caller=caller,
        n_cases=told["test_cases"]["generated"],
        n_operations=told["operations"]["tested"],
        is_complete=told["complete"],
        done=frozenset(
            name for name, phases in told["valid_rates"].items() if any(one["accepted"] for one in phases.values())
        ),
        failures=tuple(failures),
        output=done.stdout,
    )


def _signed_in(headers: Headers) -> str:
    """For the configuration: whoever it is, so that requests without it can be asked too."""
    if "Cookie" in headers:
        return f'\n[auth.openapi.pageSession]\napi_key = "{headers["Cookie"].partition("=")[2]}"\n'
    key = headers.get("Authorization", "").removeprefix("Bearer ")
    return f'\n[auth.openapi.apiKey]\nbearer = "{key}"\n' if key else ""


def _headers_of(target: Target, caller: str) -> Headers:
    """What the caller sends to be who it is; a startup's account has startups to ask for."""
    if caller == NOBODY:
        return {}
    role = Role(caller.partition(" ")[0])
    with build_registry(Settings(data_dir=target.folder), fill=False) as registry:
        account = target.admin if role is Role.ADMIN else _an_account(registry, role)
        key = _key_of(registry, account)
        headers = _page_of(registry, account) if caller in PAGES else key
    if role is Role.STARTUP:
        for name in ("Valves", "Pumps", "Pipes"):
            body = json.dumps({"name": name, "text": f"We make {name} and need a hall."}).encode()
            sent = Request(f"{target.address}/v1/startups", body, {"Content-Type": "application/json", **key})
            urlopen(sent, timeout=30).close()
    return headers


def _an_account(registry: RegistryServices, role: Role) -> Account:
    login = f"{role.value}-{secrets.token_hex(4)}"
    carrier = CarrierId(CARRIER) if role is Role.STAFF else None
    return make_account(registry.transactions, login=login, role=role, carrier=carrier)


def _key_of(registry: RegistryServices, account: Account) -> Headers:
    issued = registry.identity.issue_key(
        actor_of(account), name="a key", scopes=None, expires_at=None, now=datetime.now(UTC)
    )
    return {"Authorization": f"Bearer {issued.written}"}


def _page_of(registry: RegistryServices, account: Account) -> Headers:
    signed_in = registry.identity.sign_in(account.login, PASSWORD, address="192.0.2.1", now=datetime.now(UTC))
    return {"Cookie": f"__Host-matcher={signed_in.token}", CSRF: csrf_token(signed_in.token)}


def _report(file: Path, done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    if not file.exists():
        raise SystemExit(f"Schemathesis has not run: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    file.unlink()
    return told


def _is_still_let_in(target: Target, headers: Headers) -> bool:
    try:
        with urlopen(Request(f"{target.address}/v1/session", headers=headers), timeout=30):
            return True
    except HTTPError:
        return False
