"""Lists anew for texts that were read before: with another ranker, or with one fitted without the text's fold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np

from matcher.domain.judgements import Grades, Qrels
from matcher.domain.matches import Answer
from matcher.domain.registry import Registry
from matcher.domain.startups import Profile, Scope
from matcher.evaluation.intervals import IntVector
from matcher.ports import Encoder, Ranker
from matcher.ranking.board import Board, build_board
from matcher.ranking.listing import ListMaker
from matcher.services.recommend import MOST_MATCHES


class Refit(Protocol):
    """Learns the released ranker again from a part of the judgements."""

    def __call__(
        self, board: Board, profiles: Sequence[Profile], grades: Sequence[Grades], groups: IntVector
    ) -> Ranker:
        """Learn.

        Args:
            board: the carriers.
            profiles: what was read of the texts to learn from.
            grades: of each of these texts.
            groups: equal numbers for texts that say the same in other languages.
        """


@dataclass(frozen=True)
class Relisting:
    """The carriers of the home city, for texts that were read before."""

    registry: Registry
    encoder: Encoder
    home: str
    on: date

    @cached_property
    def board(self) -> Board:
        return build_board(self.registry, self.encoder, self.home)

    def answers(self, answers: Sequence[Answer], ranker: Ranker) -> list[Answer]:
        """The same answers with this ranker's matches; one without a list stays without."""
        return [self._answer(answer, ranker) if answer.matches else answer for answer in answers]

    def out_of_fold(
        self, qrels: Qrels, answers: Sequence[Answer], refit: Refit, *, groups: IntVector, folds: IntVector
    ) -> list[Answer]:
        """Each answer with the matches of a ranker that was fitted on the graded texts of the other folds."""
        relisted = list(answers)
        grades = [qrels.grades.get(one.id) for one in qrels.startups]
        for fold in np.unique(folds).tolist():
            known = [(n, one) for n, one in enumerate(grades) if one is not None and folds[n] != fold]
            fitted = refit(
                self.board,
                [answers[number].profile for number, _ in known],
                [one for _, one in known],
                groups[[number for number, _ in known]],
            )
            for number in np.flatnonzero(folds == fold).tolist():
                (relisted[number],) = self.answers([answers[number]], fitted)
        return relisted

    def _answer(self, answer: Answer, ranker: Ranker) -> Answer:
        listing = ListMaker(answer.profile, self.board, ranker, Scope.HOME, self.on).make(MOST_MATCHES)
        return replace(answer, matches=listing.matches, not_eligible=listing.not_eligible)
