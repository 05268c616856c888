"""Wherever tasks are computed, each gives its result once, and a lost worker costs only time."""

import json
import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from api.executor_kinds import ExecutorKind
from api.executors import LocalExecutor, PoolExecutor, executor_of
from api.shared_file import read_shared, write_shared
from tests.batch import fill_with_startups

MATCHER = Path(sys.executable).with_name("matcher")
AT_MOST_S = 150
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="needs ray")


def double(shared: int, task: int) -> int:
    return shared * task


def fail_at_three(shared: int, task: int) -> int:
    if task == 3:
        raise ValueError("three")
    return task


@pytest.mark.parametrize("executor", [LocalExecutor(), PoolExecutor(2)], ids=["local", "pool"])
def test_each_task_gives_its_result_once(executor) -> None:
    assert sorted(executor.run(double, 3, iter(range(9)))) == [(number, 3 * number) for number in range(9)]
    assert list(executor.run(double, 3, [])) == []


@pytest.mark.parametrize("executor", [LocalExecutor(), PoolExecutor(2)], ids=["local", "pool"])
def test_once_it_is_told_to_stop_nothing_more_is_begun(executor) -> None:
    done: list[int] = []
    begun: list[int] = []

    def tasks():
        for number in range(100):
            begun.append(number)
            yield number

    for task, _ in executor.run(double, 1, tasks(), stop=lambda: len(done) >= 4):
        done.append(task)

    assert 4 <= len(done) < 12
    assert len(begun) - len(done) <= 1


@pytest.mark.parametrize("executor", [LocalExecutor(), PoolExecutor(2)], ids=["local", "pool"])
def test_a_mistake_in_the_work_is_raised_where_it_was_asked_for(executor) -> None:
    with pytest.raises(ValueError, match="three"):
        list(executor.run(fail_at_three, 0, range(6)))


@pytest.mark.parametrize("kind", ["pool", pytest.param("ray", marks=needs_ray)])
def test_a_killed_worker_costs_only_time(tmp_path, kind) -> None:
    command = [sys.executable, "-m", "tests.integration.lossy", kind, str(tmp_path)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=AT_MOST_S, check=False)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "died").exists()
    assert done.stdout == repr([(number, number * (number - 1) // 2) for number in range(12)])


@needs_ray
def test_ray_gives_the_same_bytes_and_leaves_no_process(filled_store, tmp_path) -> None:
    folder = Path(copytree(filled_store, tmp_path / "var"))
    fill_with_startups(folder, 60)
    found = {}
    for kind in ("local", "ray"):
        options = ("--executor", kind, "--block", "9", "--out", str(tmp_path / kind), "--json")
        process = subprocess.Popen(
            [MATCHER, "rerank", *options],
            env=os.environ | {"MATCHER_DATA_DIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            output, said = process.communicate(timeout=AT_MOST_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        assert process.returncode == 0, said.decode()
        found[kind] = json.loads(output)

    assert found["ray"]["n_blocks_computed"] == found["local"]["n_blocks_computed"] > 4
    for name in ("lists", "leads"):
        assert Path(found["ray"][name]).read_bytes() == Path(found["local"][name]).read_bytes()
    assert ended_within(10, process.pid)


def ended_within(seconds: float, session: int) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(_is_of(session, stat) for stat in Path("/proc").glob("[0-9]*/stat")):
            return True
        time.sleep(0.1)
    return False


def _is_of(session: int, stat: Path) -> bool:
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return int(fields[3]) == session and fields[0] != "Z"


def test_an_executor_is_chosen_by_its_kind(tmp_path) -> None:
    assert isinstance(executor_of(ExecutorKind.LOCAL, 2), LocalExecutor)
    assert executor_of(ExecutorKind.POOL, 3, scratch=tmp_path) == PoolExecutor(3, tmp_path)


def test_arrays_in_a_shared_file_are_mapped_and_those_of_other_files_stay_where_they_are(tmp_path) -> None:
    np.save(tmp_path / "there.npy", np.arange(5_000.0))
    mapped = np.load(tmp_path / "there.npy", mmap_mode="r")

    path = write_shared(tmp_path / "shared", {"numbers": np.arange(7_000.0), "mapped": mapped, "half": mapped[2_500:]})
    found = read_shared(path)

    assert (found["numbers"] == np.arange(7_000.0)).all()
    assert not found["numbers"].flags.writeable
    assert isinstance(found["mapped"], np.memmap)
    assert (found["mapped"] == mapped).all()
    assert (found["half"] == mapped[2_500:]).all()
    assert path.stat().st_size < 7_000 * 8 + 2_500 * 8 + 5_000
