"""The released encoder against the same model in Sentence Transformers on torch."""

from collections.abc import Iterator
from importlib.util import find_spec

from api.bench.rows import Row, skipped
from models.bench_encoder import compare
from models.onnx_encoder import RELEASED, OnnxEncoder

LEAST_RATIO = 2.5


def encoding_rows() -> Iterator[Row]:
    missing = [name for name in ("torch", "sentence_transformers") if find_spec(name) is None]
    if missing:
        yield skipped("encoding", f"{' and '.join(missing)} not installed: pip install 'matcher[encoder]'")
        return
    import torch  # noqa: PLC0415 - an optional package
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - likewise

    torch.set_num_threads(1)
    model = SentenceTransformer(str(RELEASED), trust_remote_code=True, device="cpu")
    results = compare(OnnxEncoder(), lambda texts: model.encode(list(texts), show_progress_bar=False))
    for length, result in results.items():
        yield Row(
            figure=f"encoding, {length.replace('_', ' ')}",
            value=result["released_texts_per_s"],
            unit="texts/s",
            reference=result["torch_texts_per_s"],
            ratio=result["ratio"],
            limit=LEAST_RATIO,
            note="one thread each, in turns",
        )
