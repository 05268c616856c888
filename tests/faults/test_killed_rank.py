"""`matcher rank --keep` is killed or interrupted at any moment; in the end there is what an undisturbed run gives."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.networks import Files, write_network

MATCHER = Path(sys.executable).with_name("matcher")
N_KILLS, WITHIN_S = 2, 60


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return write_network(tmp_path_factory.mktemp("network"), n_startups=300)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return os.environ | one_thread | {"MATCHER_DATA_DIR": str(tmp_path_factory.mktemp("var"))}


@pytest.fixture(scope="module")
def model(files: Files, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "new"
    command = [str(MATCHER), "train", *files.options, "--until", "2016", "--out", str(folder)]
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return folder


def rank(files: Files, model: Path, out: Path, *options: str) -> list[str]:
    asked = ["--model", str(model), "--until", "2016", "--out", str(out), "--lang", "en"]
    return [str(MATCHER), "rank", *files.options, *asked, *options]


def begin(command: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def wait_for_vectors(process: subprocess.Popen[str], keep: Path, n_bytes: int) -> int:
    """Until the file of vectors is larger than this, or the process has ended; how large it is."""
    until = time.monotonic() + WITHIN_S
    while True:
        size = sum(path.stat().st_size for path in (keep / "vectors").glob("*.bin"))
        if size > n_bytes or process.poll() is not None:
            return size
        assert time.monotonic() < until
        time.sleep(0.005)


def test_kills_while_texts_are_read_change_no_byte(files, model, environment, tmp_path) -> None:
    plain, out, keep = tmp_path / "plain.csv", tmp_path / "run.csv", tmp_path / "kept"
    subprocess.run(rank(files, model, plain), env=environment, capture_output=True, check=True)
    sizes = [0]
    for _ in range(N_KILLS):
        process = begin(rank(files, model, out, "--keep", str(keep)), environment)
        sizes.append(wait_for_vectors(process, keep, sizes[-1]))
        process.kill()
        process.communicate()
    assert not out.exists()
    assert sizes == sorted(set(sizes))  # each went on where the one before was

    done = subprocess.run(
        rank(files, model, out, "--keep", str(keep)), env=environment, capture_output=True, check=True
    )

    assert done.returncode == 0
    assert out.read_bytes() == plain.read_bytes()


def test_an_interrupted_run_says_so_and_leaves_no_half_file(files, model, environment, tmp_path) -> None:
    keep = tmp_path / "kept"
    process = begin(rank(files, model, tmp_path / "run.csv", "--keep", str(keep)), environment)
    wait_for_vectors(process, keep, 0)

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=WITHIN_S)

    assert process.returncode == 130, said
    assert "The run was stopped while the texts were read." in " ".join(said.split())
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
