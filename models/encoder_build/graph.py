"""Draws the runtime's graph of the encoder: operators only, its weights live in the weight file."""

import json
import struct
from collections.abc import Sequence
from pathlib import Path

from onnx import ModelProto, NodeProto, StringStringEntryProto, TensorProto, helper

from models.encoder_build.source import SourceModel
from models.int8 import COLUMN_SCALE, INT8
from models.q4 import BIAS, BLOCK_SIZE, SCALE, SMOOTHING, WEIGHT

CONTRIB = "com.microsoft"
OPSET = 21
CONTRIB_OPSET = 1
IR_VERSION = 10
TENSOR_TYPES = {"U8": TensorProto.UINT8, "F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT}
NOT_IN_A_FILE = "given-when-the-session-opens"

ACTIVATION_ZERO = 128  # unsigned bytes: the kernels for signed ones are ten times slower
ACTIVATION_RANGE = 127
CONSTANTS = [
    helper.make_tensor("first", TensorProto.INT64, [1], [0]),
    helper.make_tensor("last_axis", TensorProto.INT64, [1], [-1]),
    helper.make_tensor("one", TensorProto.FLOAT, [], [1.0]),
    helper.make_tensor("step_of_range", TensorProto.FLOAT, [], [1 / ACTIVATION_RANGE]),
    helper.make_tensor("smallest_step", TensorProto.FLOAT, [], [1e-20]),
    helper.make_tensor("activation_zero", TensorProto.UINT8, [], [ACTIVATION_ZERO]),
]


class EncoderGraph:
    """Collects nodes; each method adds some and gives the name of their result."""

    def __init__(self, source: SourceModel) -> None:
        self.source = source
        self.nodes: list[NodeProto] = []
        self.given: list[TensorProto] = []  # weights that the session receives from its caller

    def add(
        self, operator: str, inputs: Sequence[str], *, n_outputs: int = 1, domain: str = "", **attributes: object
    ) -> str:
        name = f"{operator}_{len(self.nodes)}"
        outputs = [name, *(f"{name}.{number}" for number in range(1, n_outputs))]
        self.nodes.append(helper.make_node(operator, inputs, outputs, name=name, domain=domain, **attributes))
        return name

    def product(self, value: str, name: str, n_inputs: int, n_outputs: int) -> str:
        """Multiply by int8 weights: every token is quantised by its own largest value, so tokens stay independent."""
        largest = self.add("ReduceMax", [self.add("Abs", [value]), "last_axis"], keepdims=1)
        step = self.add("Max", [self.add("Mul", [largest, "step_of_range"]), "smallest_step"])
        rounded = self.add("QuantizeLinear", [self.add("Div", [value, step]), "one", "activation_zero"])
        summed = self.add(
            "MatMulIntegerToFloat",
            [rounded, name + INT8, "one", name + COLUMN_SCALE, "activation_zero"],
            domain=CONTRIB,
        )
        self.given.append(_elsewhere(name + INT8, TensorProto.INT8, [n_inputs, n_outputs], NOT_IN_A_FILE))
        self.given.append(_elsewhere(name + COLUMN_SCALE, TensorProto.FLOAT, [n_outputs], NOT_IN_A_FILE))
        return self.add("Mul", [summed, step])

    def smooth_product(self, value: str, name: str, n_inputs: int, n_outputs: int) -> str:
        """The same for an input with a few channels far larger than the rest: these are first evened out."""
        return self.product(self.add("Div", [value, name + SMOOTHING]), name, n_inputs, n_outputs)

    def add_and_norm(self, value: str, bias: str, skip: str, norm: str) -> str:
        """Residual sum and layer norm; the fused operator for both is seven times slower on a processor."""
        return self.norm(self.add("Add", [self.add("Add", [value, bias]), skip]), norm)

    def norm(self, value: str, name: str) -> str:
        epsilon = self.source.norm_epsilon
        return self.add("LayerNormalization", [value, name + WEIGHT, name + BIAS], axis=-1, epsilon=epsilon)

    def words(self) -> str:
        """Word, position and token-type embeddings, added and normalised."""
        words = self.add(
            "GatherBlockQuantized",
            ["words" + WEIGHT, "input_ids", self.add("Cast", ["words" + SCALE], to=TensorProto.FLOAT)],
            domain=CONTRIB,
            bits=4,
            block_size=BLOCK_SIZE,
            gather_axis=0,
            quantize_axis=1,
        )
        n_tokens = self.add("Shape", ["input_ids"], start=1, end=2)
        positions = self.add("Slice", ["positions" + WEIGHT, "first", n_tokens, "first"])
        first_type = self.add("Gather", ["token_types" + WEIGHT, "first"], axis=0)
        return self.norm(self.add("Add", [words, self.add("Add", [positions, first_type])]), "words_norm")

    def layer(self, value: str, number: int) -> str:
        hidden, wide = self.source.hidden, self.source.feed_forward
        here = f"layers.{number}."
        packed = self.smooth_product(value, here + "attention_in", hidden, 3 * hidden)
        query = self.add("Split", [packed], n_outputs=3, axis=-1, num_outputs=3)
        attended = self.add(
            "MultiHeadAttention",
            [query, f"{query}.1", f"{query}.2", here + "attention_in" + BIAS],
            domain=CONTRIB,
            num_heads=self.source.n_heads,
        )
        attended = self.product(attended, here + "attention_out", hidden, hidden)
        value = self.add_and_norm(attended, here + "attention_out" + BIAS, value, here + "attention_norm")
        inner = self.smooth_product(value, here + "feed_forward_in", hidden, wide)
        inner = self.add("BiasGelu", [inner, here + "feed_forward_in" + BIAS], domain=CONTRIB)
        inner = self.product(inner, here + "feed_forward_out", wide, hidden)
        return self.add_and_norm(inner, here + "feed_forward_out" + BIAS, value, here + "output_norm")


def draw_graph(source: SourceModel, weights: Path) -> ModelProto:
    """The graph; it must be saved into the folder of the weight file, which it names without a path.

    All texts of one call have equally many tokens, so there is no padding and no mask.
    """
    graph = EncoderGraph(source)
    value = graph.words()
    for number in range(source.n_layers):
        value = graph.layer(value, number)
    graph.nodes[-1].output[0] = "last_hidden_state"
    read = {name for node in graph.nodes for name in node.input}
    tokens = ["n_texts", "n_tokens"]
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, tokens)],
            [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*tokens, source.hidden])],
            [*(tensor for tensor in _in_file(weights) if tensor.name in read), *graph.given, *CONSTANTS],
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, CONTRIB_OPSET)],
        ir_version=IR_VERSION,
    )


def _in_file(weights: Path) -> list[TensorProto]:
    """One tensor without data for each entry of a safetensors file, with the place where its data is."""
    with weights.open("rb") as file:
        (header_bytes,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_bytes))
    return [
        _elsewhere(
            name,
            TENSOR_TYPES[entry["dtype"]],
            entry["shape"],
            weights.name,
            offset=8 + header_bytes + entry["data_offsets"][0],
            length=entry["data_offsets"][1] - entry["data_offsets"][0],
        )
        for name, entry in header.items()
        if name != "__metadata__"
    ]


def _elsewhere(name: str, data_type: int, shape: Sequence[int], location: str, **place: int) -> TensorProto:
    entries = {"location": location, **place}
    return TensorProto(
        name=name,
        dims=shape,
        data_type=data_type,
        data_location=TensorProto.EXTERNAL,
        external_data=[StringStringEntryProto(key=key, value=str(value)) for key, value in entries.items()],
    )
