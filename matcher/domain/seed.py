"""What is read from files to fill a store: checked objects, and the rows that could not be used."""

from dataclasses import dataclass

from matcher.domain.carriers import Carrier
from matcher.domain.entry_rules import EntryRule
from matcher.domain.finance import FinanceProduct
from matcher.domain.messages import Message
from matcher.domain.registry import Place
from matcher.domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A row that cannot be used: where it stands, and what was expected instead."""

    file: str  # its name, without folders
    line: int  # from 1
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedBatch:
    """Everything of a folder that could be used, and everything that could not."""

    vocabulary: Taxonomy
    carriers: tuple[Carrier, ...] = ()
    entry_rules: tuple[EntryRule, ...] = ()
    finance: tuple[FinanceProduct, ...] = ()
    places: tuple[Place, ...] = ()
    broken: tuple[BrokenRow, ...] = ()
