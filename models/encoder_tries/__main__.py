"""Tries to better the released encoder, and prints how each does beside it.

    python -m models.encoder_tries [NAME ...]

Without names, the cheap ones. Everything is measured on invented texts and on carriers' descriptions which a try has
not seen; the judged texts take no part. The findings stand in models/cards/encoder.md.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import partial
from time import process_time

import numpy as np

from models.centring import FloatMatrix
from models.encoder_tries.contrastive import learned_map
from models.encoder_tries.figures import READING, RETRIEVAL, Try, measure, table
from models.encoder_tries.joined import SecondEncoder
from models.encoder_tries.linear_maps import (
    discriminants_of_fields,
    rotated_to_chinese,
    whitened_within_fields,
    without_common_directions,
)
from models.encoder_tries.passages import N_FOLDS, BoolVector, Kind, Passages
from models.encoder_tries.reading import FieldReading
from models.encoder_tries.upper_layers import UpperLayers
from models.encoders import load_encoder

SEED = 5
CHEAP: Mapping[str, Try] = {
    "without_common": without_common_directions,
    "whitened": whitened_within_fields,
    "discriminants": discriminants_of_fields,
    "rotated": rotated_to_chinese,
    "mapped": partial(learned_map, alike=(Kind.TEXT,)),
    "mapped_terms": partial(learned_map, alike=(Kind.TEXT, Kind.TERM)),
}
DEAR: Mapping[str, Callable[[Passages], Try]] = {  # each first encodes all passages anew
    "second_alone": lambda passages: SecondEncoder(passages).alone,
    "second_beside": lambda passages: SecondEncoder(passages).beside,
    "tuned_2": lambda passages: UpperLayers(passages, 2).tuned,
    "tuned_4": lambda passages: UpperLayers(passages, 4).tuned,
}


def released(vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
    return vectors


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - a script


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"any of {', '.join([*CHEAP, *DEAR])}")
    parser.add_argument(
        "--folds",
        metavar="N",
        type=int,
        choices=range(1, N_FOLDS + 1),
        default=N_FOLDS,
        help="measure on the first N of three",
    )
    arguments = parser.parse_args()
    names = arguments.names or list(CHEAP)
    if unknown := [name for name in names if name not in CHEAP and name not in DEAR]:
        parser.error(f"unknown: {', '.join(unknown)}; expected any of {', '.join([*CHEAP, *DEAR])}")
    passages = Passages.load()
    say(f"encoding {len(passages.rows)} passages")
    vectors = passages.vectors(load_encoder().encode)
    groups = passages.groups(vectors)
    folds = passages.folds(groups, np.random.default_rng(SEED))
    reading = FieldReading(passages)
    measured = {}
    for name in ("released", *names):
        begun = process_time()
        one = released if name == "released" else CHEAP[name] if name in CHEAP else DEAR[name](passages)
        measured[name] = measure(one, vectors, passages, folds, reading, arguments.folds)
        say(f"{name}: {process_time() - begun:.0f} s of processor time")
    for figures in (RETRIEVAL, READING):
        print("\n".join(["", *table(measured, figures, groups)]))  # noqa: T201 - a script


if __name__ == "__main__":
    main()
