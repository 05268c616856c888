"""Reads a description, ranks the carriers for it, and says why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.domain.eligibility import legal_flags
from matcher.domain.errors import InvalidField
from matcher.domain.matches import Answer, ListOrder, ModelIds
from matcher.domain.messages import Language, Message
from matcher.domain.registry import Registry
from matcher.domain.startups import Description, Outcome, Profile, Scope
from matcher.ports import Encoder, Ranker, Reader
from matcher.ranking.advice import advice
from matcher.ranking.board import Board, build_board
from matcher.ranking.listing import Listing, ListMaker
from matcher.ranking.partners import partner_hints
from matcher.ranking.questions import questions
from matcher.ranking.standings import Standings

MOST_MATCHES = 100
DEFAULT_K = 10
AT_ONCE = 64  # descriptions read together
WARM_UP = "A dry run before the first request."
WARM_UP_DAY = date(2026, 1, 1)
PROVISIONAL = 0.15  # a text that is probably too vague still gets a list from this probability of a product on


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What one caller asks; `language` is that of the sentences, None means the text's own."""

    description: Description
    k: int = DEFAULT_K
    scope: Scope = Scope.HOME
    order: ListOrder = ListOrder.FIT
    language: Language | None = None
    request_id: str

    def __post_init__(self) -> None:
        if not 1 <= self.k <= MOST_MATCHES:
            raise InvalidField("k lies between 1 and {limit}.", field="k", limit=MOST_MATCHES)


@dataclass
class Recommend:
    """The main use case; one instance serves all requests."""

    snapshot: Callable[[], Registry]  # the current registry; cheap while unchanged
    encoder: Encoder  # for carriers
    reader: Reader
    ranker: Ranker
    home: str = "太仓"
    _board: Board | None = field(default=None, init=False)

    def __call__(self, query: Query, *, on: date) -> Answer:
        return self.many([query], on=on)[0]

    def many(self, queries: Sequence[Query], *, on: date) -> list[Answer]:
        """One answer per query, in order."""
        board = self.board()
        answers = []
        for start in range(0, len(queries), AT_ONCE):
            some = queries[start : start + AT_ONCE]
            profiles = self.reader.read([query.description for query in some], on)
            answers += [self._answer(query, profile, board, on) for query, profile in zip(some, profiles, strict=True)]
        return answers

    def warm(self) -> None:
        """Read and encode the registry, and answer once, so that the first request waits for nothing."""
        self(Query(description=Description(text=WARM_UP), k=1, request_id="warm-up"), on=WARM_UP_DAY)

    def board(self) -> Board:
        """The carriers as columns, made anew when the registry has changed."""
        registry = self.snapshot()
        board = self._board
        if board is None or board.registry.version != registry.version:
            board = build_board(registry, self.encoder, self.home)
            self._board = board
        return board

    def _answer(self, query: Query, profile: Profile, board: Board, on: date) -> Answer:
        registry, taxonomy = board.registry, board.registry.taxonomy
        standings = Standings(board, self.ranker, query.scope, on)

        def orders_for(changed: Sequence[Profile]) -> list[NDArray[np.int64]]:
            return [standing.order for standing in standings.of(changed)]

        shown, is_ranked = gets_a_list(profile), query.order is ListOrder.FIT
        language = query.language or profile.language.spoken
        maker = ListMaker(profile, board, self.ranker, query.scope, on)
        listing = maker.make(query.k, by_name=None if is_ranked else language) if shown else Listing()
        flags = legal_flags(registry.entry_rules, profile, taxonomy, on) if shown else []
        return Answer(
            request_id=query.request_id,
            outcome=profile.outcome,
            language=language,
            models=ModelIds(encoder=self.encoder.id, reader=self.reader.id, ranker=self.ranker.id),
            registry=registry.version,
            profile=profile,
            scope=query.scope,
            order=query.order,
            matches=listing.matches,
            partners=partner_hints(profile, query.description.text, registry.carriers, taxonomy) if shown else (),
            not_eligible=listing.not_eligible,
            questions=questions(profile, taxonomy, orders_for) if is_ranked or _is_vague(profile) else (),
            advice=advice(profile, standings) if shown and is_ranked else (),
            general=(*_notes(profile, listing, shown, is_ranked), *flags),
        )


def gets_a_list(profile: Profile) -> bool:
    """A text that is understood gets one, and a vague one too if there is some hold for it."""
    if profile.outcome is not Outcome.NEEDS_MORE_INFORMATION:
        return profile.outcome is not Outcome.OUT_OF_SCOPE
    product = profile.outcome_probabilities[Outcome.RANKED] + profile.outcome_probabilities[Outcome.NO_CORE_CHAIN]
    return product >= PROVISIONAL


def _is_vague(profile: Profile) -> bool:
    """Then there are questions about the text, whichever way a list would be ordered."""
    return profile.outcome is Outcome.NEEDS_MORE_INFORMATION


def _notes(profile: Profile, listing: Listing, shown: bool, is_ranked: bool) -> tuple[Message, ...]:
    """What is to be said about the answer as a whole."""
    notes = []
    if profile.outcome is Outcome.NO_CORE_CHAIN:
        notes.append(
            Message.of(
                "Your product is outside the city's four chains. This is a general list of places that may take you."
            )
        )
    elif profile.outcome is Outcome.OUT_OF_SCOPE:
        notes.append(
            Message.of(
                "This does not read like a startup's technology project, so there is no list of carriers for it."
            )
        )
    elif profile.outcome is Outcome.NEEDS_MORE_INFORMATION and shown:
        notes.append(
            Message.of(
                "What you make is not clear yet. The list is provisional; answer the questions for a better one."
            )
        )
    elif profile.outcome is Outcome.NEEDS_MORE_INFORMATION:
        notes.append(Message.of("What you make is not clear from this text. Answer the questions, and you get a list."))
    if profile.language is Language.OTHER:
        notes.append(Message.of("Only Chinese, English and German can be read; please write in one of these."))
    if listing.matches and not is_ranked:
        notes.append(Message.of("In alphabetical order by name, as you asked: no score has moved a carrier."))
    if listing.matches:
        notes.append(Message.of("Rents, free space and contacts are not on record; ask the carrier."))
    return tuple(notes)
