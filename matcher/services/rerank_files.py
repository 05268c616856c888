"""What a run over all pairs keeps on a disk; `data.run_folder` does it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.services.rerank_lists import Ranked
from matcher.services.rerank_reuse import CarrierState, KnownBlock


class ListWriter(Protocol):
    """Takes lists in the order in which they are to stand."""

    n_rows: int

    def add(self, ranked: Ranked) -> None: ...


class NewResult(Protocol):
    """Both lists of a run while they are written, and what is kept beside them."""

    @property
    def lists(self) -> ListWriter: ...
    @property
    def leads(self) -> ListWriter: ...
    @property
    def record(self) -> dict[str, Any]: ...


class RunFiles(Protocol):
    """Blocks and results; what has a name is whole."""

    @property
    def criteria(self) -> Sequence[str]:
        """Names of the parts."""

    def held(self) -> AbstractContextManager[None]:
        """Nobody else works here meanwhile; raises RunInProgress, PackageMissing, StoreFull."""

    def block_names(self) -> list[str]: ...

    def block(self, name: str) -> KnownBlock | None: ...

    def keep_block(self, name: str, block: KnownBlock) -> None: ...

    def forget_blocks(self, but: Sequence[str] = ()) -> None: ...

    def carriers(self, digest: str) -> CarrierState | None: ...

    def keep_carriers(self, digest: str, state: CarrierState) -> None: ...

    def carrier_states(self) -> list[str]:
        """Oldest first."""

    def forget_carriers(self, but: Sequence[str]) -> None: ...

    def result(self, run_id: str) -> Mapping[str, Any] | None: ...

    def result_folder(self, run_id: str) -> Path: ...

    def new_result(
        self, run_id: str, startups: NDArray[np.object_], carriers: Sequence[str]
    ) -> AbstractContextManager[NewResult]:
        """The lists appear under this id, complete, when the block is left without an error."""

    def promote(self, run_id: str) -> None:
        """From now on this is the newest result."""
