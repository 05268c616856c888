"""The views of one text that the reader's parts look at: as it is, without disclaimers, without refusals."""

from dataclasses import dataclass
from datetime import date

from matcher.domain.messages import Language
from matcher.understanding.ages import company_age
from matcher.understanding.amounts import amounts
from matcher.understanding.clauses import Offsets, clauses
from matcher.understanding.language import detect_language
from matcher.understanding.negation import blanked, disclaimed, refused
from matcher.understanding.signals import Signals


@dataclass(frozen=True, slots=True)
class TextView:
    """All views have the length of the original, so that offsets agree."""

    text: str
    language: Language
    field_text: str  # disclaimers blanked: "we do not make machines" is no evidence of machines
    need_text: str  # refusals blanked
    clauses: list[Offsets]  # of the field text
    signals: Signals

    @classmethod
    def of(cls, text: str, on: date) -> "TextView":
        field_text = blanked(text, disclaimed(text))
        return cls(
            text,
            detect_language(text),
            field_text if field_text.strip() else text,
            blanked(text, refused(text)),
            clauses(field_text),
            Signals(company_age(text, on), amounts(text)),
        )
