"""Shares out the range of each product's input channels between input and weights, before both become bytes.

Source: Xiao et al., SmoothQuant, ICML 2023, with the exponent one half.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper

from models.encoder_build.weights import Tensors
from models.encoder_session import GRAPH, EncoderSession
from models.q4 import SCALE, SMOOTHING, WEIGHT, dequantise

SMALLEST = 1e-4


def smoothing(
    folder: Path, graph: ModelProto, tensors: Tensors, token_ids: Sequence[Sequence[int]]
) -> dict[str, NDArray[np.float32]]:
    """The smoothing of every smoothed product by the name of its tensor, shape (n_inputs,), about one on average.

    Args:
        folder: holds the weight file with these tensors.
        graph: what the runtime will run; a copy that shows its inner values is run here.
        tensors: all weights.
        token_ids: sample texts as the encoder reads them.
    """
    largest = _largest_inputs(folder, graph, token_ids)
    factors = {}
    for name, of_input in largest.items():
        product = name.removesuffix(SMOOTHING)
        dense = dequantise(tensors[product + WEIGHT], tensors[product + SCALE])  # type: ignore[arg-type]
        factor = np.sqrt(np.maximum(of_input, SMALLEST) / np.maximum(np.abs(dense).max(axis=0), SMALLEST))
        factors[name] = (factor / factor.mean()).astype(np.float32)
    return factors


def _largest_inputs(
    folder: Path, graph: ModelProto, token_ids: Sequence[Sequence[int]]
) -> dict[str, NDArray[np.float32]]:
    """By smoothing tensor, the largest absolute value that each channel of what it divides takes."""
    divided = {node.input[1]: node.input[0] for node in graph.graph.node if node.input[-1:][0].endswith(SMOOTHING)}
    shown = ModelProto()
    shown.CopyFrom(graph)
    shown.graph.output.extend(
        helper.make_tensor_value_info(value, TensorProto.FLOAT, None) for value in divided.values()
    )
    (folder / GRAPH).write_bytes(shown.SerializeToString())
    session = EncoderSession(folder)
    largest: dict[str, NDArray[np.float32]] = {}
    for ids in token_ids:
        values = session.run(np.array([ids], np.int64), list(divided.values()))
        for name, value in zip(divided, values, strict=True):
            here = np.abs(value).max(axis=(0, 1))
            largest[name] = np.maximum(largest[name], here) if name in largest else here
    return largest
