"""What callers write is in no line of a real server's log, and after an erase in no file of its store."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from api.bench.processes import matcher_serve
from api.bootstrap import build_registry
from api.settings import Settings
from matcher.domain.accounts import OPERATOR, Role
from matcher.domain.ids import CarrierId
from matcher.services.create_account import NewAccount
from tests.accounts import NOW, PASSWORD

MARK = "Marzipan7Plum"  # in everything that a caller writes
READY_WITHIN_S = 60
CARRIER = "cn001"
MARKED = {
    "Accept-Language": f"de, {MARK}",
    "User-Agent": MARK,
    "Referer": f"http://a/{MARK}",
    "If-None-Match": f'"{MARK}"',
}


@dataclass
class Caller:
    """Asks the server as somebody, with the mark in every header that may hold anything."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        kind = {"Content-Type": "application/json"} if content is not None else {}
        connection.request(method, path, content, MARKED | kind | self.headers | headers)
        answer = connection.getresponse()
        told = answer.read()
        connection.close()
        self.statuses.append(answer.status)
        assert answer.status < 500, told
        return json.loads(told) if answer.headers.get_content_subtype().endswith("json") else told


def a_key(folder: Path, login: str, role: Role, carrier: str | None = None) -> str:
    with build_registry(Settings(data_dir=folder)) as registry:
        wanted = NewAccount(login=login, role=role, carrier=CarrierId(carrier) if carrier else None, password=PASSWORD)
        account = registry.identity.create_account(OPERATOR, wanted, now=NOW).account
        issued = registry.identity.issue_key(
            OPERATOR, account_id=account.id, name=f"key of {login}", scopes=None, expires_at=None, now=NOW
        )
    return issued.written


