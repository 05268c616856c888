"""Checks of the store: is it there, of this program's shape, and filled?"""

from api.commands.findings import Found, failure, ok, warning
from api.settings import Settings
from data.migrations import HEAD
from data.unit_of_work import Store, open_store
from matcher.domain.errors import MatcherError, StoreNotReady
from matcher.domain.messages import Message
from matcher.domain.taxonomy import Taxonomy

RUN_INIT = Message.of("Run `matcher init`.")


def store(settings: Settings) -> tuple[list[Found], Taxonomy | None]:
    """What was found, and the vocabulary of the store where there is one."""
    thing = Message.of("Store")
    try:
        opened = open_store(settings.store_url)
        try:
            return _shape(opened, thing)
        finally:
            opened.close()
    except MatcherError as error:
        return [failure(thing, error.message, Message.of("Check MATCHER_DATABASE_URL and MATCHER_DATA_DIR."))], None


def _shape(opened: Store, thing: Message) -> tuple[list[Found], Taxonomy | None]:
    revision = opened.revision()
    if revision is None:
        return [warning(thing, Message.of("not made yet"), RUN_INIT)], None
    if revision < HEAD:
        return [
            warning(thing, Message.of("at step {found} of {expected}", found=revision, expected=HEAD), RUN_INIT)
        ], None
    if revision > HEAD:
        newer = Message.of("at step {found}, newer than this program", found=revision)
        return [failure(thing, newer, Message.of("Install the newer version of this program."))], None
    shape = ok(thing, Message.of("at step {found} of {expected}", found=revision, expected=HEAD))
    filling, taxonomy = _filling(opened)
    return [shape, filling], taxonomy


def _filling(opened: Store) -> tuple[Found, Taxonomy | None]:
    thing = Message.of("Registry")
    with opened.transactions() as unit:
        try:
            version, taxonomy = unit.registry_version(), unit.vocabulary.load()
        except StoreNotReady as error:
            return warning(thing, error.message, RUN_INIT), None
        n_carriers = len(unit.carriers.all())
    found = Message.of(
        "{n} carriers and partners, version {version} as of {date}",
        n=n_carriers,
        version=version.version,
        date=version.as_of,
    )
    return ok(thing, found), taxonomy
