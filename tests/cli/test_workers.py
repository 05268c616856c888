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
from tests.factories import a_carrier

MATCHER = Path(sys.executable).with_name("matcher")
N_ASKED = 40


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """Of a store that a test may change; its carriers are encoded."""
    return shutil.copytree(filled, tmp_path / "var")


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


def test_the_figures_are_those_of_all_processes_and_a_change_is_in_each_within_a_second(address, folder) -> None:
    for _ in range(N_ASKED):
        read(f"{address}/health/live")
    figures = read(f"{address}/metrics")

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
