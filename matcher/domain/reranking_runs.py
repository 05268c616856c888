"""What a run over all startups and all carriers is asked for, tells while it goes on, and leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from matcher.domain.errors import InvalidField
from matcher.domain.matches import ModelIds
from matcher.domain.registry import RegistryVersion
from matcher.domain.run_limits import DEFAULT_BLOCK, DEFAULT_LEADS, DEFAULT_LIST, MOST_IN_BLOCK, MOST_KEPT
from matcher.domain.startups import Scope

LISTS, LEADS = "lists.parquet", "leads.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class RerankOrder:
    """What is asked for; the same order on the same startups, carriers and models gives the same bytes."""

    k: int = DEFAULT_LIST  # most carriers of a startup
    leads: int = DEFAULT_LEADS  # most startups of a carrier
    scope: Scope = Scope.HOME
    on: date  # day on which entry rules are applied
    block: int = DEFAULT_BLOCK  # about how many startups are computed together; no list depends on it

    def __post_init__(self) -> None:
        for name in ("k", "leads", "block"):
            value = getattr(self, name)
            limit = MOST_IN_BLOCK if name == "block" else MOST_KEPT
            if not 1 <= value <= limit:
                raise InvalidField("{name} lies between 1 and {limit}.", field=name, name=name, limit=limit)


class RerankStage(StrEnum):
    """What a run is at, in this order."""

    READING = "reading"  # the store, and what was computed before
    BLOCKS = "blocks"
    JOINING = "joining"  # the blocks' results to lists


@dataclass(frozen=True, slots=True, kw_only=True)
class RerankProgress:
    """How far a run has come."""

    stage: RerankStage
    n_blocks: int = 0  # in all; 0 while that is not known
    n_done: int = 0  # of them, reused ones among them
    n_reused: int = 0  # computed by an earlier run, or before this one was interrupted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reranked:
    """A finished run: where its lists are, what they rest on, and what they cost."""

    id: str  # hash of everything that decides the lists: runs with equal ids have equal lists
    folder: Path  # holds the lists and this record as run.json
    order: RerankOrder
    startups_hash: str  # of ids and contents of all startups
    carriers_hash: str  # of ids and columns of all carriers in scope, with their rules
    models: ModelIds
    registry: RegistryVersion
    n_startups: int  # that can be listed
    n_carriers: int  # in scope
    n_pairs: int  # scored exactly in this run; the others were shown by a bound not to come into any list
    n_blocks_computed: int
    n_blocks_reused: int
    n_rows_reused: int  # startups whose lists were taken from an earlier run's blocks
    n_listed: int  # lines of `lists`
    n_leads: int  # lines of `leads`
    seconds: Mapping[str, float] = field(default_factory=dict)  # wall clock by stage

    @property
    def lists(self) -> Path:
        """Parquet: startup_id, carrier_id, rank, score, both utilities, one column a criterion, lifted.

        The score is exactly the sum of the criteria. Ranks of a startup begin at 1; `lifted` marks the core park of
        its chain where it stands higher than its score.
        """
        return self.folder / LISTS

    @property
    def leads(self) -> Path:
        """Parquet: carrier_id, startup_id, rank, score, both utilities, one column a criterion."""
        return self.folder / LEADS
