"""A store that nobody may sign in to yet gets its first administrator; the password is printed, never logged."""

from datetime import UTC, datetime

import typer

from api.bootstrap import build_registry
from api.commands.voice import Voice
from api.services import RegistryServices
from api.settings import Settings
from matcher.domain.errors import MatcherError
from matcher.domain.messages import Message
from matcher.services.first_admin import FIRST_LOGIN


def make_first_admin(registry: RegistryServices, lang: str | None) -> None:
    """Does nothing where there are accounts."""
    password = registry.identity.first_admin(now=datetime.now(UTC))
    if password is not None:
        tell_password(Voice(lang), FIRST_LOGIN, password)


def make_first_admin_of(chosen: Settings, lang: str | None) -> None:
    """The same before a server starts; what is wrong with the store, the server tells."""
    try:
        with build_registry(chosen) as registry:
            make_first_admin(registry, lang)
    except MatcherError:
        return


def tell_password(voice: Voice, login: str, password: str) -> None:
    voice.out(Message.of("Password of {login}, shown this once:", login=login))
    typer.echo(password)  # in one piece, so that it can be copied
