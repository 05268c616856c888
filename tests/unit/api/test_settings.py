"""Configuration from the environment."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from api.settings import Settings


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MATCHER_{name.upper()}", raising=False)


def test_a_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_DATA_DIR", "elsewhere")
    monkeypatch.setenv("MATCHER_PORT", "9000")

    settings = Settings()

    assert settings.data_dir == Path("elsewhere")
    assert settings.port == 9000
    assert settings.store_url == "sqlite:///elsewhere/matcher.db"


def test_a_database_url_replaces_the_file_in_the_data_folder() -> None:
    assert Settings(database_url="postgresql+psycopg:///matcher").store_url == "postgresql+psycopg:///matcher"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_ENCODER", "")

    assert Settings().encoder is None


@pytest.mark.parametrize(("name", "value"), [("PORT", "70000"), ("LANGUAGE", "fr"), ("LOG_LEVEL", "loud")])
def test_a_setting_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MATCHER_{name}", value)

    with pytest.raises(ValidationError, match=name.lower()):
        Settings()
