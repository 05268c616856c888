"""Turns the released 4-bit weights into the 8-bit ones that ordinary processors multiply fastest."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from models.q4 import SCALE, SMOOTHING, WEIGHT, dequantise

INT8, COLUMN_SCALE = ".int8", ".column_scale"
# Processors without VNNI add two products of an unsigned and a signed byte in 16 bits, and cut off what is larger.
# So the weights of two neighbouring inputs that can add up must together stay below 2 ** 15 / 255, after rounding.
PAIR_RANGE = 127
LOOKED_UP = "words"  # stays at four bits: its rows are looked up, not multiplied


def int8_products(weights: Path) -> dict[str, NDArray[np.generic]]:
    """The weights of all matrix products by name: int8 of shape (n_inputs, n_outputs) and one scale per output.

    Where an input is smoothed (divided, channel by channel) before it is quantised, its weights make up for it.
    """
    products: dict[str, NDArray[np.generic]] = {}
    with safe_open(weights, framework="numpy") as tensors:
        names = set(tensors.keys())
        for name in sorted(name.removesuffix(SCALE) for name in names if name.endswith(SCALE)):
            if name != LOOKED_UP:
                dense = dequantise(tensors.get_tensor(name + WEIGHT), tensors.get_tensor(name + SCALE))
                if name + SMOOTHING in names:
                    dense *= tensors.get_tensor(name + SMOOTHING)
                products[name + INT8], products[name + COLUMN_SCALE] = quantise(dense)
    return products


def quantise(dense: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Bytes of shape (n_inputs, n_outputs), and what one step of them is worth, shape (n_outputs,).

    Args:
        dense: shape (n_outputs, n_inputs), an even number of inputs.
    """
    even, odd = dense[:, 0::2], dense[:, 1::2]
    upward = np.maximum(even, 0) + np.maximum(odd, 0)
    downward = np.minimum(even, 0) + np.minimum(odd, 0)
    step = np.maximum(upward.max(axis=1), -downward.min(axis=1)) / PAIR_RANGE
    step = np.where(step > 0, step, np.float32(1))
    return np.ascontiguousarray(np.rint(dense / step[:, None]).astype(np.int8).T), step
