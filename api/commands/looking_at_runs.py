"""Lists, shows and compares runs, and goes back to one; no model is loaded for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import orjson
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from api.bootstrap import build_registry
from api.commands.opened import settings
from api.commands.voice import Voice
from api.schemas.runs import run_out
from api.terminal import console
from api.terminal.plain import line
from api.terminal.words import RUN_STATES, SERVED
from matcher.domain.messages import Message
from matcher.domain.run_differences import Cause, RunDifference
from matcher.domain.run_records import RunId, RunRecord
from matcher.services.compare_runs import CompareRuns
from matcher.services.read_runs import ReadRuns

CAUSES = {
    Cause.STARTUP: Message("the startup"),
    Cause.CARRIERS: Message("carriers"),
    Cause.MODEL: Message("the model"),
    Cause.ASKED: Message("what was asked for"),
}


def show_all(limit: int, lang: str | None, *, as_json: bool) -> None:
    voice = Voice(lang)
    with _reading() as read:
        found = read.latest(limit)
    if as_json:
        typer.echo(orjson.dumps({"runs": [run_out(run, voice.sentence) for run in found]}))
        return
    if not found:
        voice.out(Message.of("There is no run yet; start one with {command}.", command="matcher rerank"))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(line(voice.sentence(Message.of("Run"))), no_wrap=True)  # to be copied as one word
    for title in (Message.of("Asked for"), Message.of("State"), Message.of("Startups"), Message.of("Moved")):
        table.add_column(line(voice.sentence(title)))
    for run in found:
        figures = [str(run.figures.get(name, "–")) for name in ("n_startups", "n_moved")]
        asked = run.asked_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(line(run.id), line(asked), line(_state(run, voice)), *map(line, figures))
    console.out().print(table)


def show_one(run_id: str, lang: str | None, *, as_json: bool) -> None:
    """Raises RunNotFound."""
    voice = Voice(lang)
    with _reading() as read:
        shown = run_out(read.one(RunId(run_id)), voice.sentence)
    if as_json:
        typer.echo(orjson.dumps(shown))
        return
    for name, value in shown.items():
        written = value
        if isinstance(value, dict):
            written = ", ".join(f"{key} {part}" for key, part in value.items() if part is not None)
        console.out().print(line(f"{name}: {'–' if written in (None, '') else written}"))


def show_difference(before: str | None, after: str | None, limit: int, lang: str | None, *, as_json: bool) -> None:
    """Raises RunNotFound."""
    voice = Voice(lang)
    with build_registry(settings()) as registry:
        ids = (None if one is None else RunId(one) for one in (before, after))
        earlier, later, difference = CompareRuns(registry.transactions)(*ids)
    if as_json:
        typer.echo(orjson.dumps(_said(earlier, later, difference, limit)))
        return
    _say(voice, earlier, later, difference)
    for move in difference.moves[:limit]:
        before_, after_ = (" ".join(places) or "–" for places in (move.before, move.after))
        console.out().print(line(f"{move.startup}: {before_} → {after_}"))


def go_back(run_id: str | None, lang: str | None, *, as_json: bool) -> None:
    """Raises RunNotFound."""
    voice = Voice(lang)
    with _reading() as read:
        run = read.roll_back(None if run_id is None else RunId(run_id))
    if as_json:
        typer.echo(orjson.dumps(run_out(run, voice.sentence)))
    else:
        voice.out(Message.of("The run {id} is served from now on.", id=run.id))


@contextmanager
def _reading() -> Iterator[ReadRuns]:
    with build_registry(settings()) as registry:
        yield ReadRuns(registry.transactions, lambda: datetime.now(UTC))


def _state(run: RunRecord, voice: Voice) -> str:
    state = voice.sentence(RUN_STATES[run.state])
    return f"{state}, {voice.sentence(SERVED)}" if run.is_served else state


def _say(voice: Voice, earlier: RunRecord, later: RunRecord, difference: RunDifference) -> None:
    voice.out(
        Message.of(
            "From {before} to {after}: {n_moved} startups moved, {n_same} did not; {n_came} came, {n_gone} are gone.",
            before=earlier.id,
            after=later.id,
            n_moved=len(difference.moves),
            n_same=difference.n_same,
            n_came=difference.n_came,
            n_gone=difference.n_gone,
        )
    )
    for causes, n in difference.by_cause.items():
        named = tuple(CAUSES[Cause(one)] for one in causes.split("+"))
        voice.out(Message.of("Moved by {causes}: {n}", causes=named, n=n))
    voice.out(
        Message.of(
            "Carriers that changed: {n_changed}. Places left changed at {n_places}; no list of this kind rests on "
            "these.",
            n_changed=difference.n_carriers_changed,
            n_places=difference.n_places_changed,
        )
    )


def _said(earlier: RunRecord, later: RunRecord, difference: RunDifference, limit: int) -> dict[str, object]:
    return {
        "before": earlier.id,
        "after": later.id,
        "n_moved": len(difference.moves),
        "n_same": difference.n_same,
        "n_came": difference.n_came,
        "n_gone": difference.n_gone,
        "moved_by": dict(difference.by_cause),
        "n_carriers_changed": difference.n_carriers_changed,
        "n_places_changed": difference.n_places_changed,
        "moves": [
            {
                "startup": move.startup,
                "causes": list(move.causes),
                "before": list(move.before),
                "after": list(move.after),
            }
            for move in difference.moves[:limit]
        ],
    }
