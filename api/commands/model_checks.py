"""Checks of the models: do they load, and does the encoder tell like from unlike across languages?"""

from api.bootstrap import configured_encoder
from api.commands.findings import Found, failure, ok
from api.settings import Settings
from data.seed import read_seed, seed_folder
from matcher.domain.errors import MatcherError
from matcher.domain.messages import Message
from matcher.domain.taxonomy import Taxonomy
from models.cached_encoder import ReadsTexts
from models.learned_ranker import load_ranker
from models.readers import load_reader

ALIKE = ("我们研发用于心脏手术的导管。", "We develop catheters for heart surgery.")
UNLIKE = "Wir fertigen Zahnräder für Windkraftanlagen."
ADVICE = Message.of("Check MATCHER_ENCODER, or get the released files again from the repository.")


def models(settings: Settings, taxonomy: Taxonomy | None) -> list[Found]:
    """Encoder, reader and ranker; without a store the reader is tried on the seed's vocabulary."""
    return [*_encoder_and_reader(settings, taxonomy), _ranker()]


def _encoder_and_reader(settings: Settings, taxonomy: Taxonomy | None) -> list[Found]:
    thing = Message.of("Encoder")
    try:
        encoder = configured_encoder(settings)
        return [_self_test(encoder), _reader(encoder, taxonomy)]
    except MatcherError as error:
        return [failure(thing, error.message, ADVICE)]


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


def _reader(encoder: ReadsTexts, taxonomy: Taxonomy | None) -> Found:
    thing = Message.of("Reader")
    try:
        reader = load_reader(encoder, taxonomy or read_seed(seed_folder()).vocabulary)
    except MatcherError as error:
        return failure(thing, error.message, ADVICE)
    return ok(thing, Message.of("{id} loads", id=reader.id))


def _ranker() -> Found:
    thing = Message.of("Ranker")
    try:
        return ok(thing, Message.of("{id} loads", id=load_ranker().id))
    except MatcherError as error:
        return failure(thing, error.message, ADVICE)
