"""All configuration: environment variables that begin with MATCHER_, read once at the start."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from matcher.domain.messages import Language
from matcher.domain.retention import LONGEST_DAYS, SHORTEST_DAYS

DATABASE_FILE = "matcher.db"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="MATCHER_", env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Field(default=Path("var"), description="Folder for everything that is kept: database, vectors.")
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL of the store; by default an SQLite file in the data folder."
    )
    encoder: str | None = Field(
        default=None,
        description="Folder or hub name of a Sentence Transformers model; by default the released encoder.",
    )
    home_city: str = Field(
        default="太仓", min_length=1, description="City of the scope 'home', as the carriers' records name it."
    )
    language: Literal[Language.ZH, Language.EN, Language.DE] = Field(
        default=Language.EN,
        description="Language of an answer where neither the caller nor a text chooses one: zh, en or de.",
    )
    time_zone: ZoneInfo = Field(
        default=ZoneInfo("Asia/Shanghai"),
        description="Zone, by its IANA name, in which pages tell the time.",
    )
    host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port that the server listens on; 0 takes any free one."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least important line that is logged."
    )
    requests_at_once: int = Field(
        default=4, ge=1, le=256, description="Requests that one process works on at the same time; others wait."
    )

    secure_cookies: bool = Field(
        default=True,
        description="Whether the page's cookie goes over HTTPS only; browsers make an exception for localhost.",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+/?$",
        description="Address at which browsers reach the service, where a proxy hides it: scheme and host.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses of proxies, with commas between, whose word counts for who sent a request; * for any.",
    )
    session_idle_minutes: int = Field(
        default=120, ge=1, le=60 * 24 * 30, description="Minutes without a request after which a page is signed out."
    )
    session_hours: int = Field(
        default=12, ge=1, le=24 * 90, description="Hours after which a page is signed out in any case."
    )
    asks_per_minute: int = Field(
        default=60,
        ge=0,
        description="Ad-hoc recommendations that one address may ask for in a minute, by process; 0 for any number.",
    )
    account_asks_per_minute: int = Field(
        default=600, ge=0, description="The same for one account that has signed in; 0 for any number."
    )

    record_impressions: bool = Field(
        default=True,
        description="Whether shown lists are kept: carriers, ranks, scores and model ids; no text, address or account.",
    )
    impression_days: int = Field(
        default=180, ge=1, le=3650, description="Days after which a shown list is forgotten; what came of it stays."
    )
    retention_days: int = Field(
        default=180,
        ge=SHORTEST_DAYS,
        le=LONGEST_DAYS,
        description="Days without use after which a startup is erased; its owner is told 30 days before.",
    )

    runs_kept: int = Field(
        default=5, ge=1, le=1000, description="Runs over everybody whose lists are kept, to compare and to go back to."
    )

    shared_days: int = Field(
        default=30, ge=1, le=365, description="Days after which a result that was shared is shown no more, and erased."
    )

    body_seconds: float = Field(
        default=20.0, gt=0, le=3600, description="Seconds in which the body of a request must have arrived."
    )
    import_bytes: int = Field(
        default=10 * 1024 * 1024,
        ge=1024,
        le=2**30,
        description="Largest file of records that can be taken in, in bytes.",
    )
    stop_seconds: int = Field(
        default=30, ge=0, le=3600, description="Seconds that requests in progress have to finish once the server stops."
    )

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the store; the folder of a default SQLite file may not exist yet."""
        return self.database_url or f"sqlite:///{self.data_dir / DATABASE_FILE}"
