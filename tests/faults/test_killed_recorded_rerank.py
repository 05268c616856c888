"""A recorded run is killed, interrupted, doubled or out of room: what is served is always the last whole one."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from data.unit_of_work import open_store
from matcher.domain.run_records import RunRecord, RunState
from tests.batch import fill_with_startups
from tests.faults.test_killed_rerank import MATCHER, ONE_THREAD, WITHIN_S

pytest.importorskip("pyarrow")

N_STARTUPS = 400
BLOCKS = ("--scope", "all", "--block", "8", "--lang", "en")


@pytest.fixture(scope="module")
def crowded(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(copytree(filled_store, tmp_path_factory.mktemp("recorded") / "var"))
    fill_with_startups(folder, N_STARTUPS)
    return folder


@pytest.fixture
def home(crowded: Path, tmp_path: Path) -> Path:
    return Path(copytree(crowded, tmp_path / "var"))


def begin(home: Path, *options: str, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(MATCHER), "rerank", *BLOCKS, *options],
        env=os.environ | ONE_THREAD | {"MATCHER_DATA_DIR": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
    )


def runs(home: Path) -> list[RunRecord]:
    """Newest first."""
    store = open_store(f"sqlite:///{home / 'matcher.db'}")
    with store.transactions() as uow:
        found = uow.runs.latest(9)
    store.close()
    return found


def wait_for_blocks(process: subprocess.Popen[str], home: Path, n: int) -> None:
    until = time.monotonic() + WITHIN_S
    while process.poll() is None and len(list((home / "rerank" / "blocks").glob("b*.parquet"))) < n:
        assert time.monotonic() < until
        time.sleep(0.002)


def test_a_killed_run_is_gone_on_with_under_its_record_and_then_given_up_for_a_new_one(home) -> None:
    for n_blocks in (3, 6, 9):
        process = begin(home)
        wait_for_blocks(process, home, n_blocks)
        process.kill()
        process.communicate()
    [killed] = runs(home)
    assert (killed.state, killed.attempts, killed.is_served) == (RunState.RUNNING, 3, False)

    process = begin(home)
    _, said = process.communicate(timeout=WITHIN_S)

    assert process.returncode == 0, said
    whole, given_up = runs(home)
    assert (given_up.id, given_up.state) == (killed.id, RunState.FAILED)
    assert str(given_up.failure) == "The run was interrupted 3 times."
    assert (whole.state, whole.is_served, whole.figures["n_startups"]) == (RunState.DONE, True, N_STARTUPS)
    assert whole.figures["n_blocks_reused"] >= 9


def test_a_second_run_of_the_same_store_is_refused_and_an_interrupted_one_is_told_as_stopped(home) -> None:
    first = begin(home)
    wait_for_blocks(first, home, 1)
    first.send_signal(signal.SIGSTOP)
    try:
        second = begin(home)
        _, said = second.communicate(timeout=WITHIN_S)
    finally:
        first.send_signal(signal.SIGCONT)
    assert (second.returncode, "Another run is going on" in " ".join(said.split())) == (2, True)

    first.send_signal(signal.SIGINT)
    first.communicate(timeout=WITHIN_S)

    [stopped] = runs(home)
    assert (first.returncode, stopped.state, stopped.is_served) == (130, RunState.STOPPED, False)


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files")
def test_where_there_is_no_room_for_the_lists_the_last_run_stays_served(home) -> None:
    first = begin(home)
    _, said = first.communicate(timeout=WITHIN_S)
    assert first.returncode == 0, said
    [last] = runs(home)

    def no_large_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    process = begin(home, "-k", "30", "--block", "40", limit=no_large_files)
    _, said = process.communicate(timeout=WITHIN_S)

    assert process.returncode == 2, said
    assert "disk is full" in " ".join(said.split())
    newest, before = runs(home)
    assert (before.id, before.is_served, before.lists_kept) == (last.id, True, True)
    assert (newest.is_served, newest.lists_kept) == (False, False)
    assert newest.state in (RunState.FAILED, RunState.RUNNING)  # where there was no room to write that it failed
