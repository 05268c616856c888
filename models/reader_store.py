"""Keeps the released reader: weights, vocabulary, cues and a manifest that says what they are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from matcher.domain.errors import ModelNotFound
from matcher.understanding.lexis import Lexis
from matcher.understanding.terms import TermIndex
from models.linear_head import LinearHead
from models.need_cues import NeedCues
from models.praise_head import PraiseHead
from models.token_vocabulary import TokenVocabulary

RELEASED = Path(__file__).parent / "released" / "reader"
WEIGHTS, PIECES, MANIFEST = "weights.safetensors", "pieces.txt", "manifest.json"
HEADS = ("field", "stage", "needs", "gate")
NAME = "linear-reader"
REVISION_DIGITS = 8


@dataclass(frozen=True)
class ReaderModel:
    """Everything a reader has learned."""

    id: str
    encoder_id: str
    vocabulary: TokenVocabulary
    heads: Mapping[str, LinearHead]
    cues: NeedCues
    thresholds: Mapping[str, float]
    temperatures: Mapping[str, float]
    terms: TermIndex
    praise: PraiseHead | None = None

    @cached_property
    def lexis(self) -> Lexis:
        return Lexis(self.vocabulary.well_known, self.terms, self.vocabulary.han_pairs)


def save_model(
    folder: Path,
    vocabulary: TokenVocabulary,
    heads: Mapping[str, LinearHead],
    patterns: Mapping[str, Sequence[str]],
    facts: Mapping[str, Any],
    praise: PraiseHead | None = None,
) -> None:
    """Write the model.

    `facts` must hold `encoder`, `thresholds` and `temperatures`, may hold `terms` by sub-field and `ambiguous` words,
    and says how the model was made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, NDArray[np.generic]] = {"idf": vocabulary.idf.astype(np.float16)}
    for name, head in heads.items():
        tensors |= head.tensors(name)
    if praise is not None:
        tensors |= praise.tensors()
    save_file(tensors, folder / WEIGHTS)
    (folder / PIECES).write_text("\n".join(vocabulary.pieces) + "\n", encoding="utf-8")
    together = sha256((folder / WEIGHTS).read_bytes() + (folder / PIECES).read_bytes())
    together.update(json.dumps(facts, sort_keys=True, default=str).encode())
    manifest = {
        "id": f"{NAME}@{together.hexdigest()[:REVISION_DIGITS]}",
        **facts,
        "classes": {name: list(head.classes) for name, head in heads.items()},
        "cues": {name: list(of_name) for name, of_name in patterns.items()},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def load_model(folder: Path = RELEASED) -> ReaderModel:
    """Read it back; raises ModelNotFound where a file is missing."""
    for name in (WEIGHTS, PIECES, MANIFEST):
        if not (folder / name).is_file():
            raise ModelNotFound("The reader in {folder} has no file {name}.", folder=folder.name, name=name)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    tensors = load_file(folder / WEIGHTS)
    pieces = tuple((folder / PIECES).read_text(encoding="utf-8").split("\n")[:-1])
    return ReaderModel(
        id=manifest["id"],
        encoder_id=manifest["encoder"],
        vocabulary=TokenVocabulary(pieces, tensors["idf"].astype(np.float32)),
        heads={name: LinearHead.from_tensors(name, manifest["classes"][name], tensors) for name in HEADS},
        cues=NeedCues(manifest["cues"]),
        thresholds=manifest["thresholds"],
        temperatures=manifest["temperatures"],
        terms=TermIndex(manifest.get("terms", {}), manifest.get("ambiguous", ())),
        praise=PraiseHead.from_tensors(tensors),
    )
