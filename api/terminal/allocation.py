"""An allocation on the terminal: which method, how good it is, whom it costs, and what a change would bring."""

from collections.abc import Mapping

from rich.box import SIMPLE_HEAD
from rich.table import Table

from api.commands.voice import Voice
from api.terminal import console
from api.terminal.plain import line
from matcher.domain.allocations import AllocationFigures, Method, WhyLeftOut
from matcher.domain.messages import Message
from matcher.services.allocate import Allocation
from matcher.services.allocation_columns import difference
from matcher.services.known_places import Places, PlacesFrom

ENOUGH = 0.98  # of what can be filled
METHODS = {
    Method.FLOW: Message.of("Shared out exactly (minimum-cost flow)."),
    Method.PRICES: Message.of("Shared out by price (auction)."),
    Method.ORDERS: Message.of("Shared out by both sides' orders (deferred acceptance)."),
}
REASONS = {
    WhyLeftOut.NO_PAIR: Message.of("Left out, without a list or with nobody who may take them"),
    WhyLeftOut.UNKNOWN_PLACES: Message.of("Left out, since no carrier of their list has told its places"),
    WhyLeftOut.NO_PLACES: Message.of("Left out, since no carrier of their list has a place"),
    WhyLeftOut.TAKEN: Message.of("Left out, since others got the places"),
}


def say_allocation(voice: Voice, allocation: Allocation, places: Mapping[str, Places]) -> None:
    figures = allocation.figures
    voice.out(METHODS[figures.method], "bold")
    console.out().print(_figures(voice, figures))
    if figures.sizes:
        console.out().print(_sizes(voice, figures))
    if allocation.market.all_pairs is None and figures.filled < ENOUGH:
        voice.out(
            Message.of("The lists crowd on few carriers: places stay empty. All pairs fill more (--wide)."), "yellow"
        )
    assumed = sum(one.known_from is PlacesFrom.ASSUMED for one in places.values())
    if assumed:
        voice.out(
            Message.of("Carriers whose places are assumed, since nobody has told them: {n}.", n=assumed), "yellow"
        )
    if figures.n_unknown:
        unknown = sorted(carrier for carrier, one in places.items() if one.n is None)
        voice.out(
            Message.of(
                "Carriers that have not told how many places they have: {n}. Nobody is placed there: {ids}.",
                n=figures.n_unknown,
                ids=_some(unknown),
            ),
            "yellow",
        )


def say_what_if(voice: Voice, now: Allocation, changed: Allocation) -> None:
    brought = difference(now, changed)
    voice.out(Message.of("With the change:"), "bold")
    console.out().print(_figures(voice, changed.figures))
    voice.out(
        Message.of(
            "Against now: {worth} in worth, {pairs} in places filled; {placed} startups placed that were not, "
            "{lost} no longer, {moved} elsewhere.",
            worth=f"{brought.worth_gained:+.2f}",
            pairs=f"{brought.pairs_gained:+d}",
            placed=len(brought.newly_placed),
            lost=len(brought.no_longer_placed),
            moved=brought.n_moved,
        )
    )


def _figures(voice: Voice, figures: AllocationFigures) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    rows = [
        (Message.of("Startups placed"), f"{figures.n_startups_placed} / {figures.n_startups}"),
        (Message.of("Places filled"), f"{figures.n_placed} / {figures.n_places}"),
        (Message.of("Filled of what can be"), _share(figures.filled)),
        *_worths(figures),
        (Message.of("May be missing to the best"), _share(figures.gap, 2)),
        (Message.of("Among their first choices"), _share(figures.first_choices)),
        (Message.of("Ranks lost against the free list, mean and most"), _lost(figures)),
        (Message.of("Startups with a reason for envy"), str(figures.n_envious)),
        *((REASONS[reason], str(n)) for reason, n in figures.left_out.items()),
    ]
    for name, value in rows:
        table.add_row(line(voice.sentence(name)), line(value))
    return table


def _worths(figures: AllocationFigures) -> list[tuple[Message, str]]:
    if figures.expected is None:
        return [(Message.of("Sum of worth"), f"{figures.worth:.2f}")]
    return [(Message.of("Visits expected to go well"), f"{figures.expected:.2f}")]


def _sizes(voice: Voice, figures: AllocationFigures) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    titles = (
        Message.of("Carriers with places"),
        Message.of("Carriers"),
        Message.of("Places"),
        Message.of("Wished for"),
        Message.of("Placed"),
    )
    for title in titles:
        table.add_column(line(voice.sentence(title)), justify="right")
    ends = [*(one.at_least - 1 for one in figures.sizes[1:]), None]
    for size, end in zip(figures.sizes, ends, strict=True):
        numbers = (size.n_carriers, size.n_places, size.n_wished, size.n_placed)
        table.add_row(_class(size.at_least, end), *(str(number) for number in numbers))
    return table


def _class(at_least: int, end: int | None) -> str:
    if end is None:
        return "0" if at_least == 0 else f"≥ {at_least}"
    return str(at_least) if end <= at_least else f"{at_least}–{end}"


def _share(share: float, n_digits: int = 1) -> str:
    return "–" if share != share else f"{100 * share:.{n_digits}f} %"


def _lost(figures: AllocationFigures) -> str:
    return "–" if not figures.n_placed else f"{figures.ranks_lost:.2f} · {figures.most_ranks_lost}"


def _some(ids: list[str], most: int = 5) -> str:
    return ", ".join(ids[:most]) + (" …" if len(ids) > most else "")
