"""Writes the manifest: what the encoder is called, how it is used, and the hash of every file."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from models.encoder_build.library_files import PREFIX
from models.encoder_build.source import SourceModel
from models.encoder_session import GRAPH, WEIGHTS
from models.onnx_encoder import MANIFEST, MEANS, TOKENIZER

NAME = "me5s-zh-en-de-q4"
REVISION_DIGITS = 8
DECIDE_THE_VECTORS = (GRAPH, WEIGHTS, TOKENIZER, MEANS)  # a change in one of them is a new revision


def write_manifest(folder: Path, source: SourceModel, n_pieces: int, packages: Mapping[str, str]) -> None:
    """Write it anew; all other files must be in their places.

    Args:
        folder: the encoder's.
        source: the model it was made from.
        n_pieces: how many pieces of the vocabulary were kept.
        packages: what it was made with, and the versions.
    """
    manifest = {
        "id": "",
        "dims": source.hidden,
        "prefix": PREFIX,
        "max_tokens": source.max_tokens,
        "base_model": "intfloat/multilingual-e5-small",
        "licence": "MIT",
        "pieces": n_pieces,
        "pieces_of_base": len(source.pieces),
        "made_with": dict(packages),
    }
    _write(folder, manifest)


def renew_manifest(folder: Path) -> None:
    """Bring the hashes and the revision up to date after a file has changed."""
    _write(folder, json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


def _write(folder: Path, manifest: dict[str, object]) -> None:
    hashes = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    together = "".join(hashes.get(name, "") for name in DECIDE_THE_VECTORS)
    manifest["id"] = f"{NAME}@{sha256(together.encode()).hexdigest()[:REVISION_DIGITS]}"
    manifest["sha256"] = hashes
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
