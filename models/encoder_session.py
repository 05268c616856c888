"""Runs the released encoder's graph on ONNX Runtime, on one thread that sleeps when there is nothing to do."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from models.int8 import int8_products

GRAPH, WEIGHTS = "graph.onnx", "model-q4.safetensors"
OUTPUT = "last_hidden_state"
ERRORS_ONLY = 3


class EncoderSession:
    """Token ids to one vector per token."""

    def __init__(self, folder: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = ERRORS_ONLY
        options.enable_mem_pattern = False  # every length is a new shape
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Further steps would fuse sum and layer norm into an operator that is slower on a processor.
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        products = int8_products(folder / WEIGHTS)
        # The session reads the weights where they lie, so they must live as long as it does.
        self._weights = [ort.OrtValue.ortvalue_from_numpy(product) for product in products.values()]
        options.add_external_initializers(list(products), self._weights)
        self._session = ort.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])

    def run(self, token_ids: NDArray[np.int64], outputs: Sequence[str] = (OUTPUT,)) -> list[NDArray[np.float32]]:
        """One array per output, shape (n_texts, n_tokens, n_channels).

        Args:
            token_ids: texts with equally many tokens, shape (n_texts, n_tokens).
            outputs: names of the graph's outputs.
        """
        return self._session.run(list(outputs), {"input_ids": token_ids})
