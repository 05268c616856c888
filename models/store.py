"""The store of models: artefacts that are added whole or not at all, and the choice of the one in force."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matcher.domain.errors import InvalidFile, ModelNotFound, StoreBusy
from models.artefacts import RELEASED, SAFE_NAME, ArtefactId, Manifest
from models.model_files import RELEASED as RELEASED_FOLDERS
from models.model_files import Kind, kind_of, present
from models.pointer import Pointer, locked

PART = ".part"  # what is being copied; never a revision's name


@dataclass(frozen=True, slots=True)
class ModelStore:
    """Everything under one folder; the released models lie in the repository and are only read."""

    root: Path

    def ids(self) -> list[ArtefactId]:
        """The released ones first, then by name; damaged ones too."""
        return [
            id
            for kind in Kind
            for id in (ArtefactId(kind, RELEASED), *(ArtefactId(kind, name) for name in self._revisions(kind)))
        ]

    def folder(self, id: ArtefactId) -> Path:
        return RELEASED_FOLDERS[id.kind] if id.is_released else self._of(id.kind) / id.revision

    def manifest(self, id: ArtefactId) -> Manifest:
        """What it is, with its files checked.

        Raises:
            ModelNotFound: there is none, or it is damaged.
        """
        folder = self.folder(id)
        if not folder.is_dir():
            raise ModelNotFound("There is no model {id} in the store.", id=str(id))
        return Manifest.of(id.kind, folder, None) if id.is_released else Manifest.read(id, folder)

    def pointer(self, kind: Kind) -> Pointer:
        """Raises ModelNotFound where its file is damaged."""
        return Pointer.read(self._of(kind))

    def in_force(self, kind: Kind) -> ArtefactId:
        """What should serve.

        Raises:
            ModelNotFound: the pointer is damaged, or the model is, or is not the one that was promoted.
        """
        entry = self.pointer(kind).in_force
        id = ArtefactId(kind, entry.revision)
        if not id.is_released and self.manifest(id).digest != entry.digest:
            raise ModelNotFound("{id} is not the model that was put in force under this name.", id=str(id))
        return id

    def add(self, source: Path, created: date) -> tuple[ArtefactId, bool]:
        """Copy a model into the store, and say whether it is new there.

        Args:
            source: a folder that holds one reader or one ranker; whether it can be used is for the caller to check.
            created: the day to write in its manifest.

        Raises:
            InvalidFile: the folder holds no model.
        InvalidField: what the model calls itself cannot name a folder.
            ModelNotFound: a file is missing or damaged.
        """
        kind = kind_of(source)
        with self._changing(kind) as folder:
            part = folder / PART
            shutil.rmtree(part, ignore_errors=True)  # left by a process that was killed
            part.mkdir()
            try:
                for name in present(kind, source):
                    shutil.copyfile(source / name, part / name)
                manifest = Manifest.of(kind, part, created)
                id, is_new = self._place(manifest)
                if is_new:
                    manifest.write(part)
                    part.rename(self.folder(id))
                return id, is_new
            finally:
                shutil.rmtree(part, ignore_errors=True)

    def promote(self, id: ArtefactId, *, instead_of: str, on: date, figures: Mapping[str, Any]) -> None:
        """Put it in force from the next start on.

        Args:
            id: of the model.
            instead_of: the revision that the caller compared it with.
            on: the day to write down.
            figures: with which it passed the gate.

        Raises:
            ModelNotFound: it is not there, or damaged.
            StoreBusy: meanwhile another one was put in force.
        """
        with self._changing(id.kind) as folder:
            pointer = self._expected(id.kind, instead_of)
            digest = self.manifest(id).digest
            pointer.promoted(id.revision, None if id.is_released else digest, on, figures).write(folder)

    def rollback(self, kind: Kind, *, instead_of: str) -> ArtefactId:
        """Put in force again what was before the last promotion.

        Raises:
            ModelNotFound: nothing was, or it is damaged or another one now.
            StoreBusy: meanwhile another one was put in force.
        """
        with self._changing(kind) as folder:
            pointer = self._expected(kind, instead_of).rolled_back()
            id = ArtefactId(kind, pointer.in_force.revision)
            if not id.is_released and self.manifest(id).digest != pointer.in_force.digest:
                raise ModelNotFound("{id} is not the model that was put in force under this name.", id=str(id))
            pointer.write(folder)
        return id

    def _place(self, manifest: Manifest) -> tuple[ArtefactId, bool]:
        """Where it belongs, and whether that is free; other files under the same id of a model get another revision."""
        id = ArtefactId(manifest.kind, manifest.revisions[0])
        if self.folder(id).exists() and (id.is_released or self.manifest(id).digest != manifest.digest):
            id = ArtefactId(manifest.kind, manifest.revisions[1])
        return id, not self.folder(id).exists()

    def _expected(self, kind: Kind, revision: str) -> Pointer:
        pointer = self.pointer(kind)
        if pointer.in_force.revision != revision:
            raise StoreBusy(
                "Meanwhile {id} was put in force. Try again.", id=str(ArtefactId(kind, pointer.in_force.revision))
            )
        return pointer

    @contextmanager
    def _changing(self, kind: Kind) -> Iterator[Path]:
        folder = self._of(kind)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidFile(
                "The folder {folder} cannot be written: {reason}.",
                field="data_dir",
                folder=folder,
                reason=error.strerror,
            ) from None
        with locked(folder):
            yield folder

    def _of(self, kind: Kind) -> Path:
        return self.root / kind

    def _revisions(self, kind: Kind) -> list[str]:
        folder = self._of(kind)
        if not folder.is_dir():
            return []
        return sorted(one.name for one in folder.iterdir() if one.is_dir() and SAFE_NAME.fullmatch(one.name))
