"""A model in the store: its id, and the manifest that says what it is and which bytes belong to it."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from matcher.domain.errors import InvalidField, ModelNotFound
from models.model_files import POSSIBLE, Kind, digests, facts, present, told_as_damage

ARTEFACT = "artefact.json"
FORM = 1  # of the manifest; another one is not read
RELEASED = "released"
DIGITS = 8
PACKAGES = ("lightgbm", "numpy", "onnxruntime", "scikit-learn")
SAFE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_@-]|\.(?!\.)){0,99}")  # no separator, no two dots, no hidden name


@dataclass(frozen=True, slots=True, order=True)
class ArtefactId:
    """Kind and revision; the revision is the name of a folder, and cannot lead out of the store."""

    kind: Kind
    revision: str

    def __post_init__(self) -> None:
        if not SAFE_NAME.fullmatch(self.revision):
            raise InvalidField("{revision} cannot be the name of a revision.", field="id", revision=self.revision)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises InvalidField where it is not written as `list` shows it."""
        kind, slash, revision = text.partition("/")
        if not slash or kind not in list(Kind):
            raise InvalidField(
                "An id is written as `matcher models list` shows it, such as {example}.",
                field="id",
                example=f"{Kind.RANKER}/{RELEASED}",
            )
        return cls(Kind(kind), revision)

    @property
    def is_released(self) -> bool:
        return self.revision == RELEASED

    def __str__(self) -> str:
        return f"{self.kind}/{self.revision}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is known of a model; None where its folder does not say."""

    model: str  # its own id, as answers name it
    kind: Kind
    encoder: str | None
    data: str | None  # hash of what it learned from
    seed: int | None
    versions: Mapping[str, str]  # of the program that made it, or, where it does not say, of the one that took it in
    metrics: Mapping[str, float]
    calibration: Mapping[str, float]
    created: str | None  # ISO date on which the store took it in
    files: Mapping[str, str]  # SHA-256 by name

    @classmethod
    def of(cls, kind: Kind, folder: Path, created: date | None) -> Self:
        """Raises ModelNotFound where a file is missing or damaged."""
        said = facts(kind, folder)
        return cls(
            model=said.id,
            kind=kind,
            encoder=said.encoder,
            data=said.data,
            seed=said.seed,
            versions=said.versions or (versions_in_use() if created else {}),
            metrics=said.metrics,
            calibration=said.calibration,
            created=created.isoformat() if created else None,
            files=digests(folder, present(kind, folder)),
        )

    @classmethod
    def read(cls, id: ArtefactId, folder: Path) -> Self:
        """Read it, and check that the folder holds exactly the bytes that it names.

        Raises:
            ModelNotFound: something is missing, or differs.
        """
        path = folder / ARTEFACT
        if not path.is_file():
            raise ModelNotFound("The model in {folder} has no file {name}.", folder=folder.name, name=ARTEFACT)
        with told_as_damage(folder.name):
            content = json.loads(path.read_text(encoding="utf-8"))
            if content.pop("form") != FORM:
                raise ModelNotFound(
                    "The model in {folder} was made by another version of this program.", folder=folder.name
                )
            manifest = cls(**content | {"kind": Kind(content["kind"])})
            if manifest.kind is not id.kind or id.revision not in manifest.revisions:
                raise ValueError(f"it says that it is {manifest.kind}/{manifest.model}")
            found = digests(folder, present(id.kind, folder))
            differing = sorted(name for name in POSSIBLE[id.kind] if found.get(name) != manifest.files.get(name))
            if differing:
                raise ValueError(f"other content than the manifest says: {', '.join(differing)}")
        return manifest

    @property
    def digest(self) -> str:
        """Of all its files together."""
        return sha256(json.dumps(dict(self.files), sort_keys=True).encode()).hexdigest()

    @property
    def revisions(self) -> tuple[str, str]:
        """Where the store may keep it: under its id, or, where that is taken, with what tells its files from others."""
        return self.model, f"{self.model}-{self.digest[:DIGITS]}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def write(self, folder: Path) -> None:
        text = json.dumps({"form": FORM, **self.as_json()}, ensure_ascii=False, indent=1)
        (folder / ARTEFACT).write_text(text + "\n", encoding="utf-8")


def versions_in_use() -> dict[str, str]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    return {"python": python} | {name: version(name) for name in PACKAGES}
