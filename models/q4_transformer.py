"""Lets Sentence Transformers read the released encoder's four-bit file.

    SentenceTransformer("models/released/encoder", trust_remote_code=True)

The library runs no module outside itself without that consent, and this is one.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from sentence_transformers.base.modules.transformer import Transformer

from models.unpack_encoder import unpack_transformer


class Q4Transformer:
    """Loads as an ordinary Transformer module, which then trains and saves like any other."""

    @classmethod
    def load(cls, model_name_or_path: str, **options: object) -> Transformer:
        """Unpack into a passing folder and load that; the options are the library's own."""
        with TemporaryDirectory() as folder:
            unpack_transformer(Path(model_name_or_path), Path(folder))
            return Transformer.load(folder, **options)
