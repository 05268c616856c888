"""Reads the kept startups anew and says how far it came."""

from datetime import UTC, datetime

from api.bootstrap import build_services
from api.commands.opened import settings
from api.commands.voice import Voice
from api.terminal.progress import counting
from matcher.domain.messages import Message


def reread_all(lang: str | None) -> None:
    """Raises StoreNotReady, and what stands in the way of the models."""
    voice = Voice(lang)
    now = datetime.now(UTC)
    with build_services(settings()) as services:
        reread = services.startups.reread
        with counting(reread.waiting(now=now), voice.sentence(Message.of("Reading the texts"))) as told:
            n_read = reread(now=now, told=told)
    voice.out(Message.of("Startups read anew: {n}.", n=n_read), "green")
