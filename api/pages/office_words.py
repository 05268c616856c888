"""How the office board writes what it shows: counts that may be hidden, terms, numbers and shares."""

from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from api.schemas.office import KIND_UNKNOWN
from api.sentences import Sentences
from matcher.domain.messages import Language, Message
from matcher.domain.small_cells import LEAST_SHOWN, Count
from matcher.domain.taxonomy import Taxonomy

FEW, WITHHELD = f"<{LEAST_SHOWN}", "–"


@dataclass(frozen=True)
class OfficeWords:
    """In one language."""

    taxonomy: Taxonomy
    language: Language
    sentences: Sentences

    def say(self, message: Message) -> str:
        return self.sentences.say(message, self.language)

    def count(self, count: Count) -> str:
        """As it stands in a cell."""
        return self.number(count.n) if count.n is not None else FEW if count.few else WITHHELD

    def label(self, term: str) -> str:
        return self.taxonomy.label(term).say(self.language)

    def kind(self, kind: object) -> str:
        return self.label(str(kind)) if kind else self.say(KIND_UNKNOWN)

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.language)

    def with_digits(self, value: float) -> str:
        return format_decimal(value, "0.00", locale=self.language)

    def percent(self, value: float) -> str:
        return format_percent(value, locale=self.language)
