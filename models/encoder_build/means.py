"""Computes the stored mean of each language from texts like those that will be encoded."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from models.centring import Means
from models.encoder_build.manifest import renew_manifest
from models.onnx_encoder import MEANS, OnnxEncoder

IN_ALL = ("zh", "en", "de")


def write_means(folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    """Write the means into the encoder's folder.

    Args:
        folder: a whole encoder; whatever means it has are not read.
        texts: language and text.
    """
    encoder = OnnxEncoder(folder)
    by_language = defaultdict(list)
    for language, text in texts:
        by_language[language].append(text)
    vectors = {language: encoder.encode_raw(of_language) for language, of_language in sorted(by_language.items())}
    Means.of(vectors, in_all=IN_ALL).save(folder / MEANS)
    renew_manifest(folder)
