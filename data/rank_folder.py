"""A folder in which `matcher rank` keeps what it has computed: vectors of texts, and finished blocks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from data.held_folder import UNFINISHED, held_folder, write_whole
from data.text_vectors import KeptVectors
from matcher.ports import Encoder
from matcher.services.rank_blocks import RankedRows


@dataclass(frozen=True)
class RankFolder:
    """Every file is whole: a block by its name, vectors by a check of each."""

    folder: Path

    @contextmanager
    def held(self, *, fresh: bool = False) -> Iterator[None]:
        """Nobody else works here meanwhile.

        Args:
            fresh: blocks that are there are forgotten; vectors stay, since a text has but one.

        Raises:
            RunInProgress: another process works here.
            StoreFull: there is no room left.
        """
        with held_folder(self.folder, ("blocks", "vectors", "scratch")):
            for left in (self.folder / "blocks").glob(f"{UNFINISHED}*"):
                left.unlink()
            if fresh:
                self.forget(but=())
            yield

    @property
    def scratch(self) -> Path:
        """For files that nobody needs after a run."""
        return self.folder / "scratch"

    def block(self, name: str) -> RankedRows | None:
        """None where it is not there, or damaged: then it is computed again."""
        try:
            with np.load(BytesIO(self._block(name).read_bytes()), allow_pickle=False) as kept:
                return RankedRows(**{field.name: kept[field.name] for field in fields(RankedRows)})
        except (FileNotFoundError, BadZipFile, KeyError, ValueError, EOFError):
            return None

    def keep(self, name: str, block: RankedRows) -> None:
        content = BytesIO()
        np.savez(content, **{field.name: getattr(block, field.name) for field in fields(RankedRows)})
        write_whole(self._block(name), content.getvalue())

    def forget(self, but: Sequence[str]) -> None:
        for path in (self.folder / "blocks").glob("*.npz"):
            if path.stem not in set(but):
                path.unlink()

    def encoder(self, encoder: Encoder) -> KeptVectors:
        """The same encoder, which reads no text twice."""
        name = blake2b(encoder.id.encode(), digest_size=8).hexdigest()
        return KeptVectors(encoder, self.folder / "vectors" / f"{name}.bin")

    def _block(self, name: str) -> Path:
        return self.folder / "blocks" / f"{name}.npz"
