"""A process that cannot answer says what is missing, in the language of who asks."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from api.app import create_app
from api.metrics import Metrics
from api.readiness import good_to_know
from api.services import Services
from api.snapshot import RegistrySnapshot
from api.unread import UnreadStartups
from data.seed import seed_folder
from data.unit_of_work import Store
from matcher.domain.messages import Language

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def on_own_store(services: Services, own_store: Store) -> Services:
    """On a store that a test may damage, and that nobody has looked into yet."""
    snapshot = RegistrySnapshot(own_store.transactions)
    registry = replace(services.registry, store=own_store, transactions=own_store.transactions, snapshot=snapshot)
    return replace(services, registry=registry)


def missing(services: Services, language: str = "en") -> list[tuple[str, str]]:
    with TestClient(create_app(services)) as client:
        answer = client.get("/health/ready", headers={"Accept-Language": language})
    assert answer.status_code == (503 if answer.json()["missing"] else 200)
    return [(one["part"], one["detail"]) for one in answer.json()["missing"]]


@pytest.mark.parametrize(("damage", "part", "words"), [
    ("DROP TABLE alembic_version", "store", {"en": "no tables yet", "zh": "还没有表", "de": "noch keine Tabellen"}),
    ("UPDATE alembic_version SET version_num = '0001'", "step", {"en": "at step 0001", "zh": "0001", "de": "0001"}),
    ("DELETE FROM registry_state", "registry", {"en": "empty", "zh": "空", "de": "leer"}),
    ("DELETE FROM vocabularies", "vocabulary", {"en": "no vocabulary", "zh": "词", "de": "Vokabular"}),
])  # fmt: skip
def test_what_is_missing_in_the_store_is_told_apart_in_three_languages(
    on_own_store: Services, own_store: Store, damage: str, part: str, words: dict[str, str]
) -> None:
    assert missing(on_own_store) == []
    with own_store.engine.begin() as connection:
        connection.execute(text(damage))
    fresh = RegistrySnapshot(own_store.transactions)
    damaged = replace(on_own_store, registry=replace(on_own_store.registry, snapshot=fresh))

    for language, said in words.items():
        [(told, detail)] = missing(damaged, language)
        assert told == part
        assert said in detail


def test_a_store_that_cannot_be_read_is_no_empty_one(on_own_store: Services, own_store: Store, tmp_path: Path) -> None:
    own_store.close()
    for file in tmp_path.glob("own.db*"):
        file.write_bytes(b"no database at all" * 1000)

    assert [part for part, _ in missing(on_own_store)] == ["store"]


def test_a_seed_that_is_gone_is_a_note_and_nothing_is_missing(services: Services, tmp_path: Path) -> None:
    [note] = good_to_know(services, tmp_path)

    assert list(good_to_know(services, seed_folder())) == []
    assert note.part == "seed"
    for language in (Language.EN, Language.ZH, Language.DE):
        assert "carriers.jsonl" in services.sentences.say(note.detail, language)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "wait to be read anew: 1"), ("zh", "重新读取的初创企业：1"), ("de", "neu gelesen werden müssen: 1"),
])  # fmt: skip
def test_startups_that_wait_to_be_read_are_a_note_and_nothing_is_missing(
    services: Services, language: str, words: str
) -> None:
    unread = UnreadStartups(services.startups.reread, Metrics())
    unread.n = 1

    with TestClient(create_app(replace(services, unread=unread))) as client:
        answer = client.get("/health/ready", headers={"Accept-Language": language})

    assert (answer.status_code, answer.json()["missing"]) == (200, [])
    [note] = answer.json()["notes"]
    assert note["part"] == "startups"
    assert words in note["detail"]
