"""Checks of who uses the service: can anybody look after it, and is every startup in the lists?"""

from datetime import UTC, datetime

from api.commands.findings import Found, failure, ok, warning
from api.settings import Settings
from data.unit_of_work import open_store
from matcher.domain.accounts import Role
from matcher.domain.errors import MatcherError
from matcher.domain.messages import Message
from matcher.ports import Transactions
from matcher.services.read_for_keeping import month_of
from models.serving import Served


def people(settings: Settings, reader: Served | None) -> list[Found]:
    """Admins and startups, of a store that can be read; startups only where a reader is there to compare with."""
    store = open_store(settings.store_url)
    try:
        return [_admins(store.transactions), *([] if reader is None else [_startups(store.transactions, reader)])]
    except MatcherError as error:
        return [failure(Message.of("Accounts"), error.message)]
    finally:
        store.close()


def _admins(transactions: Transactions) -> Found:
    thing = Message.of("Accounts")
    with transactions() as unit:
        n, n_admins = unit.accounts.count(), unit.accounts.count(active_role=Role.ADMIN)
    if not n_admins:
        advice = Message.of("Run: {command}", command="matcher users add LOGIN --role admin")
        return warning(thing, Message.of("no active admin"), advice)
    return ok(thing, Message.of("{n}; active admins: {n_admins}", n=n, n_admins=n_admins))


def _startups(transactions: Transactions, reader: Served) -> Found:
    thing = Message.of("Startups")
    with transactions() as unit:
        n_waiting = unit.startups.count_to_reread(reader.model, month_of(datetime.now(UTC)))
    if not n_waiting:
        return ok(thing, Message.of("all that are kept are read"))
    waiting = Message.of("Startups that wait to be read anew: {n}.", n=n_waiting)
    advice = Message.of("A running server reads them; at once: {command}", command="matcher startups reread")
    return warning(thing, waiting, advice)
