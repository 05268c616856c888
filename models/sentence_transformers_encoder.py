"""Any Sentence Transformers model, by folder or by its name on the hub, as an encoder."""

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.domain.errors import EncoderUnavailable
from models.centring import FloatMatrix, Means, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

INSTALL = "pip install matcher[encoder]"
HUB_TIMEOUT_S = 5
REVISION_DIGITS = 8
SPECIAL_TOKENS = 2  # around every window
BATCH_SIZE = 16

TextsByLanguage = Mapping[str, Sequence[str]]


class SentenceTransformersEncoder:
    """Same answers as the released encoder gives: unit length, centred, long texts read in windows.

    A text, or a span, without any content gets the zero vector.
    """

    def __init__(
        self,
        name_or_path: str,
        *,
        centring_texts: Callable[[], TextsByLanguage] | None = None,
        means_folder: Path | None = None,
        trusted: bool = False,
    ) -> None:
        """Load the model.

        Args:
            name_or_path: a folder, or a model's name on the hub.
            centring_texts: texts by language like those that will be encoded, asked for on first use only; without
                them vectors are not centred.
            means_folder: where the means of these texts are kept for the next time.
            trusted: whether the model may run code of its own.

        Raises:
            EncoderUnavailable: a package is not installed, or there is no such folder, or it cannot be downloaded.
        """
        is_folder = Path(name_or_path).is_dir()
        if not is_folder and _looks_like_a_path(name_or_path):
            raise EncoderUnavailable(
                "The encoder {name} cannot be had: there is no such folder.", name=name_or_path, field="encoder"
            )
        revision = None if is_folder else _hub_revision(name_or_path)
        self._model = _load(name_or_path, revision, trusted)
        stamp = revision or _hash_of_files(Path(name_or_path))
        self._id = f"{Path(name_or_path).name if is_folder else name_or_path}@{stamp[:REVISION_DIGITS]}"
        self._dims = int(self._model.get_embedding_dimension() or 0)
        self._centring_texts = centring_texts
        self._means_folder = means_folder
        self._means: Means | None = None

    @property
    def id(self) -> str:
        return self._id

    @property
    def dims(self) -> int:
        return self._dims

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> FloatMatrix:
        """Unit-length, centred embeddings, shape (n_texts, dims)."""
        if len(texts) != len(languages):
            raise ValueError(f"{len(texts)} texts, {len(languages)} languages")
        if self._means is None:
            self._means = self._stored_or_new_means()
        return self._means.centre(self.encode_raw(texts), languages)

    def encode_parts(
        self, texts: Sequence[str], languages: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """The whole texts as by `encode`, and for each text one vector per span of characters, (n_spans, dims).

        Each span is read by itself: not every model's vectors are means over tokens.
        """
        parts = [
            self.encode([text[start:end] for start, end in of_text], [language] * len(of_text))
            for text, language, of_text in zip(texts, languages, spans, strict=True)
        ]
        return self.encode(texts, languages), parts

    def encode_raw(self, texts: Sequence[str]) -> FloatMatrix:
        """Unit-length embeddings before centring, shape (n_texts, dims)."""
        windows = [(number, *window) for number, text in enumerate(texts) for window in self._windows(text)]
        pooled = np.zeros((len(texts), self._dims), np.float32)
        if windows:
            vectors = self._model.encode(
                [window for _, window, _ in windows],
                batch_size=BATCH_SIZE,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            for (number, _, n_tokens), vector in zip(windows, np.asarray(vectors, np.float32), strict=True):
                pooled[number] += n_tokens * vector
        return unit(pooled)

    def _windows(self, text: str) -> list[tuple[str, int]]:
        """The parts of a text that the model can read at once, each with its number of tokens."""
        text = text.encode("utf-8", "replace").decode()
        if not text.strip():
            return []
        tokenizer: Any = self._model.tokenizer
        limit = self._model.max_seq_length
        if limit is None or not getattr(tokenizer, "is_fast", False):
            return [(text, 1)]
        prompt = self._model.prompts.get(self._model.default_prompt_name or "", "")
        room = limit - SPECIAL_TOKENS - len(tokenizer.tokenize(prompt))
        read = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        offsets = read["offset_mapping"]
        n_windows = max(1, -(-len(offsets) // room))
        bounds = [len(offsets) * window // n_windows for window in range(n_windows + 1)]
        cuts = [0, *(offsets[bound][0] for bound in bounds[1:-1]), len(text)]
        sizes = np.diff(bounds).tolist()
        return [(text[start:end], size) for start, end, size in zip(cuts[:-1], cuts[1:], sizes, strict=True)]

    def _stored_or_new_means(self) -> Means:
        if self._centring_texts is None:
            return Means.none(self._dims)
        path = self._means_folder / f"{re.sub('[^A-Za-z0-9.@-]', '_', self._id)}.json" if self._means_folder else None
        if path and path.is_file():
            return Means.load(path)
        texts = {language: of_language for language, of_language in self._centring_texts().items() if of_language}
        means = Means.of({language: self.encode_raw(of_language) for language, of_language in texts.items()})
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            means.save(path)
        return means


def _looks_like_a_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1


def _hub_revision(name: str) -> str:
    """The newest revision that can be had, from this machine's copy or else from the hub, within seconds."""
    try:
        from huggingface_hub import snapshot_download  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise _not_installed(name) from error
    for here_only in (True, False):
        try:
            folder = snapshot_download(
                name, allow_patterns=["modules.json"], local_files_only=here_only, etag_timeout=HUB_TIMEOUT_S
            )
        except (OSError, ValueError) as error:
            reason = error
        else:
            return Path(folder).name
    raise EncoderUnavailable(
        "The encoder {name} cannot be had: it is no folder here, and not to be downloaded ({reason}).",
        name=name,
        reason=str(reason).splitlines()[0] if str(reason) else type(reason).__name__,
        field="encoder",
    ) from reason


def _load(name_or_path: str, revision: str | None, trusted: bool) -> "SentenceTransformer":
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - optional, and takes seconds to import
    except ImportError as error:
        raise _not_installed(name_or_path) from error
    try:
        return SentenceTransformer(name_or_path, revision=revision, device="cpu", trust_remote_code=trusted)
    except (OSError, ValueError) as error:
        raise EncoderUnavailable(
            "The encoder {name} cannot be had: it does not load ({reason}).",
            name=name_or_path,
            reason=str(error).splitlines()[0] if str(error) else type(error).__name__,
            field="encoder",
        ) from error


def _not_installed(name: str) -> EncoderUnavailable:
    return EncoderUnavailable(
        "The encoder {name} cannot be had: sentence-transformers is not installed. Run: {command}",
        name=name,
        command=INSTALL,
        field="encoder",
    )


def _hash_of_files(folder: Path) -> str:
    together = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            together.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                while part := file.read(1 << 20):
                    together.update(part)
    return together.hexdigest()
