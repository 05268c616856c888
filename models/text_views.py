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
from matcher.understanding.tokens import fold

SHOUTED_FROM, SHOUTED_SHARE = 20, 0.8  # letters, and the share of capitals among them


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
        clean = quieted(blanked(text, noise(text)))
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


def quieted(text: str) -> str:
    """The text in small letters if it is written in capitals: the encoder knows words as they are usually written."""
    latin = [character for character in text if character.isalpha() and character.lower() != character.upper()]
    is_shouted = len(latin) >= SHOUTED_FROM and sum(map(str.isupper, latin)) >= SHOUTED_SHARE * len(latin)
    return fold(text) if is_shouted else text
