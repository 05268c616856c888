"""The folder that a fresh store is filled from: vocabulary, carriers, rules, finance products and places."""

from functools import partial
from pathlib import Path

from data.reading.carriers import read_carrier
from data.reading.checking import Checking
from data.reading.entry_rules import read_entry_rule
from data.reading.files import Unreadable
from data.reading.finance import read_finance_product
from data.reading.json_lines import json_rows
from data.reading.places import read_place
from data.reading.vocabulary import read_vocabulary
from data.reading.yaml_lists import YamlLists
from matcher.domain.registry import Place
from matcher.domain.seed import BrokenRow, SeedBatch

__all__ = ["SEED_FILES", "BrokenRow", "SeedBatch", "read_seed", "seed_folder"]
SEED_FILES = ("taxonomy.yaml", "carriers.jsonl", "finance.jsonl", "places.yaml")


def seed_folder() -> Path:
    """The one that comes with this program."""
    return Path(__file__).parent / "seed"


def read_seed(folder: Path) -> SeedBatch:
    """Everything in it that can be used, and every row that cannot.

    Raises:
        SeedNotFound: one of the four files is missing.
        InvalidFile: the vocabulary's file as a whole cannot be read, so that nothing else can be checked.
    """
    checking = Checking()
    lists = YamlLists(folder / "taxonomy.yaml")
    taxonomy = read_vocabulary(lists, checking)
    carriers = checking.each(json_rows(folder / "carriers.jsonl"), partial(read_carrier, taxonomy=taxonomy))
    rule = partial(
        read_entry_rule,
        taxonomy=taxonomy,
        sources={source.id: source for source in taxonomy.sources},
        carriers={carrier.id for carrier in carriers},
    )
    rules = checking.each(lists.rows("entry_rules"), rule)
    products = checking.each(json_rows(folder / "finance.jsonl"), partial(read_finance_product, taxonomy=taxonomy))
    places = _places(folder / "places.yaml", checking)
    return SeedBatch(
        vocabulary=taxonomy,
        carriers=tuple(carriers),
        entry_rules=tuple(rules),
        finance=tuple(products),
        places=places,
        broken=tuple(checking.broken),
    )


def _places(path: Path, checking: Checking) -> tuple[Place, ...]:
    try:
        lists = YamlLists(path)
    except Unreadable as error:
        checking.unreadable(error)
        return ()
    return tuple(checking.each(lists.rows("places"), read_place))
