"""Image and compose file, as far as they can be checked without a container engine."""

import re
from pathlib import Path

import pytest
import yaml

from api.settings import Settings

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^[a-z]+:\d+\.\d+(\.\d+)?-[a-z-]+$")


@pytest.fixture(scope="module")
def image() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_base_images_are_pinned_by_version(image: str, services: dict) -> None:
    bases = [*re.findall(r"^FROM (\S+)", image, re.MULTILINE), services["database"]["image"]]

    assert [base for base in bases if not PINNED.match(base)] == []


def test_what_is_copied_is_there_and_is_sent_to_the_engine(image: str) -> None:
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", image, re.MULTILINE) for word in line.split()[:-1]]
    sent = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)

    assert copied
    assert set(copied) == set(sent)
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_packages_are_installed_with_the_constraints(image: str) -> None:
    assert re.search(r"pip install .*--constraint constraints\.txt", image)


def test_nobody_is_root_and_health_is_asked(image: str) -> None:
    last_stage = image.rpartition("\nFROM ")[2]

    assert re.search(r"^USER [1-9]\d*$", last_stage, re.MULTILINE)
    assert "/health/ready" in last_stage.partition("HEALTHCHECK")[2]


def test_settings_of_the_container_exist(image: str, services: dict) -> None:
    named = set(re.findall(r"\b(MATCHER_\w+)=", image)) | {
        name for name in services["matcher"]["environment"] if name.startswith("MATCHER_")
    }

    assert named
    assert {name.removeprefix("MATCHER_").lower() for name in named} <= set(Settings.model_fields)


def test_the_password_comes_from_the_environment_and_is_asked_for(services: dict) -> None:
    assert services["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert "matcher:${POSTGRES_PASSWORD:?" in services["matcher"]["environment"]["MATCHER_DATABASE_URL"]


def test_the_engine_waits_longer_than_the_server_needs_to_stop(services: dict) -> None:
    grace = int(services["matcher"]["stop_grace_period"].removesuffix("s"))

    assert grace > Settings.model_fields["stop_seconds"].default


def test_the_service_is_reached_from_its_own_machine_only_and_keeps_its_data(services: dict) -> None:
    assert all(port.startswith("127.0.0.1:") for port in services["matcher"]["ports"])
    assert services["matcher"]["volumes"]
    assert services["database"]["volumes"]
