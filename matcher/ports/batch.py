"""What the nightly run over all pairs needs: somebody who computes blocks, and somebody who runs it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from matcher.domain.reranking_runs import Reranked, RerankOrder, RerankProgress

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Done = TypeVar("Done")


class Executor(Protocol):
    """Where blocks of a run are computed; the results do not depend on it."""

    def run(
        self,
        work: Callable[[Shared, Task], Done],
        shared: Shared,
        tasks: Iterable[Task],
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[tuple[Task, Done]]:
        """Each task with its result, in the order in which they come.

        Args:
            work: a function at the top of a module, without state: it may run in another process or machine.
            shared: what all tasks need; it is handed over once.
            tasks: small, taken as they are needed; a task whose worker is lost is done again.
            stop: asked between tasks; once it says so no further task is begun and the iterator ends.
        """


class Reranks(Protocol):
    """Runs over all startups and all carriers; `matcher.services.rerank_all.RerankAll` is one."""

    def __call__(
        self,
        order: RerankOrder,
        *,
        told: Callable[[RerankProgress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Reranked:
        """The finished run; its lists are in place, and the folder's `current.json` names it.

        Args:
            order: what is asked for.
            told: hears how far it has come.
            stop: asked between blocks.

        Raises:
            RunStopped: `stop` said so; what was finished is kept, and the same call goes on from there.
            RunInProgress: another run works in the same folder.
            PackageMissing: pyarrow is not there, or what the executor needs.
            StoreFull: there is no room left; the last good lists are untouched.
        """
