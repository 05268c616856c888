"""Lists, shows, adds and rolls back models of the store."""

from datetime import date
from pathlib import Path
from typing import Any

import orjson
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from api.bootstrap import configured_encoder, model_store
from api.commands.opened import settings
from api.commands.voice import Voice
from api.settings import Settings
from api.terminal import console
from api.terminal.plain import line
from data.seed import read_seed, seed_folder
from matcher.domain.errors import MatcherError, ModelNotFound
from matcher.domain.messages import Message
from models.artefacts import ArtefactId, Manifest
from models.model_files import Kind, kind_of, usable_ranker, usable_reader
from models.pointer import Pointer
from models.store import ModelStore

FROM_NEXT_START = Message.of("Commands use it from now on, a running server from its next start.")


def show_all(lang: str | None, *, as_json: bool) -> None:
    voice, store = Voice(lang), model_store(settings())
    pointers = {kind: _pointer(store, kind) for kind in Kind}
    rows = [_row(store, id, pointers[id.kind]) for id in store.ids()]
    lost = [
        (ArtefactId(kind, pointer.in_force.revision), Message.of("not there, so the released one serves"))
        for kind, pointer in pointers.items()
        if isinstance(pointer, Pointer) and ArtefactId(kind, pointer.in_force.revision) not in store.ids()
    ]
    broken = [(kind, pointer) for kind, pointer in pointers.items() if isinstance(pointer, Message)]
    if as_json:
        listed = [row | {"problem": row["problem"] and voice.sentence(row["problem"])} for row in rows]
        listed += [_lost_row(id) | {"problem": voice.sentence(text)} for id, text in lost]
        typer.echo(orjson.dumps({"models": listed, "problems": [voice.sentence(text) for _, text in broken]}))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(line(voice.sentence(Message.of("Model"))), no_wrap=True)  # to be copied as one word
    for title in (Message.of("Answers name it"), Message.of("Added"), Message.of("State")):
        table.add_column(line(voice.sentence(title)), overflow="fold")
    for row in [*rows, *(_lost_row(id) | {"problem": text} for id, text in lost)]:
        fine = Message.of("in force") if row["in_force"] else Message.of("ready")
        state = line(voice.sentence(row["problem"] or fine), "red" if row["problem"] else "")
        table.add_row(line(row["id"]), line(_other_name(row)), line(row["created"] or ""), state)
    console.out().print(table)
    for _, text in broken:
        voice.err(text, "red")


def show_one(text: str, lang: str | None, *, as_json: bool) -> None:
    voice, store, id = Voice(lang), model_store(settings()), ArtefactId.parse(text)
    manifest, pointer = store.manifest(id), _pointer(store, id.kind)
    shown = {"id": str(id), **manifest.as_json(), **_standing(id, pointer)}
    if as_json:
        typer.echo(orjson.dumps(shown))
        return
    for name, value in shown.items():
        written = "–" if value is None or value == {} else value
        if isinstance(written, dict):
            written = ", ".join(f"{key} {part}" for key, part in written.items())
        console.out().print(line(f"{name}: {written}"))
    if isinstance(pointer, Message):
        voice.err(pointer, "red")


def take_in(folder: Path, lang: str | None, *, as_json: bool) -> None:
    """Raises MatcherError where the folder holds no model that could be used."""
    voice, chosen = Voice(lang), settings()
    _try_out(kind_of(folder), folder, chosen)
    id, is_new = model_store(chosen).add(folder, date.today())
    if as_json:
        typer.echo(orjson.dumps({"id": str(id), "added": is_new}))
    elif is_new:
        command = f"matcher models promote {id}"
        voice.out(Message.of("{id} is in the store. To put it in force: {command}", id=str(id), command=command))
    else:
        voice.out(Message.of("{id} is in the store already.", id=str(id)))


def go_back(kind_name: str, lang: str | None, *, as_json: bool) -> None:
    """Raises ModelNotFound where there is nothing to go back to, or it cannot be used."""
    voice, chosen, kind = Voice(lang), settings(), Kind(kind_name)
    store = model_store(chosen)
    pointer = store.pointer(kind)
    was, before = ArtefactId(kind, pointer.in_force.revision), pointer.rolled_back().in_force
    _try_out(kind, store.folder(ArtefactId(kind, before.revision)), chosen)
    id = store.rollback(kind, instead_of=was.revision)
    if as_json:
        typer.echo(orjson.dumps({"id": str(id), "instead_of": str(was)}))
        return
    voice.out(Message.of("{id} is in force again instead of {was}.", id=str(id), was=str(was)), "green")
    voice.out(FROM_NEXT_START)


def _try_out(kind: Kind, folder: Path, chosen: Settings) -> None:
    encoder = configured_encoder(chosen)
    if kind is Kind.RANKER:
        usable_ranker(folder, encoder.id)
    else:
        usable_reader(folder, encoder, read_seed(seed_folder()).vocabulary)


def _pointer(store: ModelStore, kind: Kind) -> Pointer | Message:
    """Or what is wrong with it."""
    try:
        return store.pointer(kind)
    except ModelNotFound as error:
        return error.message


def _row(store: ModelStore, id: ArtefactId, pointer: Pointer | Message) -> dict[str, Any]:
    manifest, problem = _manifest(store, id)
    standing = _standing(id, pointer)
    if manifest and isinstance(pointer, Pointer) and standing["in_force"] and not id.is_released:
        problem = _exchanged(id, manifest, pointer)
    model, created = (manifest.model, manifest.created) if manifest else (None, None)
    return {"id": str(id), "kind": id.kind, "model": model, "created": created} | standing | {"problem": problem}


def _other_name(row: dict[str, Any]) -> str:
    """Empty where the id says it already."""
    model = row["model"] or ""
    return "" if row["id"].endswith(f"/{model}") else model


def _lost_row(id: ArtefactId) -> dict[str, Any]:
    return {"id": str(id), "kind": id.kind, "model": None, "created": None, "in_force": True, "since": None}


def _manifest(store: ModelStore, id: ArtefactId) -> tuple[Manifest | None, Message | None]:
    try:
        return store.manifest(id), None
    except MatcherError as error:
        return None, error.message


def _exchanged(id: ArtefactId, manifest: Manifest, pointer: Pointer) -> Message | None:
    if manifest.digest == pointer.in_force.digest:
        return None
    return Message.of("{id} is not the model that was put in force under this name.", id=str(id))


def _standing(id: ArtefactId, pointer: Pointer | Message) -> dict[str, Any]:
    """Whether it is in force, and since when; a pointer that cannot be read leaves the released one in force."""
    if isinstance(pointer, Message):
        return {"in_force": id.is_released, "since": None}
    is_in_force = pointer.in_force.revision == id.revision
    return {"in_force": is_in_force, "since": pointer.in_force.since if is_in_force else None}
