"""Checks of the models: do they load, and does the encoder tell like from unlike across languages?"""

from collections.abc import Callable

from api.bootstrap import configured_encoder, model_store
from api.commands.findings import Found, failure, ok
from api.settings import Settings
from data.seed import read_seed, seed_folder
from matcher.domain.errors import MatcherError
from matcher.domain.messages import Message
from matcher.domain.taxonomy import Taxonomy
from models.cached_encoder import ReadsTexts
from models.serving import Served, serving_ranker, serving_reader

ALIKE = ("我们研发用于心脏手术的导管。", "We develop catheters for heart surgery.")
UNLIKE = "Wir fertigen Zahnräder für Windkraftanlagen."
ADVICE = Message.of("Check MATCHER_ENCODER, or get the released files again from the repository.")


def models(settings: Settings, taxonomy: Taxonomy | None) -> tuple[list[Found], Served | None]:
    """Encoder, reader and ranker, and which reader answers; without a store it is tried on the seed's vocabulary."""
    try:
        encoder = configured_encoder(settings)
        tested = _self_test(encoder)
    except MatcherError as error:
        return [failure(Message.of("Encoder"), error.message, ADVICE)], None
    store = model_store(settings)
    vocabulary = taxonomy or read_seed(seed_folder()).vocabulary
    reader, served_reader = _served(Message.of("Reader"), lambda: serving_reader(store, encoder, vocabulary)[1])
    ranker, _ = _served(Message.of("Ranker"), lambda: serving_ranker(store, encoder.id)[1])
    return [tested, reader, ranker], served_reader


def _self_test(encoder: ReadsTexts) -> Found:
    """The same sentence in Chinese and English must be nearer than another one in German."""
    chinese, english, german = encoder.encode([*ALIKE, UNLIKE], ["zh", "en", "de"])
    alike, unlike = float(chinese @ english), float(chinese @ german)
    measured = Message.of(
        "{id}; same meaning {alike}, other meaning {unlike}",
        id=encoder.id,
        alike=f"{alike:.2f}",
        unlike=f"{unlike:.2f}",
    )
    thing = Message.of("Encoder")
    return ok(thing, measured) if alike > unlike else failure(thing, measured, ADVICE)


def _served(thing: Message, load: Callable[[], Served]) -> tuple[Found, Served | None]:
    """Which model is in force, or why it is not; and which one serves, if any does."""
    try:
        served = load()
    except MatcherError as error:
        return failure(thing, error.message, ADVICE), None
    if served.trouble is not None:
        return failure(thing, served.trouble, Message.of("Run: {command}", command="matcher models list")), served
    return ok(thing, Message.of("{id} is in force ({place})", id=served.model, place=str(served.id))), served
