"""The first start of a server, as who runs it sees it: a password on the terminal, and addresses that count."""

import json
import os
import re
import socket
import subprocess
import time
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from api.bench.processes import matcher_serve
from tests.http.conftest import ENDPOINT

READY_WITHIN_S = 60


@pytest.fixture
def server(filled_folder):
    """A server that trusts a proxy on this machine and lets one recommendation a minute through."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"MATCHER_TRUSTED_PROXIES": "127.0.0.1", "MATCHER_ASKS_PER_MINUTE": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [*matcher_serve(), "--port", str(port), "--lang", "en"],
        env=os.environ | {"MATCHER_DATA_DIR": str(filled_folder)} | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def post(address: str, body: dict, **headers: str) -> tuple[int, str]:
    request = Request(address, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
    try:
        with urlopen(request, timeout=30) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_the_first_start_prints_a_password_that_lets_in_and_trusts_the_named_proxy_alone(server) -> None:
    process, address = server
    for _ in range(READY_WITHIN_S * 10):
        assert process.poll() is None
        try:
            urlopen(f"{address}/health/ready", timeout=30).close()
            break
        except (URLError, ConnectionError):
            time.sleep(0.1)

    asks = [post(address + ENDPOINT, {"text": ""}, **{"X-Forwarded-For": f"192.0.2.{n}"})[0] for n in (1, 2, 1)]
    assert asks == [422, 422, 429]

    heading, password = process.stdout.readline(), process.stdout.readline().strip()
    assert heading == "Password of admin, shown this once:\n"
    assert re.fullmatch(r"[A-Za-z0-9_-]{20}", password)
    status, answer = post(f"{address}/v1/session", {"login": "admin", "password": password})
    assert (status, json.loads(answer)["account"]["role"]) == (200, "admin")

    process.terminate()
    more, log = process.communicate(timeout=30)
    assert password not in more + log
