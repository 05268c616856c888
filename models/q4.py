"""The released weights: four bits a weight, 32 weights to a scale, two weights a byte with the even one low."""

import numpy as np
from numpy.typing import NDArray

BLOCK_SIZE = 32
ZERO_POINT = 8  # the stored value that stands for zero
WEIGHT, SCALE, BIAS = ".weight", ".scale", ".bias"
SMOOTHING = ".smoothing"  # see models/int8.py; no part of the model itself


def dequantise(packed: NDArray[np.uint8], scale: NDArray[np.float16]) -> NDArray[np.float32]:
    """The weights in single precision, shape (n_outputs, n_inputs).

    Args:
        packed: two weights a byte; n_outputs first, any further axes run along the inputs.
        scale: shape (n_outputs, n_inputs / BLOCK_SIZE).
    """
    n_outputs, n_blocks = scale.shape
    pairs = packed.reshape(n_outputs, n_blocks, BLOCK_SIZE // 2)
    weights = np.empty((n_outputs, n_blocks, BLOCK_SIZE), np.float32)
    weights[..., 0::2] = pairs & 15
    weights[..., 1::2] = pairs >> 4
    weights -= ZERO_POINT
    weights *= scale[..., None].astype(np.float32)
    return weights.reshape(n_outputs, -1)
