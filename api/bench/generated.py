"""Made-up startups and carriers shaped like the real ones, of any number: fields as skewed, many near neighbours.

Nothing here describes anybody: columns are drawn, and no text is behind a vector. Ids begin with `made-up-`.
"""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.domain.taxonomy import Facet
from matcher.features.sides import KEY_BYTES, NOBODY, AskerFacts, Askers, Homes, key_order
from matcher.features.tables import CarrierTable, StartupTable
from matcher.ranking.board import Board
from matcher.services.both_sides import id_hashes, side_keys, table_columns
from matcher.services.rerank_all import Sides

N_AT_ONCE = 20_000
NEAR = 0.6  # share of a vector that its field gives: the rest is its own
HARDLY = 0.02  # weight of a field that no real carrier has
Rng = np.random.Generator
Array = NDArray[Any]


def made_up_homes(board: Board, n_carriers: int, rng: Rng) -> Homes:
    """Copies of real carriers' columns in other combinations: kind and level of one, fields and vector of another."""
    real = board.table
    of, other = rng.integers(0, len(real), (2, n_carriers))
    columns = {column.name: getattr(real, column.name)[of] for column in fields(CarrierTable)}
    columns |= {name: getattr(real, name)[other] for name in ("stage_fit", "openness", "level")}
    columns["core_park_of"] = np.zeros((n_carriers, len(board.chain_columns)))
    described = columns["embedding"].any(axis=1)
    columns["embedding"] = _near(columns["embedding"], rng) * described[:, None]
    table = CarrierTable(**columns)
    ids = tuple(f"made-up-carrier-{number:06}" for number in range(n_carriers))
    return Homes(
        ids=ids,
        keys=side_keys(table_columns(table), ids),
        table=table,
        chain_columns=board.chain_columns,
        wished=np.zeros((0, n_carriers), np.int8),
        ruling=np.zeros(0, np.int64),
        barred=np.zeros((0, 0), bool),
    )


@dataclass(frozen=True)
class MadeUpStartups:
    """Draws startups whose main sub-field is as frequent as it is among real carriers."""

    board: Board
    seed: int

    def askers(self, n_startups: int, folder: Path | None = None) -> Askers:
        """In the order of their hashes.

        Args:
            n_startups: how many.
            folder: an empty one: their columns are written there and mapped, so that memory does not hold them all.
        """
        ids = [f"made-up-{number:07}" for number in range(n_startups)]
        hashes = id_hashes(ids)
        order = key_order(ids, hashes)
        arrays: dict[str, Array] = {}
        for start in range(0, n_startups, N_AT_ONCE):
            some = order[start : start + N_AT_ONCE]
            drawn = self._drawn(len(some), np.random.default_rng([self.seed, start]))
            drawn["keys"] = side_keys(list(drawn.values()), [ids[row] for row in some])
            for name, values in drawn.items():
                if name not in arrays:
                    arrays[name] = _room(name, (n_startups, *values.shape[1:]), values.dtype, folder)
                arrays[name][start : start + len(some)] = values
        nobody = np.full(n_startups, NOBODY, np.int32)
        keys = arrays.pop("keys") if n_startups else np.zeros((0, KEY_BYTES), np.uint8)
        return Askers(
            ids=np.array(ids, dtype=object)[order],
            hashes=hashes[order],
            keys=keys,
            table=StartupTable(**arrays),
            facts=AskerFacts(nobody, nobody, nobody, np.ones(n_startups, bool), np.ones(n_startups, bool)),
            unwanted=np.zeros((0, 2), np.int64),
        )

    def _drawn(self, n: int, rng: Rng) -> dict[str, Array]:
        real = self.board.table
        known = ~np.isnan(real.serves_subfield).any(axis=1)
        how_often = np.nan_to_num(real.serves_subfield[known] == 1).sum(axis=0) + HARDLY
        main = rng.choice(len(how_often), n, p=how_often / how_often.sum())
        taxonomy = self.board.registry.taxonomy
        subfields = rng.dirichlet(np.full(len(how_often), 0.02), n) * 0.3
        subfields[np.arange(n), main] += 0.7
        of = [taxonomy.ids(Facet.INDUSTRY).index(taxonomy.industry_of(one)) for one in taxonomy.ids(Facet.SUBFIELD)]
        industries = subfields @ np.eye(len(taxonomy.ids(Facet.INDUSTRY)))[of]
        stages = rng.dirichlet(np.full(len(taxonomy.ids(Facet.STAGE)), 0.15), n)
        stages[rng.random(n) < 0.25] = np.nan
        masks = {
            name: _bits(len(taxonomy.ids(facet)), n, rng)
            for name, facet in (("services", Facet.SERVICE), ("capabilities", Facet.CAPABILITY), ("site", Facet.SITE))
        }
        centres = np.random.default_rng(self.seed).standard_normal((len(how_often), real.embedding.shape[1]))
        vectors = _near(_unit(centres)[main], rng)
        return {"subfields": subfields, "industries": industries, "stages": stages, **masks, "embedding": vectors}


def with_other_startups(sides: Sides, board: Board, rows: NDArray[np.int64], seed: int = 99) -> Sides:
    """The same with other columns for these rows, as where their texts have changed."""
    others = MadeUpStartups(board, seed).askers(len(rows))
    askers, columns = sides.askers, {}
    for column in fields(StartupTable):
        values = np.array(getattr(askers.table, column.name))
        values[rows] = getattr(others.table, column.name)
        columns[column.name] = values
    keys = np.array(askers.keys)
    keys[rows] = others.keys
    return replace(sides, askers=replace(askers, table=StartupTable(**columns), keys=keys))


def _room(name: str, shape: tuple[int, ...], dtype: np.dtype[Any], folder: Path | None) -> Array:
    if folder is None:
        return np.empty(shape, dtype)
    return np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=dtype, shape=shape)


def _near(centres: Array, rng: Rng) -> NDArray[np.float32]:
    own = _unit(rng.standard_normal(centres.shape, np.float32))
    return _unit(NEAR * centres + (1 - NEAR) * own).astype(np.float32)


def _unit(rows: Array) -> Array:
    unit: Array = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _bits(n_terms: int, n: int, rng: Rng) -> NDArray[np.uint64]:
    """Two terms in half of the rows, none in the others."""
    terms = rng.integers(0, n_terms, (2, n)).astype(np.uint64)
    return np.where(rng.random(n) < 0.5, np.bitwise_or(*(np.uint64(1) << terms)), np.uint64(0))
