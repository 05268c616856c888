"""How well each kind of carrier suits each stage, and how high each level of recognition ranks.

Source: the chain makerspace, incubator, accelerator, park of the city's briefing of 2 February 2024, and the typical
kinds of each stage in the vocabulary. Parks take firms of all stages (card of the registry), so a park's kind speaks
for volume production but hardly against anyone.
"""

from collections.abc import Mapping

from matcher.domain.ids import TermId

STAGES = ("stage.team", "stage.seed", "stage.incubation", "stage.growth", "stage.industrial")
FIT: Mapping[str, tuple[float, ...]] = {
    "kind.makerspace": (1.0, 0.6, 0.2, 0.0, 0.0),
    "kind.specialised_makerspace": (1.0, 0.6, 0.2, 0.0, 0.0),
    "kind.incubator": (0.5, 1.0, 1.0, 0.25, 0.0),
    "kind.specialised_incubator": (0.6, 1.0, 1.0, 0.25, 0.0),
    "kind.benchmark_incubator": (0.5, 1.0, 1.0, 0.25, 0.0),
    "kind.enclave_incubator": (0.5, 1.0, 0.7, 0.2, 0.0),
    "kind.university_park": (1.0, 0.9, 0.7, 0.3, 0.0),
    "kind.maker_community": (0.7, 0.8, 0.8, 0.7, 0.3),
    "kind.accelerator": (0.1, 0.3, 0.6, 1.0, 0.8),
    "kind.industrial_park": (0.3, 0.5, 0.7, 0.9, 1.0),
}
LEVEL_RANK: Mapping[str, float] = {
    "level.excellent_2025": 1.0,
    "level.national": 0.9,
    "level.standard_2025": 0.9,
    "level.provincial": 0.7,
    "level.municipal": 0.5,
    "level.county": 0.4,
    "level.unrated": 0.2,
}


def fit_of_kind(kind: TermId | None, stage: str) -> float:
    """In [0, 1]; NaN where the kind, or the stage, is not one of those above."""
    if kind is None or kind not in FIT or stage not in STAGES:
        return float("nan")
    return FIT[kind][STAGES.index(stage)]
