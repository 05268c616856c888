"""Measures the released encoder against the same model in Sentence Transformers on torch.

    python -m models.bench_encoder

One thread each, in one process, in turns; prints JSON. The ratio is what holds between machines.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from typing import Any

from models.onnx_encoder import RELEASED, OnnxEncoder
from models.own_texts import own_texts

N_ROUNDS = 5
N_TEXTS = {20: 192, 200: 48}  # by length in tokens
TOLERANCE = 0.15  # of the length
COLD_START = """
import resource, time
start = time.perf_counter()
{load}
encode("A start-up that makes quantum chips.")
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
LOADERS = {
    "released": "from models.encoders import load_encoder\n"
    "encoder = load_encoder()\nencode = lambda text: encoder.encode([text], ['en'])",
    "torch": "import torch\ntorch.set_num_threads(1)\nfrom sentence_transformers import SentenceTransformer\n"
    "encode = SentenceTransformer({folder!r}, trust_remote_code=True, device='cpu').encode",
}


def texts_of_length(n_tokens: int, n_texts: int, encoder: OnnxEncoder) -> list[tuple[str, str]]:
    """Language and text, evenly from the three languages; single texts where they have this length, else joined."""
    chosen = []
    for language in ("zh", "en", "de"):
        found: list[str] = []
        joined = ""
        for text in (text for of, text in own_texts() if of == language):
            joined = f"{joined} {text}".strip() if n_tokens > encoder.n_tokens(text) else text
            length = encoder.n_tokens(joined)
            if length > (1 + TOLERANCE) * n_tokens:
                joined = ""
            elif length >= (1 - TOLERANCE) * n_tokens:
                found.append(joined)
                joined = ""
        chosen += [(language, text) for text in found[: n_texts // 3]]
    return chosen


def seconds_of(encode: Callable[[], Any]) -> float:
    start = perf_counter()
    encode()
    return perf_counter() - start


def compare(encoder: OnnxEncoder, torch_encode: Callable[[Sequence[str]], Any]) -> dict[str, Any]:
    """Texts per second of both, medians over rounds in turns, by length in tokens."""
    results = {}
    for n_tokens, n_texts in N_TEXTS.items():
        rows = texts_of_length(n_tokens, n_texts, encoder)
        languages, texts = [language for language, _ in rows], [text for _, text in rows]
        ours, theirs = [], []
        for _ in range(N_ROUNDS):
            ours.append(seconds_of(partial(encoder.encode, texts, languages)))
            theirs.append(seconds_of(partial(torch_encode, texts)))
        one = [seconds_of(partial(encoder.encode, [text], [language])) for language, text in rows]
        results[f"{n_tokens}_tokens"] = {
            "texts": len(texts),
            "mean_tokens": round(sum(map(encoder.n_tokens, texts)) / len(texts), 1),
            "released_texts_per_s": round(len(texts) / median(ours), 1),
            "torch_texts_per_s": round(len(texts) / median(theirs), 1),
            "ratio": round(median(theirs) / median(ours), 2),
            "released_one_text_ms": round(1000 * median(one), 1),
        }
    return results


def cold_start(kind: str) -> dict[str, float]:
    """Seconds from a bare interpreter to the first vector, and the process's largest memory."""
    script = COLD_START.format(load=LOADERS[kind].format(folder=str(RELEASED)))
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True)
    seconds, memory_mib = map(float, done.stdout.split()[-2:])
    return {"cold_start_s": round(seconds, 2), "peak_rss_mib": round(memory_mib)}


def main() -> None:
    report: dict[str, Any] = {"released": cold_start("released")}
    if find_spec("torch") is None or find_spec("sentence_transformers") is None:
        report["torch"] = "not installed: pip install matcher[encoder]"
    else:
        import torch  # noqa: PLC0415 - an optional package
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - likewise

        report["torch"] = cold_start("torch")
        torch.set_num_threads(1)
        model = SentenceTransformer(str(RELEASED), trust_remote_code=True, device="cpu")
        report |= compare(OnnxEncoder(), lambda texts: model.encode(list(texts), show_progress_bar=False))
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
