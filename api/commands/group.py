"""Says the program's own errors in one sentence; everything else is a defect and keeps its traceback."""

import errno
import os
from typing import Any

import typer
from typer.core import TyperGroup

from api.commands.language import spoken
from api.commands.options import SPEAK_IN
from matcher.domain.errors import MatcherError
from matcher.domain.messages import Message

WRONG_USE = 2
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


class Commands(TyperGroup):
    """A group whose commands may raise MatcherError."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the types of typer's own click are private
        try:
            return super().invoke(ctx)
        except MatcherError as error:
            _say(error.message, ctx.meta.get(SPEAK_IN))
            raise typer.Exit(WRONG_USE) from None
        except OSError as error:
            if error.errno not in DISK_FULL:
                raise
            _say(Message.of("The disk is full."), ctx.meta.get(SPEAK_IN))
            raise typer.Exit(WRONG_USE) from None


def _say(message: Message, asked: str | None) -> None:
    from api.sentences import Sentences  # noqa: PLC0415 - catalogues are read only when there is something to say
    from api.terminal.console import err  # noqa: PLC0415 - rich stays off the start path
    from api.terminal.plain import line  # noqa: PLC0415 - rich stays off the start path

    sentence = Sentences.load().say(message, spoken(asked, os.environ))
    err().print(line(sentence, "red"))
