"""Repacks the source's blocks, without loss, into the order that the runtime's 4-bit matrix product reads."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.encoder_build.source import SourceModel
from models.q4 import BIAS, SCALE, SMOOTHING, WEIGHT

Tensors = dict[str, NDArray[np.generic]]
PRODUCTS = {  # our name to the source's, several stacked along the outputs
    "attention_in": ("q", "k", "v"),
    "attention_out": ("ao",),
    "feed_forward_in": ("fi",),
    "feed_forward_out": ("fo",),
}
SMOOTHED = ("attention_in", "feed_forward_in")  # products that read the output of a layer norm
NORMS = {"attention_norm": "aln", "output_norm": "oln"}


def repack(source: SourceModel, kept: Sequence[int]) -> Tensors:
    """All tensors of the released file, as yet without smoothing.

    Args:
        source: the model to take them from.
        kept: the pieces to keep, as ids of the source, in their new order.
    """
    words = source.blocks("emb.word", source.hidden)[np.asarray(kept)]
    tensors: Tensors = {
        "words" + WEIGHT: _nibbles(words).reshape(len(kept), -1),
        "words" + SCALE: _scales(words),
        "positions" + WEIGHT: source.floats("emb.pos").reshape(-1, source.hidden),
        "token_types" + WEIGHT: source.floats("emb.type").reshape(-1, source.hidden),
        "words_norm" + WEIGHT: source.floats("emb.ln.w"),
        "words_norm" + BIAS: source.floats("emb.ln.b"),
    }
    for layer in range(source.n_layers):
        for name, parts in PRODUCTS.items():
            n_inputs = source.feed_forward if name == "feed_forward_out" else source.hidden
            blocks = np.concatenate([source.blocks(f"l{layer}.{part}.w", n_inputs) for part in parts])
            tensors[f"layers.{layer}.{name}{WEIGHT}"] = _nibbles(blocks)
            tensors[f"layers.{layer}.{name}{SCALE}"] = _scales(blocks)
            tensors[f"layers.{layer}.{name}{BIAS}"] = np.concatenate(
                [source.floats(f"l{layer}.{part}.b") for part in parts]
            )
        for name in SMOOTHED:
            tensors[f"layers.{layer}.{name}{SMOOTHING}"] = np.ones(source.hidden, np.float32)
        for name, part in NORMS.items():
            tensors[f"layers.{layer}.{name}{WEIGHT}"] = source.floats(f"l{layer}.{part}.w")
            tensors[f"layers.{layer}.{name}{BIAS}"] = source.floats(f"l{layer}.{part}.b")
    return tensors


def _scales(blocks: NDArray[np.uint8]) -> NDArray[np.float16]:
    return np.ascontiguousarray(blocks[..., :2]).view(np.float16)[..., 0].copy()


def _nibbles(blocks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """From weights i and i + 16 in byte i to weights 2i and 2i + 1, shape (n_outputs, n_blocks, 16)."""
    stored = blocks[..., 2:]
    in_order = np.concatenate([stored & 15, stored >> 4], axis=-1)
    return in_order[..., 0::2] | (in_order[..., 1::2] << 4)
