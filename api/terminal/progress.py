"""Progress on standard error, so that standard output holds answers alone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from api.terminal.console import err

Thing = TypeVar("Thing")


def counted(things: Iterable[Thing], n_things: int, label: str) -> Iterator[Thing]:
    """The same things, with a bar that grows as they come."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err()) as progress:
        yield from progress.track(things, total=n_things, description=label)


@contextmanager
def waiting(label: str) -> Iterator[None]:
    """A bar that moves to and fro, and the time so far, for work whose length is not known."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True) as progress:
        progress.add_task(label, total=None)
        yield


@contextmanager
def counting(n_things: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar that grows by as many as it is told."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as progress:
        task = progress.add_task(label, total=n_things)
        yield lambda n_more: progress.advance(task, n_more)
