"""Loads the models in force; where one cannot be had, the released one serves, and that is said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from matcher.domain.errors import MatcherError
from matcher.domain.messages import Message
from matcher.domain.taxonomy import Taxonomy
from matcher.ports import Encoder
from models.artefacts import RELEASED, ArtefactId
from models.learned_ranker import load_ranker
from models.model_files import AnyRanker, Kind, usable_ranker, usable_reader
from models.readers import LearnedReader, load_reader
from models.store import ModelStore

Model = TypeVar("Model", LearnedReader, AnyRanker)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Which model serves, and why it is not the one in force, where it is not."""

    id: ArtefactId
    model: str  # its own id, as answers name it
    trouble: Message | None = None


def open_reader(store: ModelStore, id: ArtefactId, encoder: Encoder, taxonomy: Taxonomy) -> LearnedReader:
    """Raises ModelNotFound where it cannot be used."""
    store.manifest(id)
    return usable_reader(store.folder(id), encoder, taxonomy)


def open_ranker(store: ModelStore, id: ArtefactId, encoder_id: str) -> AnyRanker:
    """Raises ModelNotFound where it cannot be used."""
    store.manifest(id)
    return usable_ranker(store.folder(id), encoder_id)


def serving_reader(store: ModelStore, encoder: Encoder, taxonomy: Taxonomy) -> tuple[LearnedReader, Served]:
    """Raises ModelNotFound where the released one cannot be used either."""
    return _serving(
        store,
        Kind.READER,
        kept=lambda id: open_reader(store, id, encoder, taxonomy),
        released=lambda: load_reader(encoder, taxonomy),
    )


def serving_ranker(store: ModelStore, encoder_id: str) -> tuple[AnyRanker, Served]:
    """Raises ModelNotFound where the released one cannot be used either."""
    return _serving(store, Kind.RANKER, kept=lambda id: open_ranker(store, id, encoder_id), released=load_ranker)


def _serving(
    store: ModelStore, kind: Kind, kept: Callable[[ArtefactId], Model], released: Callable[[], Model]
) -> tuple[Model, Served]:
    trouble = None
    try:
        id = store.in_force(kind)
        if not id.is_released:
            model = kept(id)
            return model, Served(id=id, model=model.id)
    except MatcherError as error:
        trouble = Message.of(
            "The model in force cannot be used ({kind}), so the released one serves: {reason}",
            kind=kind.value,
            reason=error.message,
        )
    model = released()
    return model, Served(id=ArtefactId(kind, RELEASED), model=model.id, trouble=trouble)
