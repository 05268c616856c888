"""Which files a reader or a ranker consists of, what they say of themselves, and whether they can be used."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from safetensors import SafetensorError

from matcher.domain.errors import InvalidFile, ModelNotFound
from matcher.domain.startups import Description
from matcher.domain.taxonomy import Taxonomy
from matcher.features.pairs import FEATURE_NAMES
from matcher.ports import Encoder
from models import rankers, reader_store
from models.learned_ranker import LEARNED, LearnedRanker, load_ranker
from models.rankers import PRIOR, PriorRanker
from models.reader_store import MANIFEST, PIECES, WEIGHTS
from models.readers import LearnedReader, load_reader

AnyRanker = LearnedRanker | PriorRanker
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, re.error, yaml.YAMLError, SafetensorError)

TRIAL = "We make sensors for factories. We need a laboratory."
TRIAL_DAY = date(2026, 1, 1)


class Kind(StrEnum):
    READER = "reader"
    RANKER = "ranker"


NEEDED = {Kind.READER: (WEIGHTS, PIECES, MANIFEST), Kind.RANKER: (PRIOR,)}
POSSIBLE = {Kind.READER: NEEDED[Kind.READER], Kind.RANKER: (PRIOR, LEARNED)}
RELEASED = {Kind.READER: reader_store.RELEASED, Kind.RANKER: rankers.RELEASED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a model says of itself; None and empty where it does not say."""

    id: str
    encoder: str | None
    data: str | None  # hash of what it learned from
    seed: int | None
    versions: Mapping[str, str]
    metrics: Mapping[str, float]
    calibration: Mapping[str, float]


def kind_of(folder: Path) -> Kind:
    """Raises InvalidFile where the folder holds neither."""
    found = [kind for kind in Kind if any((folder / name).is_file() for name in set(POSSIBLE[kind]) - {MANIFEST})]
    if len(found) != 1:
        raise InvalidFile(
            "The folder {folder} does not hold one reader or one ranker of this program.", field="folder", folder=folder
        )
    return found[0]


def present(kind: Kind, folder: Path) -> list[str]:
    """The files of the model.

    Raises:
        ModelNotFound: one is missing.
    """
    for name in NEEDED[kind]:
        if not (folder / name).is_file():
            raise ModelNotFound("The model in {folder} has no file {name}.", folder=folder.name, name=name)
    return [name for name in POSSIBLE[kind] if (folder / name).is_file()]


def digests(folder: Path, names: list[str]) -> dict[str, str]:
    """The SHA-256 of each file."""
    found = {}
    for name in names:
        with (folder / name).open("rb") as file:
            found[name] = file_digest(file, "sha256").hexdigest()
    return found


def facts(kind: Kind, folder: Path) -> Facts:
    """Raises ModelNotFound where a file is missing or damaged."""
    present(kind, folder)
    with told_as_damage(folder.name):
        return _reader_facts(folder) if kind is Kind.READER else _ranker_facts(folder)


def usable_reader(folder: Path, encoder: Encoder, taxonomy: Taxonomy) -> LearnedReader:
    """Raises ModelNotFound where it is damaged, made for another encoder, or fails on a text."""
    present(Kind.READER, folder)
    with told_as_damage(folder.name):
        reader = load_reader(encoder, taxonomy, folder)
        reader.read([Description(text=TRIAL)], TRIAL_DAY)
        return reader


def usable_ranker(folder: Path, encoder_id: str) -> AnyRanker:
    """Raises ModelNotFound where it is damaged, or learned from another encoder's similarities."""
    made_for = facts(Kind.RANKER, folder).encoder
    if made_for not in (None, encoder_id):
        raise ModelNotFound(
            "The ranker was learned with the encoder {wanted}, but {found} is in use.",
            wanted=made_for,
            found=encoder_id,
        )
    with told_as_damage(folder.name):
        ranker = load_ranker(folder)
        parts = np.concatenate(ranker.parts(np.zeros((1, len(FEATURE_NAMES)))))
        if not np.isfinite(parts).all():
            raise ValueError("a part of a score is not finite")
        return ranker


@contextmanager
def told_as_damage(name: str) -> Iterator[None]:
    """What files with wrong content raise becomes one error that names the model."""
    try:
        yield
    except UNREADABLE as error:
        reason = f"{type(error).__name__}: {error}"
        raise ModelNotFound("The model in {folder} is damaged: {reason}.", folder=name, reason=reason) from None


def _reader_facts(folder: Path) -> Facts:
    said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Facts(
        id=str(said["id"]),
        encoder=str(said["encoder"]),
        data=said["data"]["sha256"],
        seed=said.get("seed"),
        versions=said.get("versions", {}),
        metrics=said.get("metrics", {}),
        calibration={f"temperature_{name}": value for name, value in said["temperatures"].items()}
        | {f"threshold_{name}": value for name, value in said["thresholds"].items()},
    )


def _ranker_facts(folder: Path) -> Facts:
    ranker, learned = load_ranker(folder), folder / LEARNED
    said: dict[str, Any] = json.loads(learned.read_text(encoding="utf-8")) if learned.is_file() else {}
    return Facts(
        id=ranker.id,
        encoder=said.get("encoder"),
        data=said.get("data", {}).get("sha256"),
        seed=said.get("seed"),
        versions=said.get("versions", {}),
        metrics={name: value for name, value in said.items() if name.startswith("ndcg")},
        calibration={"slope": ranker.calibration.slope, "intercept": ranker.calibration.intercept},
    )
