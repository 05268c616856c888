"""Opens the database that an address names, with errors in our own words."""

import orjson
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError

from data.databases import KINDS
from matcher.domain.errors import StoreNotReady

DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}  # where the address names none


def open_engine(address: str) -> Engine:
    """Raises StoreNotReady where the address names no kind of database that can be used here."""
    try:
        url = _url(address)
        kind = KINDS[url.get_backend_name()]
        engine = create_engine(url, json_serializer=_to_json, json_deserializer=_from_json, **kind.options())
    except (ArgumentError, ImportError, KeyError) as error:  # no address; a driver that is not known or not installed
        raise StoreNotReady(
            "The store's address is no URL of SQLite or of PostgreSQL (which needs the extra `postgres`), "
            "such as sqlite:///var/matcher.db or postgresql://user@host/matcher.",
            field="database_url",
        ) from error
    event.listen(engine, "handle_error", _in_our_words)
    kind.prepare(engine)
    return engine


def _url(address: str) -> URL:
    url = make_url(address)
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def _to_json(value: object) -> str:
    return orjson.dumps(value).decode()


def _from_json(value: object) -> object:
    # SQLite turns the JSON of a bare number into that number.
    return orjson.loads(value) if isinstance(value, (str, bytes)) else value


def _in_our_words(context: ExceptionContext) -> None:
    if context.is_pre_ping or not isinstance(context.sqlalchemy_exception, DBAPIError):
        return  # a connection that is found broken before its use is replaced by a new one
    error = KINDS[context.dialect.name].in_our_words(context.sqlalchemy_exception)
    if error is not None:
        raise error from context.original_exception
