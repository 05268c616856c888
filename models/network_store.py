"""Keeps a ranker learned from a network: trees as text beside a manifest that says how they were made."""

import json
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

import numpy as np

from matcher.domain.errors import InvalidFile, ModelNotFound
from matcher.ranking.network import NetworkRanker, Utilities
from models.additive_ranker import AdditiveRanker
from models.linear_choice import LinearChoice

FORM = 1  # of the folder; another one is not read
MANIFEST, WORDS = "manifest.json", "words.npy"
HEADS = ("gain", "admits")
PACKAGES = ("lightgbm", "matcher", "numpy", "scikit-learn", "scipy")


def save_network(folder: Path, ranker: NetworkRanker, data_hash: str) -> dict[str, Any]:
    """Write the ranker and return its manifest; the same data, seed and versions give the same bytes.

    Raises:
        InvalidFile: the folder cannot be written.
    """
    utilities = ranker.utilities
    heads = {name: head for name in HEADS if isinstance(head := getattr(utilities, name), AdditiveRanker)}
    choice = utilities.choice
    if not isinstance(choice, LinearChoice):
        raise TypeError("only what this package learned can be kept")
    texts = {name: head.to_text() for name, head in heads.items()}
    learned = sha256("".join([*texts.values(), repr(choice.weights_.tolist())]).encode())
    manifest = {
        "form": FORM,
        "id": f"network-ranker@{learned.hexdigest()[:8]}",
        "encoder": ranker.encoder_id,
        "data": data_hash,
        "seed": heads["gain"].seed,
        "versions": {"python": python_version()} | {name: version(name) for name in PACKAGES},
        **ranker.facts,
        "months_in_a_round": ranker.months,
        "features": list(ranker.features),
        "heads": {name: head.get_params() for name, head in heads.items()},
        "choice": choice.get_params() | {"weights": choice.weights_.tolist()},
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        np.save(folder / WORDS, ranker.rare)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")  # last: without it there is no model
    except OSError as error:
        raise InvalidFile(
            "The folder {folder} cannot be written: {reason}.", field="out", folder=folder, reason=error.strerror
        ) from None
    return manifest


def load_network(folder: Path) -> NetworkRanker:
    """Read it back.

    Raises:
        ModelNotFound: a file is missing or damaged, or of another form.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["form"] != FORM:
            raise ModelNotFound(
                "The model in {folder} was made by another version of this program.", folder=folder.name
            )
        heads = {name: _head(folder, name, parameters) for name, parameters in manifest["heads"].items()}
        return NetworkRanker(
            utilities=Utilities(
                gain=heads["gain"],
                admits=heads.get("admits"),
                choice=LinearChoice.from_weights(**manifest["choice"]),
            ),
            rare=np.load(folder / WORDS, allow_pickle=False),
            months=manifest["months_in_a_round"],
            encoder_id=manifest["encoder"],
            features=tuple(manifest["features"]),
            facts=manifest,
        )
    except FileNotFoundError as error:
        raise ModelNotFound(
            "The model in {folder} has no file {name}.", folder=folder.name, name=Path(error.filename).name
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelNotFound("The model in {folder} is damaged: {reason}.", folder=folder.name, reason=error) from None


def _head(folder: Path, name: str, parameters: Mapping[str, Any]) -> AdditiveRanker:
    return AdditiveRanker.from_text((folder / f"{name}.txt").read_text(encoding="utf-8"), parameters)
