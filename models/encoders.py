"""Chooses the sentence encoder: the released one, or another by folder or name."""

from collections.abc import Callable
from pathlib import Path

from models.cached_encoder import CachedEncoder, ReadsTexts, VectorCache
from models.hashing_encoder import HashingEncoder
from models.onnx_encoder import RELEASED, OnnxEncoder
from models.sentence_transformers_encoder import SentenceTransformersEncoder, TextsByLanguage

__all__ = [
    "RELEASED",
    "CachedEncoder",
    "HashingEncoder",
    "OnnxEncoder",
    "SentenceTransformersEncoder",
    "VectorCache",
    "load_encoder",
]


def load_encoder(
    setting: str | None = None,
    *,
    centring_texts: Callable[[], TextsByLanguage] | None = None,
    means_folder: Path | None = None,
) -> ReadsTexts:
    """The encoder that a setting names.

    Args:
        setting: None for the released one; else a folder or a hub name of a Sentence Transformers model.
        centring_texts: texts by language from which another model's means are computed when first needed.
        means_folder: where these means are kept.

    Raises:
        EncoderUnavailable: it cannot be had.
        ModelNotFound: a file of the released one is missing.
    """
    if setting is None or Path(setting).resolve() == RELEASED.resolve():
        return OnnxEncoder()
    return SentenceTransformersEncoder(setting, centring_texts=centring_texts, means_folder=means_folder)
