"""Contrastive tuning of the encoder's upper layers; what the lower ones say is worked out once."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.centring import FloatMatrix, Means, unit
from models.encoder_session import GRAPH, OUTPUT, WEIGHTS, EncoderSession
from models.encoder_tries.contrastive import SEED, PairSampler, contrastive_loss
from models.encoder_tries.passages import LANGUAGES, BoolVector, Kind, Passages
from models.onnx_encoder import MEANS, RELEASED, TOKENIZER
from models.unpack_encoder import unpack_transformer
from models.windows import Window, WindowCutter, equal_batches

if TYPE_CHECKING:
    import onnx
    import torch

PREFIX, MAX_TOKENS = "query: ", 512
TRAINED_TOKENS = 96  # of a passage, from its start
MOST_TOKENS_AT_ONCE = 2048
N_STEPS, RATE, WARM_UP = 100, 5e-5, 10
N_TWINS, N_ALIKE = 8, 24
States = NDArray[np.float16]  # shape (n_tokens, hidden)


class UpperLayers:
    """The passages as the lower layers see them, ready to be tuned on, once for each fold."""

    def __init__(self, passages: Passages, n_layers: int) -> None:
        self._passages, self._n_layers = passages, n_layers
        cutter = WindowCutter(Tokenizer.from_file(str(RELEASED / TOKENIZER)), PREFIX, MAX_TOKENS)
        self._windows = list(cutter.cut([cutter.tokenise(row.text) for row in passages.rows]))
        self._states = lower_states(self._windows, n_layers)
        self._first = {window.text: number for number, window in reversed(list(enumerate(self._windows)))}
        self._means = Means.load(RELEASED / MEANS)

    def tuned(self, vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
        """Vectors of all passages after tuning on the known ones, centred on the known ones."""
        import torch  # noqa: PLC0415 - an optional package

        torch.manual_seed(SEED)
        layers = released_layers(self._n_layers)
        self._tune(layers, known)
        return self._encode(layers, known, vectors.shape[1])

    def _tune(self, layers: "torch.nn.ModuleList", known: BoolVector) -> None:
        import torch  # noqa: PLC0415 - an optional package

        sampler = PairSampler(self._passages, known, (Kind.TEXT,), np.random.default_rng(SEED))
        optimiser = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=0.01)
        rate = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * (1 - step / N_STEPS)
        )
        for _ in range(N_STEPS):
            pairs = np.array(sampler.draw(N_TWINS, N_ALIKE))
            optimiser.zero_grad()
            contrastive_loss(*(self._pooled(layers, pairs[:, side].tolist()) for side in (0, 1))).backward()
            torch.nn.utils.clip_grad_norm_(layers.parameters(), 1.0)
            optimiser.step()
            rate.step()

    def _pooled(self, layers: "torch.nn.ModuleList", numbers: Sequence[int]) -> "torch.Tensor":
        """Centred unit vectors of the first window of some passages, with a way back for gradients."""
        import torch  # noqa: PLC0415 - an optional package

        states = [self._states[self._first[number]][:TRAINED_TOKENS] for number in numbers]
        longest = max(map(len, states))
        padded = np.zeros((len(states), longest, states[0].shape[1]), np.float32)
        here = np.zeros((len(states), longest), bool)
        for row, of_passage in enumerate(states):
            padded[row, : len(of_passage)] = of_passage
            here[row, : len(of_passage)] = True
        mask = torch.from_numpy(here)
        value = through(layers, torch.from_numpy(padded), mask[:, None, None, :])
        summed = (value * mask[:, :, None]).sum(dim=1)
        languages = [str(self._passages.languages[number]) for number in numbers]
        by_language = self._means.by_language
        means = np.stack([by_language.get(language, by_language["all"]) for language in languages])
        raw = torch.nn.functional.normalize(summed, dim=-1)
        return torch.nn.functional.normalize(raw - torch.from_numpy(means), dim=-1)

    def _encode(self, layers: "torch.nn.ModuleList", known: BoolVector, dims: int) -> FloatMatrix:
        import torch  # noqa: PLC0415 - an optional package

        pooled = np.zeros((len(self._passages.rows), dims), np.float32)
        number_of = {id(window): number for number, window in enumerate(self._windows)}
        with torch.no_grad():
            for batch in equal_batches(self._windows, MOST_TOKENS_AT_ONCE):
                states = np.stack([self._states[number_of[id(window)]] for window in batch]).astype(np.float32)
                value = through(layers, torch.from_numpy(states), None).sum(dim=1).numpy()
                for window, summed in zip(batch, value, strict=True):
                    pooled[window.text] += summed
        return centred_on_known(unit(pooled), self._passages, known)


def centred_on_known(vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
    """Less the mean of the known texts and carriers in the same language."""
    sample = known & passages.are(Kind.TEXT, Kind.CARRIER)
    languages = passages.languages
    means = Means.of(
        {str(one): vectors[sample & (languages == one)] for one in np.unique(languages[sample])}, in_all=LANGUAGES
    )
    return means.centre(vectors, languages.tolist())


def lower_states(windows: Sequence[Window], n_upper: int) -> list[States]:
    """What the released encoder's layers below the uppermost ones say of each window."""
    import onnx  # noqa: PLC0415 - an optional package

    graph = onnx.load(str(RELEASED / GRAPH), load_external_data=False)
    tap = output_of_layer(graph, n_upper)
    graph.graph.output.append(onnx.helper.make_tensor_value_info(tap, onnx.TensorProto.FLOAT, None))
    states: dict[int, States] = {}
    number_of = {id(window): number for number, window in enumerate(windows)}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(RELEASED / WEIGHTS, Path(folder) / WEIGHTS)
        onnx.save(graph, str(Path(folder) / GRAPH))
        session = EncoderSession(Path(folder))
        for batch in equal_batches(windows, MOST_TOKENS_AT_ONCE):
            (said,) = session.run(np.array([window.ids for window in batch], np.int64), (tap,))
            for window, of_window in zip(batch, said, strict=True):
                states[number_of[id(window)]] = of_window.astype(np.float16)
    return [states[number] for number in range(len(windows))]


def output_of_layer(graph: "onnx.ModelProto", n_from_top: int) -> str:
    """The name of what comes out of the layer below the uppermost `n_from_top` ones."""
    norms = [node.output[0] for node in graph.graph.node if any("output_norm.weight" in name for name in node.input)]
    if norms[-1] != OUTPUT or not 0 < n_from_top < len(norms):
        raise ValueError(f"the graph has {len(norms)} layers, {n_from_top} are to be tuned")
    return str(norms[-1 - n_from_top])


def released_layers(n_layers: int) -> "torch.nn.ModuleList":
    """The uppermost layers of the released encoder in single precision, as a torch module list."""
    from transformers import AutoModel  # noqa: PLC0415 - an optional package

    with tempfile.TemporaryDirectory() as folder:
        unpack_transformer(RELEASED, Path(folder))
        model = AutoModel.from_pretrained(folder)
    return model.encoder.layer[-n_layers:].eval()  # without dropout: so short a tuning needs none


def through(layers: "torch.nn.ModuleList", value: "torch.Tensor", mask: "torch.Tensor | None") -> "torch.Tensor":
    for layer in layers:
        said = layer(value, attention_mask=mask)
        value = said[0] if isinstance(said, tuple) else said
    return value
