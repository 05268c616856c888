"""Several processes behind one address: they count together, see the same facts, and stop together."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from data.unit_of_work import open_store
from matcher.domain.accounts import Account, AccountId, Role
from matcher.domain.startup_records import ReadStartup
from tests.factories import NOW, a_carrier, a_read_profile, a_startup

MATCHER = Path(sys.executable).with_name("matcher")
N_ASKED = 40
N_UNREAD = 6
ANOTHER_READER = "another@1"


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """Of a store that a test may change; its carriers are encoded, and another reader read its startups."""
    folder = shutil.copytree(filled, tmp_path / "var")
    store = open_store(f"sqlite:///{folder / 'matcher.db'}")
    with store.transactions() as uow:
        owner = Account(id=AccountId("owner"), login="owner", role=Role.STARTUP, created_at=NOW)
        uow.accounts.add(owner, "hash")
        taxonomy = uow.vocabulary.load()
        for _ in range(N_UNREAD):
            record = a_startup(owner=owner.id)
            profile = a_read_profile(taxonomy, {"biomed.devices": 0.9})
            read = ReadStartup(
                startup_id=record.id, content_hash="0", reader_id=ANOTHER_READER, read_in="2026-11", profile=profile
            )
            uow.startups.put(record, read)
        uow.commit()
    store.close()
    return folder


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """Of a server with two processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [MATCHER, "serve", "--port", str(port), "--workers", "2"],
        env=os.environ | {"MATCHER_DATA_DIR": str(folder), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(2):
        assert next(line for line in server.stderr if "Application startup complete" in line)
    yield f"http://127.0.0.1:{port}"
    server.send_signal(signal.SIGTERM)
    _, log = server.communicate(timeout=60)
    assert server.returncode in (0, -signal.SIGTERM)
    assert log.count("Application shutdown complete") == 2


def read(url: str) -> str:
    with urlopen(url, timeout=30) as response:
        return response.read().decode()


def is_read_anew(folder: Path) -> bool:
    """Whether the reader of the servers has read all within a minute."""
    store = open_store(f"sqlite:///{folder / 'matcher.db'}")
    end, left = time.monotonic() + 60, N_UNREAD
    while left and time.monotonic() < end:
        with store.transactions() as uow:
            kept = [uow.startups.read(record.id) for record in uow.startups.of(AccountId("owner"))]
        left = sum(read.reader_id == ANOTHER_READER for read in kept)
        time.sleep(0.1)
    store.close()
    return not left


def test_the_figures_are_those_of_all_processes_and_a_change_is_in_each_within_a_second(address, folder) -> None:
    assert is_read_anew(folder), "startups that another reader read"
    for _ in range(N_ASKED):
        read(f"{address}/health/live")
    figures = read(f"{address}/metrics")

    assert re.search(r"^matcher_requests_waiting 0\.0$", figures, re.MULTILINE), "one figure of both processes"
    counted = re.search(r'^matcher_requests_total\{.*route="/health/live".*\} (\S+)$', figures, re.MULTILINE)
    assert counted is not None
    assert float(counted[1]) == N_ASKED

    carrier = a_carrier()
    store = open_store(f"sqlite:///{folder / 'matcher.db'}")
    with store.transactions() as uow:
        uow.carriers.put(carrier)
        uow.commit()
    store.close()
    time.sleep(1.0)

    for _ in range(N_ASKED):
        assert json.loads(read(f"{address}/v1/carriers/{carrier.id}"))["id"] == carrier.id
