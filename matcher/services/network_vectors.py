"""Reads the texts of a network into vectors, some at a time."""

from collections.abc import Callable, Sequence

import numpy as np

from matcher.domain.networks import Network
from matcher.features.network_tables import TextVectors, startup_text
from matcher.ports import Embeddings, Encoder
from matcher.understanding.language import detect_language

N_AT_ONCE = 128
Told = Callable[[int], None]  # how many more texts have been read


def n_texts(network: Network) -> int:
    return len(network.startups) + 2 * len(network.carriers)


def network_vectors(network: Network, encoder: Encoder, told: Told) -> TextVectors:
    """Embeddings of the startups' texts and tags, of the carriers' texts, and of their names."""
    return TextVectors(
        startups=_encoded([startup_text(startup) for startup in network.startups], encoder, told),
        carriers=_encoded([carrier.text for carrier in network.carriers], encoder, told),
        names=_encoded([carrier.name for carrier in network.carriers], encoder, told),
    )


def _encoded(texts: Sequence[str], encoder: Encoder, told: Told) -> Embeddings:
    vectors = np.zeros((len(texts), encoder.dims), np.float32)
    rows = [row for row, text in enumerate(texts) if text.strip()]
    for start in range(0, len(rows), N_AT_ONCE):
        block = rows[start : start + N_AT_ONCE]
        languages = [detect_language(texts[row]).value for row in block]
        vectors[block] = encoder.encode([texts[row] for row in block], languages)
        told(len(block))
    told(len(texts) - len(rows))
    return vectors
