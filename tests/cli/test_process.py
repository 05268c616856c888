"""The program as it is started: exit codes, pipes, and what is loaded before it is needed."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

MATCHER = Path(sys.executable).with_name("matcher")
LOADED = """
import sys
from api.cli import app
app({arguments!r}, standalone_mode=False)
print(*sorted(sys.modules), file=sys.stderr)
"""


def matcher(*arguments: str, data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MATCHER, *arguments],
        env={
            **os.environ,
            "MATCHER_DATA_DIR": str(data_dir),
            "LC_ALL": "C.UTF-8",
            "LC_MESSAGES": "",
            "LANG": "",
            "MATCHER_LANGUAGE": "",
            **environment,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def loaded_by(*arguments: str, data_dir: Path) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", LOADED.format(arguments=list(arguments))],
        env={**os.environ, "MATCHER_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in run.stderr.splitlines()[-1].split()}


def test_help_loads_nothing_heavy(tmp_path) -> None:
    heavy = {"numpy", "rich", "pydantic", "sqlalchemy", "onnxruntime", "fastapi", "babel"}

    assert not heavy & loaded_by("--help", data_dir=tmp_path)


def test_a_server_loads_nothing_that_only_training_needs() -> None:
    started = "import sys, api.app, api.commands.first_admin, api.commands.serve; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", started], capture_output=True, text=True, check=True)

    assert not {"lightgbm", "sklearn", "scipy", "torch"} & set(run.stdout.split())


def test_an_answer_needs_neither_torch_nor_a_web_server(filled) -> None:
    heavy = {"torch", "sentence_transformers", "uvicorn", "alembic"}

    assert not heavy & loaded_by("recommend", "We build drones for inspection.", data_dir=filled)


def test_a_pipe_gets_text_without_escape_sequences(filled) -> None:
    run = matcher("recommend", "We build drones for inspection and need a test site.", data_dir=filled)

    assert run.returncode == 0, run.stderr
    assert "\x1b" not in run.stdout
    assert run.stderr == ""


def test_an_error_is_one_sentence_and_no_traceback(filled) -> None:
    run = matcher("carriers", "nobody", data_dir=filled)

    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.strip() == "没有编号为 nobody 的载体。"


def test_wrong_usage_has_its_own_exit_code(tmp_path) -> None:
    assert matcher("recommend", "--no-such-option", data_dir=tmp_path).returncode == 2
    assert matcher("no-such-command", data_dir=tmp_path).returncode == 2


def test_answers_can_be_written_to_standard_output(filled, tmp_path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "only", "text": "We build drones for inspection."}', encoding="utf-8")

    run = matcher("recommend", "--input", str(source), "--output", "/dev/stdout", data_dir=filled)

    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["id"] == "only"


def test_a_full_disk_is_said_in_one_sentence(filled, tmp_path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "only", "text": "We build drones for inspection."}', encoding="utf-8")

    run = matcher("recommend", "--input", str(source), "--output", "/dev/full", "--lang", "en", data_dir=filled)

    assert run.returncode == 2
    assert "The disk is full." in run.stderr
    assert "Traceback" not in run.stderr


def test_the_server_is_ready_before_it_says_so_and_stops_when_asked(filled) -> None:
    server = subprocess.Popen(
        [MATCHER, "serve", "--port", "0"],
        env={**os.environ, "MATCHER_DATA_DIR": str(filled)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = next(found[0] for line in server.stderr if (found := re.findall(r"http://[\d.:]+", line)))
        with urlopen(f"{address}/health/ready", timeout=10) as answer:
            assert answer.status == 200
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)
    assert server.returncode == 0
