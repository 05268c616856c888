"""Shares places out, says what it costs, and writes down who goes where."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import typer

from api.allocation_markets import Pairs, all_pairs, pairs_of_file, pairs_of_run
from api.bootstrap import build_services
from api.commands.faults import say_faults
from api.commands.lines import written_whole
from api.commands.opened import settings
from api.commands.voice import Voice
from api.min_cost_flow import flows_are_there, shared_by_flow
from api.terminal.allocation import say_allocation, say_what_if
from api.terminal.progress import waiting
from data.columns_out import write_columns
from data.places_file import read_places
from data.run_files import check_run_name
from matcher.domain.allocations import MOST_PLACES, AllocationOrder, Method
from matcher.domain.errors import ImportRefused, InvalidField, InvalidFile
from matcher.domain.imports import FileForm
from matcher.domain.messages import Message
from matcher.domain.startups import Scope
from matcher.services.allocate import Allocate, Allocation
from matcher.services.allocation_columns import figures_said, list_columns, pair_columns, report_of, what_if_said
from matcher.services.known_places import Places, known_places, with_more

UNLIMITED = "unlimited"
REPORT = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, as the options say it."""

    k: int
    method: Method | None
    pairs: Path | None
    places: Path | None
    unknown_places: str | None
    run: Path | None
    wide: bool
    scope: str
    add_places: tuple[str, ...]
    add_service: tuple[str, ...]
    out: Path | None
    lists: Path | None

    @property
    def scores_all(self) -> bool:
        return self.wide or bool(self.add_service)


@dataclass(frozen=True)
class Done:
    """The allocation as things are, and as they would be."""

    now: Allocation
    places: Mapping[str, Places]
    if_changed: Allocation | None
    places_if_changed: Mapping[str, Places]

    @property
    def wanted(self) -> tuple[Allocation, Mapping[str, Places]]:
        """What is written down: with the changes, where there are any."""
        return (self.now, self.places) if self.if_changed is None else (self.if_changed, self.places_if_changed)


def share_out(asked: Asked, *, lang: str | None, as_json: bool) -> bool:
    """Whether the files could be used; else their rows at fault are told."""
    voice = Voice(lang)
    _check(asked)
    try:
        with _pairs(asked, voice) as pairs:
            done = _done(asked, pairs, voice)
    except ImportRefused as error:
        say_faults(voice, error.faults, error.notes)
        voice.err(error.message, "red")
        return False
    _write(asked, done)
    _say(asked, done, voice, as_json=as_json)
    return True


def _check(asked: Asked) -> None:
    """Raises InvalidField, InvalidFile where options do not go together, before anything is computed."""
    if asked.pairs is not None and (asked.scores_all or asked.run is not None):
        raise InvalidField("A file of pairs goes with neither --wide, --add-service nor --run.", field="pairs")
    if asked.scores_all and asked.method is Method.ORDERS:
        raise InvalidField("Both sides' orders can rule lists only, not all pairs.", field="method")
    for path, endings in ((asked.out, (".csv", ".parquet", REPORT)), (asked.lists, (".csv", ".parquet"))):
        if path is not None:
            if path.suffix not in endings:
                raise InvalidFile("The name {file} does not end in one of {endings}.", file=path.name, endings=endings)
            check_run_name(path)


@contextmanager
def _pairs(asked: Asked, voice: Voice) -> Iterator[Pairs]:
    if asked.pairs is not None:
        yield pairs_of_file(asked.pairs)
        return
    with build_services(settings()) as services:
        if asked.scores_all:
            with waiting(voice.sentence(Message.of("Scoring all pairs"))):
                found: Pairs = all_pairs(services, Scope(asked.scope))
        else:
            found = pairs_of_run(services, asked.run)
        yield found


