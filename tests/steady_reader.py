"""A reader for tests of what is kept: quick, exact, and it tells what it was given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from matcher.domain.messages import Language
from matcher.domain.startups import Description, Profile
from matcher.domain.taxonomy import Taxonomy
from tests.factories import a_read_profile

DIMS = 8


@dataclass
class SteadyReader:
    """Every text is of one field; its vector follows from its length."""

    taxonomy: Taxonomy
    id: str = "steady@1"
    texts: list[str] = field(default_factory=list)  # read so far

    def read(self, descriptions: Sequence[Description], on: date) -> list[Profile]:
        self.texts += [description.text for description in descriptions]
        return [self._profile(description) for description in descriptions]

    def _profile(self, description: Description) -> Profile:
        vector = np.eye(DIMS, dtype=np.float32)[len(description.text) % DIMS]
        language = Language.ZH if "\u4e00" <= description.text[0] <= "\u9fff" else Language.EN
        return a_read_profile(
            self.taxonomy, {"biomed.devices": 0.9}, stated=description.stated, embedding=vector, language=language
        )
