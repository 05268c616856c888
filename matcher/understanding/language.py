"""Which of the three languages a text is written in, or two of them side by side, or another one."""

import re

from matcher.domain.messages import Language

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
WORD = re.compile(r"[^\W\d_]+")
OTHER_SCRIPTS = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\uac00-\ud7af]"
)
GERMAN_ONLY = re.compile(r"[äöüßÄÖÜ]")
ENGLISH_WORDS = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "we",
        "is",
        "are",
        "for",
        "with",
        "our",
        "that",
        "from",
        "by",
        "have",
        "has",
        "need",
        "needs",
        "company",
        "startup",
        "an",
        "be",
        "at",
        "as",
        "this",
        "it",
        "you",
        "would",
        "like",
        "which",
        "was",
        "were",
        "will",
        "can",
        "not",
        "more",
        "than",
        "into",
        "its",
        "their",
        "they",
        "who",
        "looking",
        "seeking",
        "founded",
        "registered",
    ]
)
GERMAN_WORDS = frozenset(
    [
        "der",
        "die",
        "das",
        "und",
        "wir",
        "ist",
        "sind",
        "für",
        "mit",
        "unser",
        "unsere",
        "dass",
        "von",
        "aus",
        "im",
        "ein",
        "eine",
        "einen",
        "einer",
        "eines",
        "zu",
        "auf",
        "den",
        "dem",
        "des",
        "nicht",
        "auch",
        "bei",
        "als",
        "wird",
        "werden",
        "haben",
        "hat",
        "brauchen",
        "suchen",
        "firma",
        "sich",
        "oder",
        "nach",
        "über",
        "noch",
        "seit",
        "keine",
        "kein",
        "gibt",
        "gesucht",
        "gründung",
        "gegründet",
        "stellen",
        "bauen",
        "vom",
        "zum",
        "zur",
    ]
)
OTHER_WORDS = frozenset(  # of French, Spanish, Portuguese, Italian and Dutch, and of neither of ours
    [
        "nous", "notre", "les", "une", "dans", "pour", "avec", "est", "sont", "qui", "que", "pas", "aux", "cette",
        "nosotros", "nuestra", "nuestro", "una", "para", "por", "del", "estamos", "empresa", "somos", "uma", "não",
        "nossa", "nosso", "ao", "che", "il", "gli", "della", "sono", "siamo", "nella", "abbiamo", "het", "een",
        "voor", "zijn", "naar", "onze", "wij", "zoek",
    ]
)  # fmt: skip
MIXED_SHARE = 0.12  # of a text's weight: a few foreign terms do not make a text mixed
WEIGHT_OF_A_WORD = 1.7  # a Latin word says about as much as this many Chinese characters


def detect_language(text: str) -> Language:
    """The language of most of the text.

    A text without any letters is `OTHER`, and so is one mostly in another script or in a Latin language that shows
    neither German nor English function words.
    """
    n_han = len(HAN.findall(text))
    words = [word.lower() for word in WORD.findall(HAN.sub(" ", text)) if not OTHER_SCRIPTS.search(word)]
    n_foreign = len(OTHER_SCRIPTS.findall(text))
    words = [word for word in words if len(word) > 1]
    latin = len(words) * WEIGHT_OF_A_WORD
    total = n_han + latin + n_foreign
    if total == 0 or n_foreign > total * MIXED_SHARE * 2:
        return Language.OTHER
    if n_han >= total * (1 - MIXED_SHARE):
        return Language.ZH
    if n_han > total * MIXED_SHARE:
        return Language.MIXED
    return _german_or_english(text, words)


def _german_or_english(text: str, words: list[str]) -> Language:
    n_german = sum(word in GERMAN_WORDS for word in words) + len(GERMAN_ONLY.findall(text)) / 2
    n_english = sum(word in ENGLISH_WORDS for word in words)
    if sum(word in OTHER_WORDS for word in words) > max(n_german, n_english, 1):
        return Language.OTHER
    if n_german == n_english == 0:
        return Language.OTHER if len(words) > 12 else Language.EN
    small, large = sorted((n_german, n_english))
    if small > 3 and small > large / 2:
        return Language.MIXED
    return Language.DE if n_german > n_english else Language.EN