@contextmanager
def a_server(folder: Path, log: Path) -> Iterator[int]:
    """Its port; it has stopped in order at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"MATCHER_DATA_DIR": str(folder), "MATCHER_LOG_LEVEL": "debug", "OMP_NUM_THREADS": "1"}
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*matcher_serve(), "--port", str(port)], env=os.environ | settings, stdout=file, stderr=file
        )
    try:
        for _ in range(READY_WITHIN_S * 10):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except ConnectionRefusedError:  # models load first
                time.sleep(0.1)
                assert process.poll() is None, log.read_text()
            else:
                break
        yield port
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()


def files_with_the_mark(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("matcher.db*") if MARK.lower().encode() in path.read_bytes().lower()]


def a_startup(**changes: Any) -> dict[str, Any]:
    text = f"We develop cardiac catheters and need a cleanroom. {MARK} " + f"Our recipe {MARK} is new. " * 300
    return {"name": f"{MARK} Ltd.", "contact": f"{MARK}@example.org", "text": text, "districts": [MARK], **changes}


def ask_everything_as_a_startup(owner: Caller) -> str:
    """The id of the startup that is left."""
    startup = owner("POST", "/v1/startups", a_startup(), **{"Idempotency-Key": MARK})["id"]
    owner("PATCH", f"/v1/startups/{startup}", {"name": f"New {MARK}"}, **{"If-Match": "*"})
    owner("PATCH", f"/v1/startups/{startup}", {"name": f"New {MARK}"}, **{"If-Match": f'"{MARK}"'})
    owner("GET", f"/v1/startups/{startup}/recommendations")
    owner("GET", f"/v1/startups?name={MARK}&cursor={MARK}")
    owner("POST", f"/v1/startups/{startup}/consents", {"carrier_id": CARRIER})
    owner("POST", f"/v1/startups/{startup}/consents", {"carrier_id": MARK})
    owner("POST", "/v1/startups", a_startup(text=f"【绝密】{MARK}"))
    owner("POST", "/v1/startups", a_startup(stage=MARK, **{MARK: MARK}))
    csv = f"name,text,stage\n{MARK},We make {MARK}.,stage.seed\n{MARK},{MARK},{MARK}\n".encode()
    owner("POST", "/v1/startups/imports", csv, **{"Content-Type": "text/csv"})
    owner("POST", "/v1/startups/imports?keep_good=true", csv, **{"Content-Type": "text/csv"})
    owner("GET", "/v1/startups/export.csv")
    owner("GET", "/v1/me/export")
    return startup


def ask_everything_as_nobody(nobody: Caller) -> None:
    nobody("POST", "/v1/recommendations", {"text": f"We build welding robots. {MARK}"})
    nobody("POST", "/v1/recommendations", {"text": "We build robots.", "stage": MARK, MARK: MARK})
    nobody("POST", "/v1/recommendations", b'{"text": "%s' % MARK.encode())
    nobody("POST", "/v1/recommendations", b"text=%s" % MARK.encode(), **{"Content-Type": f"text/{MARK}"})
    nobody("POST", "/v1/session", {"login": MARK, "password": MARK})
    nobody("POST", "/v1/feedback", {"request_id": MARK, "carrier_id": MARK, "kind": "click"})
    nobody("GET", f"/v1/carriers?name={MARK}&{MARK}={MARK}")
    nobody("GET", f"/v1/carriers/{MARK}?lang={MARK}")
    nobody("GET", f"/{MARK}?{MARK}")
    nobody(MARK.upper(), f"/{MARK}")
    nobody("GET", "/v1/session", Authorization=f"Bearer mk_{MARK}_{MARK}")
    nobody("GET", "/v1/session", Cookie=f"__Host-matcher={MARK}", Origin=f"http://{MARK}")


def ask_everything_as_staff(staff: Caller) -> None:
    leads = staff("GET", f"/v1/carriers/{CARRIER}/leads")["leads"]
    shown = [lead for lead in leads if MARK in str(lead.get("name"))]
    assert shown
    path = f"/v1/carriers/{CARRIER}/leads/{shown[0]['id']}"
    staff("GET", path)
    staff("PATCH", path, {"next_action": f"Call {MARK}"}, **{"If-Match": "*"})
    staff("POST", f"{path}/steps", {"status": "contacted", "note": f"{MARK} called"}, **{"If-Match": "*"})
    staff("POST", f"{path}/steps", {"status": MARK}, **{"If-Match": "*"})
    staff("GET", f"/v1/carriers/{CARRIER}/leads/{MARK}?status={MARK}")


def test_what_callers_write_is_in_no_log_and_after_an_erase_in_no_file(filled_folder, tmp_path) -> None:
    keys = {
        "owner": a_key(filled_folder, f"lab.{MARK.lower()}", Role.STARTUP),
        "staff": a_key(filled_folder, "lin", Role.STAFF, CARRIER),
    }
    log = tmp_path / "server.log"
    with a_server(filled_folder, log) as port:
        owner, staff = (Caller(port, {"Authorization": f"Bearer {key}"}) for key in keys.values())
        ask_everything_as_nobody(Caller(port))
        startup = ask_everything_as_a_startup(owner)
        ask_everything_as_staff(staff)
        owner("DELETE", f"/v1/startups/{startup}?erase=true")
        owner("DELETE", "/v1/me", {"password": MARK, "confirm": MARK})
        assert files_with_the_mark(filled_folder)

        owner("DELETE", "/v1/me", {"password": PASSWORD, "confirm": f"lab.{MARK.lower()}"})

        assert owner.statuses[-3:] == [204, 422, 204]
        left = files_with_the_mark(filled_folder)
        staff("GET", f"/v1/carriers/{CARRIER}/leads")

    assert (left, files_with_the_mark(filled_folder)) == ([], [])
    written = log.read_text()
    assert written.count('"event":"request"') > 30
    assert '"event":"retention"' in written  # the job of the day has looked through the store
    assert MARK.lower() not in written.lower()
    assert [name for name, key in keys.items() if key in written] == []
