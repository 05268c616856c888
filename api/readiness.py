"""What is missing before requests can be answered, each thing in a sentence, and what is good to know beside."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from api.services import Services
from data.migrations import HEAD
from data.seed import SEED_FILES
from matcher.domain.errors import StoreNotReady
from matcher.domain.messages import Message

NO_MODELS = Message.of("The models are not loaded yet.")


class Said(NamedTuple):
    """One part, and what is to be said of it."""

    part: str
    detail: Message


def missing_in_store(services: Services) -> list[Said]:
    """The first thing without which it cannot be read: the store, its step, what fills it, the vocabulary."""
    registry, part = services.registry, "store"
    try:
        revision = registry.store.revision()
        part = "store" if revision is None else "step"
        if revision != HEAD:
            registry.store.require_head()
        part = "registry"
        with registry.transactions() as unit:
            unit.registry_version()
        part = "vocabulary"
        registry.snapshot()
    except StoreNotReady as error:
        return [Said(part, error.message)]
    return []


def good_to_know(services: Services, seed: Path) -> Iterator[Said]:
    """What does not stand in the way of answering."""
    if services.unread is not None and services.unread.n:
        yield Said("startups", Message.of("Startups that wait to be read anew: {n}.", n=services.unread.n))
    absent = tuple(name for name in SEED_FILES if not (seed / name).exists())
    if absent:
        yield Said("seed", Message.of("A fresh store cannot be filled: {files} is not there.", files=absent))