def _done(asked: Asked, pairs: Pairs, voice: Voice) -> Done:
    exactly = shared_by_flow if flows_are_there() or asked.method is Method.FLOW else None
    allocate, order = Allocate(exactly), AllocationOrder(k=asked.k, method=asked.method)
    places = _places(asked, pairs, voice)
    added = _by_carrier(asked.add_places, "add_places")
    more = {carrier: _whole_number(said, "add_places") for carrier, said in added.items()}
    services = _by_carrier(asked.add_service, "add_service")
    changed_places = with_more(places, more)
    for note in pairs.notes:
        voice.err(note)
    with waiting(voice.sentence(Message.of("Sharing places out"))):
        now = allocate(pairs.market(_numbers(places)), order)
        if not more and not services:
            return Done(now, places, None, places)
        changed = pairs.with_services(services) if services else pairs
        return Done(now, places, allocate(changed.market(_numbers(changed_places)), order), changed_places)


def _places(asked: Asked, pairs: Pairs, voice: Voice) -> dict[str, Places]:
    told: Mapping[str, int | None] = {}
    if asked.places is not None:
        ids = {*pairs.carriers, *pairs.records} if pairs.records else None
        file = read_places(_content(asked.places), _form(asked.places), ids)
        told = file.places
        for note in file.notes:
            voice.err(note)
    assumed = None
    if asked.unknown_places == UNLIMITED:
        assumed = pairs.n_startups  # nobody goes to one carrier twice
    elif asked.unknown_places is not None:
        assumed = _whole_number(asked.unknown_places, "unknown_places")
    return known_places(pairs.carriers, pairs.records, told, assumed)


def _numbers(places: Mapping[str, Places]) -> dict[str, int | None]:
    return {carrier: one.n for carrier, one in places.items()}


def _by_carrier(said: Sequence[str], field: str) -> dict[str, str]:
    """What is said of each carrier, as CARRIER=…; raises InvalidField."""
    found: dict[str, str] = {}
    for one in said:
        carrier, equals, value = one.rpartition("=")
        if not equals or not carrier.strip() or not value.strip():
            raise InvalidField("{value} is not of the form {form}.", field=field, value=one[:60], form="CARRIER=…")
        if carrier.strip() in found:
            raise InvalidField("{id} is named twice.", field=field, id=carrier.strip())
        found[carrier.strip()] = value.strip()
    return found


def _whole_number(said: str, field: str) -> int:
    if not (said.isascii() and said.isdecimal()) or int(said[:9]) > MOST_PLACES or len(said) > len(str(MOST_PLACES)):
        raise InvalidField("A whole number from 0 to {limit} is expected.", field=field, limit=MOST_PLACES)
    return int(said)


def _form(path: Path) -> FileForm:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in list(FileForm):
        raise InvalidFile("A file that ends in .csv, .xlsx or .jsonl is expected, not {file}.", file=path.name)
    return FileForm(ending)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidFile(
            "The file {file} cannot be read: {reason}.", field="input", file=path, reason=error.strerror
        ) from None


def _write(asked: Asked, done: Done) -> None:
    allocation, places = done.wanted
    if asked.out is not None:
        with written_whole(asked.out) as file:
            if asked.out.suffix == REPORT:
                said = what_if_said(done.now, done.if_changed) if done.if_changed else None
                file.write(orjson.dumps(report_of(allocation, places, said), option=orjson.OPT_INDENT_2) + b"\n")
            else:
                write_columns(asked.out, file, pair_columns(allocation))
    if asked.lists is not None:
        with written_whole(asked.lists) as file:
            write_columns(asked.lists, file, list_columns(allocation))


def _say(asked: Asked, done: Done, voice: Voice, *, as_json: bool) -> None:
    if as_json:
        said: dict[str, object] = figures_said(done.now.figures)
        if done.if_changed is not None:
            said["what_if"] = what_if_said(done.now, done.if_changed)
        typer.echo(orjson.dumps(said))
        return
    say_allocation(voice, done.now, done.places)
    if done.if_changed is not None:
        say_what_if(voice, done.now, done.if_changed)
    for path in (asked.out, asked.lists):
        if path is not None:
            voice.out(Message.of("Written: {file}.", file=str(path)), "green")
