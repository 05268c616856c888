"""The form of the log."""

import json
from collections.abc import Iterator

import pytest
import structlog

from api.logs import configure_logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_a_line_is_one_json_object_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")

    structlog.get_logger().info("request", route="/v1/carriers", city="太仓\n")

    out, error = capsys.readouterr()
    assert out == ""
    (line,) = error.splitlines()
    assert {"event": "request", "level": "info", "route": "/v1/carriers", "city": "太仓\n"}.items() <= json.loads(
        line
    ).items()
    assert json.loads(line)["timestamp"].endswith("Z")


def test_what_is_less_important_than_asked_for_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("warning")

    structlog.get_logger().info("request")
    structlog.get_logger().warning("slow")

    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["slow"]
