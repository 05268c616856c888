"""Sums that an executor computes while a worker of it is killed: `python -m tests.integration.lossy KIND FOLDER`."""

import os
import signal
import sys
from pathlib import Path

import numpy as np

from api.executor_kinds import ExecutorKind
from api.executors import executor_of

N_TASKS = 12


def work(shared: dict[str, object], task: int) -> int:
    """The sum of the first numbers; the first who comes to the fifth task is killed in the midst of it."""
    died = Path(str(shared["folder"])) / "died"
    if task == 5 and not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    numbers = shared["numbers"]
    assert isinstance(numbers, np.ndarray)
    assert not numbers.flags.writeable  # one copy for all
    return int(numbers[:task].sum())


def main(kind: str, folder: str) -> None:
    shared = {"folder": folder, "numbers": np.arange(100_000)}
    executor = executor_of(ExecutorKind(kind), 2)
    done = dict(executor.run(work, shared, iter(range(N_TASKS))))
    sys.stdout.write(repr(sorted(done.items())))


if __name__ == "__main__":
    main(*sys.argv[1:])
