"""Reads numbers written in figures or words, in Chinese, English and German."""

import re

HAN_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
# Each number starts where its run of digits starts and is never given back in part: so a long run is read in linear
# time, and one too long for a number is none.
HAN_NUMBER = (
    "(?<![〇零一二两三四五六七八九十百千])[〇零一二两三四五六七八九十百千]{1,12}+(?![〇零一二两三四五六七八九十百千])"
)
ENGLISH = dict(
    zip(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(1, 20),
        strict=True,
    )
)
ENGLISH_TENS = dict(zip(["twenty", "thirty", "forty", "fifty", "sixty"], range(20, 70, 10), strict=True))
GERMAN = dict(
    zip(
        [
            "ein",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
            "dreizehn",
            "vierzehn",
            "fünfzehn",
            "sechzehn",
            "siebzehn",
            "achtzehn",
            "neunzehn",
        ],
        range(1, 20),
        strict=True,
    )
)
GERMAN_TENS = dict(zip(["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig"], range(20, 70, 10), strict=True))
GERMAN_TENS["dreissig"] = 30  # as written in capitals, and in Switzerland
ENGLISH_NUMBER = (
    rf"(?:(?:{'|'.join(ENGLISH_TENS)})(?:[- ](?:{'|'.join(list(ENGLISH)[:9])}))?|{'|'.join(reversed(ENGLISH))}|an?)"
)
AND_A_HALF = "einhalb"
GERMAN_NUMBER = (
    rf"(?:(?:(?:{'|'.join(list(GERMAN)[:9])})und)?(?:{'|'.join(GERMAN_TENS)})|{'|'.join(reversed(GERMAN))}|eine[mnr]?"
    rf"|anderthalb|(?:{'|'.join(list(GERMAN)[:9])}){AND_A_HALF})"
)
FIGURES = r"(?<!\d)(?>\d{1,3}(?:[.,]\d{3}){1,4}+(?!\d)|\d{1,12}+(?!\d)(?:[.,]\d{1,12}+(?!\d))?)"
NUMBER = rf"(?:{FIGURES}|{HAN_NUMBER}|\b{ENGLISH_NUMBER}\b|\b{GERMAN_NUMBER}\b)"


def number(written: str) -> float | None:
    """The value of a number that matches `NUMBER`; None where it does not add up."""
    word = written.strip().lower()
    if not word:
        return None
    if word[0].isdigit():
        return _figures(word)
    if word[0] in HAN_DIGITS or word[0] in HAN_UNITS:
        return _han(word)
    return _english(word) or _german(word)


def _figures(word: str) -> float | None:
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", word):
        return float(re.sub("[.,]", "", word))
    return float(word.replace(",", "."))


def _han(word: str) -> float:
    if not any(character in HAN_UNITS for character in word):
        return float("".join(str(HAN_DIGITS[character]) for character in word))
    total, digit = 0, 0
    for character in word:
        if character in HAN_UNITS:
            total += (digit or 1) * HAN_UNITS[character]
            digit = 0
        else:
            digit = HAN_DIGITS[character]
    return float(total + digit)


def _english(word: str) -> float | None:
    if word in ("a", "an"):
        return 1.0
    if word in ENGLISH:
        return float(ENGLISH[word])
    tens, _, rest = word.replace("-", " ").partition(" ")
    if tens in ENGLISH_TENS and (not rest or rest in ENGLISH):
        return float(ENGLISH_TENS[tens] + ENGLISH.get(rest, 0))
    return None


def _german(word: str) -> float | None:
    if re.fullmatch("eine[mnr]?", word):
        return 1.0
    if word in GERMAN:
        return float(GERMAN[word])
    if word == "anderthalb":
        return 1.5
    if (whole := word.removesuffix(AND_A_HALF)) in GERMAN:
        return GERMAN[whole] + 0.5
    unit, middle, tens = word.rpartition("und")
    if tens in GERMAN_TENS and (not middle or unit in GERMAN):
        return float(GERMAN_TENS[tens] + GERMAN.get(unit, 0))
    return None
