"""Pairs that should lie close, drawn so that all others of a batch should not, and a linear map learned from them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from models.centring import FloatMatrix, unit
from models.encoder_tries.passages import BoolVector, Kind, Passages

if TYPE_CHECKING:
    import torch

N_TWINS, N_ALIKE = 16, 48  # pairs a batch
TEMPERATURE = 0.05
MAP_STEPS, MAP_RATE = 400, 3e-4
SEED = 7
Pair = tuple[int, int]


class PairSampler:
    """Draws pairs in two languages: twins, and passages of the same sub-field."""

    def __init__(self, passages: Passages, known: BoolVector, alike: Sequence[Kind], rng: Generator) -> None:
        self._languages, self._rng = passages.languages, rng
        self._twins = _members(passages, known & passages.are(Kind.CARRIER, Kind.LABEL))
        self._alike = _members(passages, known & passages.are(*alike))

    def draw(self, n_twins: int = N_TWINS, n_alike: int = N_ALIKE) -> list[Pair]:
        """Each of another name, so that no two pairs of a batch belong together; fewer where there are fewer names."""
        return [self._pair(of) for of in (*self._some(self._twins, n_twins), *self._some(self._alike, n_alike))]

    def _some(self, members: Sequence[list[int]], n: int) -> list[list[int]]:
        chosen = self._rng.choice(len(members), size=min(n, len(members)), replace=False)
        return [members[number] for number in chosen.tolist()]

    def _pair(self, of: list[int]) -> Pair:
        first = of[int(self._rng.integers(len(of)))]
        others = [number for number in of if self._languages[number] != self._languages[first]]
        return first, others[int(self._rng.integers(len(others)))]


def _members(passages: Passages, chosen: BoolVector) -> list[list[int]]:
    """By kind and name, those in at least two languages; texts and terms of one sub-field are together."""
    together: dict[tuple[bool, Kind, str], list[int]] = {}
    for number in np.flatnonzero(chosen).tolist():
        row = passages.rows[number]
        kind = Kind.TEXT if row.kind is Kind.TERM else row.kind
        together.setdefault((kind is Kind.TEXT, kind, row.name), []).append(number)
    return [of for of in together.values() if len({str(passages.languages[number]) for number in of}) > 1]


def contrastive_loss(one: "torch.Tensor", other: "torch.Tensor") -> "torch.Tensor":
    """InfoNCE in both directions over unit vectors, shape (n_pairs, dims) each [van den Oord et al., 2018]."""
    import torch  # noqa: PLC0415 - an optional package

    logits = one @ other.T / TEMPERATURE
    target = torch.arange(len(logits))
    return (torch.nn.functional.cross_entropy(logits, target) + torch.nn.functional.cross_entropy(logits.T, target)) / 2


def learned_map(vectors: FloatMatrix, passages: Passages, known: BoolVector, alike: Sequence[Kind]) -> FloatMatrix:
    """A linear map of the vectors, learned from pairs; it starts where nothing changes."""
    import torch  # noqa: PLC0415 - an optional package

    torch.manual_seed(SEED)
    sampler = PairSampler(passages, known, alike, np.random.default_rng(SEED))
    layer = torch.nn.Linear(vectors.shape[1], vectors.shape[1], bias=False)
    torch.nn.init.eye_(layer.weight)
    optimiser = torch.optim.Adam(layer.parameters(), lr=MAP_RATE)
    given = torch.from_numpy(vectors)
    for _ in range(MAP_STEPS):
        pairs = np.array(sampler.draw())
        one, other = (torch.nn.functional.normalize(layer(given[pairs[:, side]]), dim=-1) for side in (0, 1))
        optimiser.zero_grad()
        contrastive_loss(one, other).backward()
        optimiser.step()
    with torch.no_grad():
        return unit(layer(given).numpy())
