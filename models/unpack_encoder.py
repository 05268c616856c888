"""Writes the released encoder as an ordinary Sentence Transformers folder in single precision.

    python -m models.unpack_encoder FOLDER

The result, about 200 MB, loads with `SentenceTransformer(FOLDER)` and can be fine-tuned like any other model.
"""

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from models.encoder_session import WEIGHTS
from models.onnx_encoder import RELEASED
from models.q4 import BIAS, SCALE, SMOOTHING, WEIGHT, dequantise

PLAIN_TRANSFORMER = "sentence_transformers.base.modules.transformer.Transformer"
MODULES = "modules.json"
COPIED = ("config.json", "tokenizer.json", "tokenizer_config.json", "sentence_bert_config.json")
COPIED_OF_A_WHOLE_MODEL = ("config_sentence_transformers.json", "README.md", "LICENSE-e5.txt")
POOLING_FOLDERS = ("1_Pooling", "2_Normalize")
NAMES = {  # ours to the library's
    "words_norm": "embeddings.LayerNorm",
    "attention_out": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "feed_forward_in": "intermediate.dense",
    "feed_forward_out": "output.dense",
    "output_norm": "output.LayerNorm",
}
EMBEDDINGS = {"words": "word_embeddings", "positions": "position_embeddings", "token_types": "token_type_embeddings"}


def unpack_encoder(folder: Path, target: Path) -> None:
    """Write a whole Sentence Transformers model into `target`."""
    unpack_transformer(folder, target)
    for name in COPIED_OF_A_WHOLE_MODEL:
        shutil.copyfile(folder / name, target / name)
    for name in POOLING_FOLDERS:
        shutil.copytree(folder / name, target / name, dirs_exist_ok=True)
    modules = json.loads((folder / MODULES).read_text(encoding="utf-8"))
    modules[0]["type"] = PLAIN_TRANSFORMER
    (target / MODULES).write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")


def unpack_transformer(folder: Path, target: Path) -> None:
    """Write only the transformer and its tokenizer into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(folder / name, target / name)
    state = {name: np.ascontiguousarray(value) for name, value in full_precision(load_file(folder / WEIGHTS)).items()}
    save_file(state, target / "model.safetensors", metadata={"format": "pt"})


def full_precision(tensors: Mapping[str, NDArray[np.generic]]) -> dict[str, NDArray[np.float32]]:
    """The stored tensors by the library's names, and a pooler of zeros: unread, but the library expects one."""
    state: dict[str, NDArray[np.float32]] = {}
    for name, tensor in tensors.items():
        if name.endswith((SCALE, SMOOTHING)):
            continue
        module, dot, ending = name.rpartition(".")
        scale = tensors.get(module + SCALE)
        packed = scale is not None and dot + ending == WEIGHT
        value = dequantise(tensor, scale) if packed else tensor.astype(np.float32)  # type: ignore[arg-type]
        if module.endswith("attention_in"):
            layer = module.split(".")[1]
            for part, share in zip(("query", "key", "value"), np.split(value, 3), strict=True):
                state[f"encoder.layer.{layer}.attention.self.{part}{dot}{ending}"] = share
        else:
            state[_library_name(module) + dot + ending] = value
    n_dims = state["embeddings.LayerNorm.bias"].size
    state["pooler.dense" + WEIGHT] = np.zeros((n_dims, n_dims), np.float32)
    state["pooler.dense" + BIAS] = np.zeros(n_dims, np.float32)
    return state


def _library_name(module: str) -> str:
    if module in EMBEDDINGS:
        return f"embeddings.{EMBEDDINGS[module]}"
    if not module.startswith("layers."):
        return NAMES[module]
    _, layer, name = module.split(".")
    return f"encoder.layer.{layer}.{NAMES[name]}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", metavar="FOLDER", type=Path)
    unpack_encoder(RELEASED, parser.parse_args().target)
