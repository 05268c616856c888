"""A run over all pairs is killed, interrupted, doubled or out of room; its lists are those of an undisturbed one."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree

import pytest

from tests.batch import fill_with_startups

pytest.importorskip("pyarrow")

MATCHER = Path(sys.executable).with_name("matcher")
N_STARTUPS, N_BLOCKS, N_KILLS = 800, 128, 20  # blocks of about 8, in a power of two
WITHIN_S = 60
OPTIONS = ("--scope", "all", "--block", "8", "--lang", "en")
RAY = ("--executor", "ray", "--workers", "2")
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="needs ray")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@pytest.fixture(scope="module")
def crowded(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(copytree(filled_store, tmp_path_factory.mktemp("crowded") / "var"))
    fill_with_startups(folder, N_STARTUPS)
    return folder


@pytest.fixture(scope="module")
def undisturbed(crowded: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("undisturbed")
    done = subprocess.run(command(out), env=environment(crowded), capture_output=True, text=True, check=True)
    assert f"Ranked {N_STARTUPS} startups and" in done.stdout
    return content(out)


def command(out: Path, *options: str) -> list[str]:
    return [str(MATCHER), "rerank", "--out", str(out), *OPTIONS, *options]


def environment(folder: Path) -> dict[str, str]:
    return os.environ | ONE_THREAD | {"MATCHER_DATA_DIR": str(folder)}


def begin(folder: Path, out: Path, *options: str, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(out, *options),
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
        start_new_session=True,
    )


def wait_for_blocks(process: subprocess.Popen[str], out: Path, n: int) -> None:
    """Until there are so many, or the run has ended."""
    until = time.monotonic() + WITHIN_S
    while process.poll() is None and len(list((out / "blocks").glob("b*.parquet"))) < n:
        assert time.monotonic() < until
        time.sleep(0.002)


def content(out: Path) -> dict[str, str]:
    """What is in the newest lists, byte for byte."""
    current = json.loads((out / "current.json").read_text(encoding="utf-8"))
    folder = out / current["folder"]
    return {name: sha256((folder / name).read_bytes()).hexdigest() for name in ("lists.parquet", "leads.parquet")}


def n_of_group(process: subprocess.Popen[str]) -> int:
    """Processes that this one has started and that still live, itself included."""
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found += int(fields[3]) == process.pid and fields[0] != "Z"
    return found


def wait_until_alone(process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + WITHIN_S
    while n_of_group(process):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_twenty_kills_change_no_byte(crowded, undisturbed, tmp_path) -> None:
    chance = random.Random(1)
    n_left = []
    for _ in range(N_KILLS):
        process = begin(crowded, tmp_path)
        wait_for_blocks(process, tmp_path, (n_left[-1] if n_left else 0) + chance.randrange(1, 5))
        time.sleep(chance.random() * 0.01)
        process.kill()
        process.communicate()
        n_left.append(len(list((tmp_path / "blocks").glob("b*.parquet"))))
        assert not (tmp_path / "current.json").exists() or n_left[-1] == N_BLOCKS

    done = subprocess.run(
        command(tmp_path, "--json"), env=environment(crowded), capture_output=True, text=True, check=True
    )

    assert n_left == sorted(n_left)
    assert len(set(n_left)) > N_KILLS // 2  # they did hit runs at work
    assert json.loads(done.stdout)["n_blocks_computed"] < N_BLOCKS
    assert content(tmp_path) == undisturbed


@pytest.mark.parametrize("options", [(), ("--executor", "pool", "--workers", "2"), pytest.param(RAY, marks=needs_ray)])
def test_an_interrupted_run_says_how_to_go_on_and_leaves_no_process(crowded, undisturbed, tmp_path, options) -> None:
    process = begin(crowded, tmp_path, *options)
    wait_for_blocks(process, tmp_path, 3)

    os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does
    _, said = process.communicate(timeout=WITHIN_S)

    assert process.returncode == 130, said
    assert "The same command goes on where it was." in " ".join(said.split())
    wait_until_alone(process)
    assert not (tmp_path / "current.json").exists()
    subprocess.run(command(tmp_path, *options), env=environment(crowded), capture_output=True, check=True)
    assert content(tmp_path) == undisturbed


def test_workers_of_a_killed_run_end_by_themselves(crowded, tmp_path) -> None:
    process = begin(crowded, tmp_path, "--executor", "pool", "--workers", "2")
    wait_for_blocks(process, tmp_path, 2)

    process.kill()
    process.communicate()

    wait_until_alone(process)


def test_two_runs_at_once_refuse_each_other(crowded, tmp_path) -> None:
    first = begin(crowded, tmp_path)
    wait_for_blocks(first, tmp_path, 1)
    first.send_signal(signal.SIGSTOP)
    try:
        second = subprocess.run(
            command(tmp_path), env=environment(crowded), capture_output=True, text=True, check=False
        )
    finally:
        first.send_signal(signal.SIGCONT)
    first.communicate(timeout=WITHIN_S)

    assert second.returncode == 2
    assert f"process {first.pid}. Wait until it is done, or stop it." in " ".join(second.stderr.split())
    assert first.returncode == 0


def test_on_a_full_disk_the_last_lists_stay(crowded, undisturbed, tmp_path) -> None:
    subprocess.run(command(tmp_path), env=environment(crowded), capture_output=True, check=True)

    def no_large_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    process = begin(crowded, tmp_path, "--block", "800", "--fresh", limit=no_large_files)
    _, said = process.communicate(timeout=WITHIN_S)

    assert process.returncode == 2, said
    assert "The disk is full; the lists of the last run are as they were." in " ".join(said.split())
    assert content(tmp_path) == undisturbed
    assert not list(tmp_path.glob("**/.unfinished-*"))
