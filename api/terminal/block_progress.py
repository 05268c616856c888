"""How far a run in blocks has come: a bar with an estimate at a terminal, a line now and then elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.commands.voice import Voice
from api.terminal.console import err
from matcher.domain.messages import Message
from matcher.domain.reranking_runs import RerankProgress, RerankStage

STAGES = {
    RerankStage.READING: Message("Reading the startups"),
    RerankStage.BLOCKS: Message("Computing blocks"),
    RerankStage.JOINING: Message("Joining the lists"),
}
N_LINES = 10  # at most so many lines tell of blocks


@contextmanager
def shown(voice: Voice) -> Iterator[Callable[[RerankProgress], None]]:
    """Tell what is given to it."""
    if not err().is_terminal:
        yield _Lines(voice).tell
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(progress: RerankProgress) -> None:
            bar.update(
                task,
                description=voice.sentence(STAGES[progress.stage]),
                total=progress.n_blocks or None,
                completed=progress.n_done,
            )

        yield tell


@contextmanager
def shown_with_texts(
    voice: Voice, n_texts: int
) -> Iterator[tuple[Callable[[int], None], Callable[[RerankProgress], None]]]:
    """The same for work that reads texts first: hears of so many more texts, then of blocks."""
    if not err().is_terminal:
        yield (lambda _: None), _Lines(voice).tell
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        texts = bar.add_task(voice.sentence(Message.of("Reading the texts")), total=n_texts)
        blocks = bar.add_task(voice.sentence(STAGES[RerankStage.BLOCKS]), total=None, visible=False)
        yield (
            lambda n_more: bar.advance(texts, n_more),
            lambda progress: bar.update(blocks, total=progress.n_blocks, completed=progress.n_done, visible=True),
        )


class _Lines:
    """Says each stage once, and a tenth of the blocks at a time."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._said: set[tuple[RerankStage, int]] = set()

    def tell(self, progress: RerankProgress) -> None:
        tenth = progress.n_done * N_LINES // progress.n_blocks if progress.n_blocks else 0
        if (progress.stage, tenth) in self._said:
            return
        self._said.add((progress.stage, tenth))
        if progress.stage is RerankStage.BLOCKS and progress.n_done:
            message = Message.of("Blocks: {n_done} of {n_blocks}", n_done=progress.n_done, n_blocks=progress.n_blocks)
        else:
            message = STAGES[progress.stage]
        self._voice.err(message, "dim")
