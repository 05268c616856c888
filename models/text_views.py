"""The views of one text that the reader's parts look at: without noise, without disclaimers, without refusals."""

from dataclasses import dataclass
from datetime import date

from matcher.domain.messages import Language
from matcher.understanding.ages import company_age
from matcher.understanding.amounts import amounts
from matcher.understanding.clauses import Offsets, clauses
from matcher.understanding.language import detect_language
from matcher.understanding.negation import blanked, disclaimed, refused
from matcher.understanding.noise import noise
from matcher.understanding.signals import Signals


@dataclass(frozen=True, slots=True)
class TextView:
    """All views have the length of the original, so that offsets agree."""

    text: str
    clean: str  # noise blanked: words to the system, praise, markup, the firm's name
    language: Language
    field_text: str  # disclaimers blanked: "we do not make machines" is no evidence of machines
    need_text: str  # refusals blanked
    clauses: list[Offsets]  # of the field text
    signals: Signals

    @classmethod
    def of(cls, text: str, on: date) -> "TextView":
        clean = blanked(text, noise(text))
        field_text = blanked(clean, disclaimed(clean))
        return cls(
            text,
            clean,
            detect_language(clean),
            field_text if field_text.strip() else clean,
            blanked(clean, refused(clean)),
            clauses(field_text if field_text.strip() else clean),
            Signals(company_age(clean, on), amounts(clean)),
        )
