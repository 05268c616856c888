"""A hash of what a domain object says, the same on every machine and in any order of loading."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256

from matcher.domain.facts import Source


def fingerprint(thing: object) -> str:
    """Of its canonical JSON; a source counts by its id only, since it has a fingerprint of its own."""
    text = json.dumps(plain(thing), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def source_fingerprint(source: Source) -> str:
    return fingerprint({field.name: getattr(source, field.name) for field in fields(source)})


def plain(thing: object) -> object:
    """Only objects, lists, texts, numbers, true, false and null."""
    if isinstance(thing, Source):
        return thing.id
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, (tuple, list)):
        return [plain(one) for one in thing]
    return thing.isoformat() if isinstance(thing, date) else thing


def frozen(thing: object) -> object:
    """JSON with its lists as tuples, as domain objects hold it."""
    if isinstance(thing, Mapping):
        return {key: frozen(value) for key, value in thing.items()}
    return tuple(frozen(one) for one in thing) if isinstance(thing, (tuple, list)) else thing
