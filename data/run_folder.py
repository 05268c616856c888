"""A folder in which runs over all pairs keep their blocks and results: every file is whole, or is not there.

lock            who works here now
blocks/         one Parquet file a block, named by everything that decides what is in it
carriers/       which carriers blocks were computed for
results/ID/     lists.parquet, leads.parquet, run.json
current.json    the newest finished result
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.held_folder import UNFINISHED, held_folder, sync, write_whole
from data.pair_files import PairWriter, read_known, write_known
from matcher.domain.errors import PackageMissing
from matcher.domain.reranking_runs import LEADS, LISTS
from matcher.features.sides import KEY_BYTES
from matcher.services.rerank_reuse import CarrierState, KnownBlock

RECORD = "run.json"


@dataclass(frozen=True)
class RunFolder:
    """The files of one folder."""

    folder: Path
    criteria: Sequence[str]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else works here meanwhile. A process that ends in any way has let go of it.

        Raises:
            RunInProgress: another process works here.
            PackageMissing: there is no pyarrow.
            StoreFull: there is no room left.
        """
        if find_spec("pyarrow") is None:
            raise PackageMissing(
                "{what} needs the package {package}: install matcher[{extra}].",
                what="Parquet",
                package="pyarrow",
                extra="batch",
            )
        with held_folder(self.folder, ("blocks", "carriers", "results", "scratch")):
            self._tidy()
            yield

    @property
    def scratch(self) -> Path:
        """For files that nobody needs after a run."""
        return self.folder / "scratch"

    def _tidy(self) -> None:
        """Remove what a run left behind that was killed."""
        for left in (*self.folder.glob(f"**/{UNFINISHED}*"), *self.scratch.iterdir()):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def block_names(self) -> list[str]:
        return sorted(path.stem for path in (self.folder / "blocks").glob("*.parquet"))

    def block(self, name: str) -> KnownBlock | None:
        """None where it is not there, or is damaged: then it is computed again."""
        return read_known(self._block(name))

    def keep_block(self, name: str, block: KnownBlock) -> None:
        write_whole(self._block(name), write_known(block))

    def forget_blocks(self, but: Sequence[str] = ()) -> None:
        for name in set(self.block_names()) - set(but):
            self._block(name).unlink()

    def carriers(self, digest: str) -> CarrierState | None:
        path = self.folder / "carriers" / f"{digest}.npz"
        if not path.is_file():
            return None
        with np.load(path, allow_pickle=False) as kept:
            return CarrierState(tuple(kept["ids"].tolist()), kept["keys"], kept["thresholds"])

    def keep_carriers(self, digest: str, state: CarrierState) -> None:
        content = BytesIO()
        keys = state.keys.reshape(-1, KEY_BYTES)
        np.savez(content, ids=np.array(state.ids, dtype=np.str_), keys=keys, thresholds=state.thresholds)
        write_whole(self.folder / "carriers" / f"{digest}.npz", content.getvalue())

    def carrier_states(self) -> list[str]:
        """Oldest first."""
        found = (self.folder / "carriers").glob("*.npz")
        return [path.stem for path in sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))]

    def forget_carriers(self, but: Sequence[str]) -> None:
        for name in set(self.carrier_states()) - set(but):
            (self.folder / "carriers" / f"{name}.npz").unlink()

    def result(self, run_id: str) -> Mapping[str, Any] | None:
        """What is kept beside finished lists; None where there are none."""
        folder = self.result_folder(run_id)
        try:
            known: Mapping[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return known if (folder / LISTS).is_file() and (folder / LEADS).is_file() else None

    def result_folder(self, run_id: str) -> Path:
        return self.folder / "results" / run_id

    @contextmanager
    def new_result(self, run_id: str, startups: NDArray[np.object_], carriers: Sequence[str]) -> Iterator["NewResult"]:
        """Both lists of a run; they appear under its id, complete, when the block is left without an error."""
        made = Path(mkdtemp(dir=self.folder / "results", prefix=UNFINISHED))
        try:
            lists = PairWriter(made / LISTS, startups, carriers, self.criteria, by_startup=True)
            leads = PairWriter(made / LEADS, startups, carriers, self.criteria, by_startup=False)
            new = NewResult(lists, leads, {})
            with lists, leads:
                yield new
            write_whole(made / RECORD, _json(new.record))
            for path in made.iterdir():
                sync(path)
            final = self.result_folder(run_id)
            if final.is_dir():  # made before: the same bytes, one file after the other
                for path in made.iterdir():
                    path.replace(final / path.name)
            else:
                made.rename(final)
            sync(final.parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def promote(self, run_id: str) -> None:
        """From now on this is the newest result."""
        write_whole(self.folder / "current.json", _json({"id": run_id, "folder": f"results/{run_id}"}))

    def _block(self, name: str) -> Path:
        return self.folder / "blocks" / f"{name}.parquet"


@dataclass
class NewResult:
    """Lists that are being written, and what is kept beside them."""

    lists: PairWriter
    leads: PairWriter
    record: dict[str, Any]


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"
