"""What all tests share: a test names what it needs, and a machine that lacks it skips the test, but never in CI."""

import os
from importlib.util import find_spec
from shutil import which

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*names): packages or programs without which the test cannot run")


def pytest_runtest_setup(item: pytest.Item) -> None:
    names = [name for marker in item.iter_markers("needs") for name in marker.args]
    missing = [name for name in names if not (find_spec(name) or which(name))]
    if not missing:
        return
    reason = f"needs {', '.join(missing)}"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; in CI nothing is skipped for want of it", pytrace=False)
    pytest.skip(reason)
