"""Finds what is called a firm in Latin letters: capitals that stand where a name stands and are no known word.

In German every noun has a capital; there only words that are no known word, no compound of such and no derivation
are taken for a name. English writes two capitals in a row within a sentence for names only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.understanding.lexis import Lexis
from matcher.understanding.tokens import fold

LETTER = "A-Za-zÄÖÜäöüßéèáàóòíçñ0-9"
WORD = rf"[A-ZÄÖÜ][{LETTER}]{{0,29}}(?:-[A-ZÄÖÜ0-9][{LETTER}]{{0,29}}){{0,2}}"
NAME = rf"(?P<name>{WORD}(?:[^\S\n](?:&[^\S\n])?{WORD}){{0,3}})(?![{LETTER}])"
START = r"(?:^|(?<=[.!?…:;。！？]\s)|(?<=[。！？；，“„\"«(]))"
KIND = (
    r"(?:[^\s.,]{1,20}\s){0,3}(?:[Tt]eam|[Cc]ompany|[Ff]irma?|[Ss]tart-?[Uu]p|[Ss]pin-?[Oo](?:ff|ut)|[Vv]enture|[Mm]aker"
    r"|[Ss]upplier|[Dd]eveloper|[Mm]anufacturer|[Gg]roup|Unternehmen|Ausgründung|Gesellschaft|Gruppe|Hersteller|Anbieter)\b"
)
ENGLISH_AGENT = (
    r"\s(?:(?:develops|builds|makes|designs|sells|offers|produces|supplies|delivers|manufactures|provides|creates"
    r"|engineers|operates|runs|employs|wants|needs|seeks|plans|speciali[sz]es|focuses)\b"
    rf"|is\s(?:an?|the|our)\s{KIND}|(?:was|has\sbeen)\s(?:founded|started|created|established|incorporated|registered"
    rf"|spun|born|set)\b)|['’]s\s(?:[a-z]{{2,9}}\s)?(?:team|founders?|people|staff|customers?|clients?|users?|products?"
    rf"|technology|idea|aim|goal|mission|story)\b|,\s(?:an?|the)\s{KIND}"
)
GERMAN_AGENT = (
    r"\s(?:(?:entwickelt|entwirft|baut|fertigt|produziert|bietet|liefert|vertreibt|verkauft|konstruiert|plant"
    r"|sucht|braucht|benötigt|arbeitet|forscht|betreibt|beschäftigt|entstand|startete|entwickelte|baute)\b"
    rf"|ist\s(?:eine?|das|die|der|unser)\s{KIND}"
    r"|(?:wurde|ist)\s(?:[^\s.,]{1,20}\s){0,6}(?:gegründet|eingetragen|entstanden|ausgegründet|aufgebaut"
    r"|ins\sLeben\sgerufen|gestartet)\b)"
    rf"|,\s(?:eine?|das|die|der)\s{KIND}"
    "|\\s?(?:[是由专致主聚深研开生制提拥位总团公目正源从做拿想希计]|的团队|成立|创|自主|已|现有|来自|需要|准备)"
)
ENGLISH = (
    r"\s(?:works|started|began|is|was|has|will|can|comes|came|stands|here|team)\b|['’]s\s|,\s(?:an?|the|founded)\s"
)
OTHER = r"\s(?:ist|war|hat|will|kann|soll|kommt|steht)\b|,\s(?:eine?|der|die|das|gegründet)\s|\s?[:：|(（]|\s[-–—]\s"
AT_START = re.compile(
    rf"{START}{NAME}(?:(?P<english_agent>{ENGLISH_AGENT})|(?P<agent>{GERMAN_AGENT})|(?P<english>{ENGLISH})|(?:{OTHER}))",
    re.MULTILINE,
)
INTRODUCED = re.compile(
    rf"(?:(?P<english>(?<![{LETTER}])(?:[Ww]e(?:\sare|['’]re)|[Tt]his\sis|[Hh]ere\sis|[Oo]ur\s(?:company|firm|start-?up|team|venture),?|[Nn]ame\sis|called)\s[\"“„'«]?)"
    rf"|(?<![{LETTER}])(?:[Ww]ir\ssind(?:\sdie)?|[Hh]ier\s(?:ist|sind|schreibt|spricht)|[Nn]ame\s(?:ist|lautet)|hei(?:ß|ss)en|hei(?:ß|ss)t|namens|genannt"
    r"|named|[Ff]irma|[Cc]ompany|[Ss]tart-?[Uu]p|[Uu]nternehmen|[Pp]roje[ck]t|[Tt]eam)\s[\"“„'«]?"
    rf"|(?:我们是|我们叫|名叫|名为|叫做?|我司|品牌)[“\"「]?){NAME}"
)
INSIDE = re.compile(rf"(?<![{LETTER}])(?:(?P<english>[Aa]t)|[Bb]ei)\s{NAME},?\s(?:we\b|wir\b|[a-zäöü]{{3,20}}\swir\b)")
WHO = re.compile(  # after these words stands who, without an article; a matter has one, or is no unknown word
    rf"(?<![{LETTER}])(?:(?P<english>at|behind|by|about|join|contact|meet)|hinter)\s{NAME}"
    r"(?=[.,;!?:)]|\s(?:is|was|has|will|can|we|stands?|ist|war|hat|wird|kann|wir|steht|stehen)\b|\s*$)",
    re.MULTILINE,
)
QUOTED = re.compile(rf"[\"“„«「『]{NAME}[\"”“»」』]")
NO_NAME = frozenset(
    [
        *("the", "our", "my", "this", "that", "these", "a", "an", "in", "at", "for", "with", "as", "by", "on", "from"),
        *("of", "to", "and", "or", "but", "it", "he", "she", "they", "we", "you", "i", "his", "her", "yes", "no"),
        *("der", "die", "das", "den", "dem", "ein", "eine", "unser", "unsere", "unserer", "mein", "meine", "dieser"),
        *("diese", "dieses", "im", "am", "bei", "für", "mit", "als", "von", "aus", "und", "oder", "aber", "es", "er"),
        *("sie", "wir", "ihr", "ich", "jede", "jeder", "jedes", "kein", "keine", "one", "two", "three", "four"),
        *("five", "six", "seven", "eight", "nine", "ten", "first", "second", "zwei", "drei", "vier", "fünf", "sechs"),
        *("sieben", "acht", "neun", "zehn", "elf", "zwölf", "erste", "zweite", "dritte", "euro", "yuan", "million"),
        *("millionen", "prozent", "percent"),
    ]
)
DERIVED = re.compile(
    r"(?:tion|tionen|sion|ment|ness|ity|ität|ung|ungen|heit|keit|schaft|ism|ismus|ology|ologie|graphy|graphie|ics|ware"
    r"|isch|ische[nrs]?|liche[nrs]?|bare[nrs]?)$|^(?:\w{2,4})?ge[a-zäöü]{3,}(?:t|en)$|^(?:ver|ent|er|be)[a-zäöü]{3,}(?:t|en)$"
)
ROLE = re.compile(r"(?:er|ern|erin|ers|innen|ists?|isten|ent|enten|eure?|ure|logen?)$")
PLACE_ENDINGS = ("grund", "stein", "brück", "burg", "berg", "wald", "bach", "heim", "stern", "tal", "horn", "hain")
HOUSE_ENDINGS = ("werk", "haus", "feld", "hof", "wind", "tor", "see")  # of machines, too, where nobody acts
GERMAN_TEXT = re.compile(r"\b(?:und|der|die|das|wir|ist|mit|für|ein|eine)\b")
INFLECTED = re.compile(r"(?:e|e[mnrs])$")  # an adjective before its noun
CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][a-z]+")
SHORTEST_PART, SHORTEST_DERIVED, LONGEST_ACRONYM = 4, 7, 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """What stands where a name stands."""

    name: str
    is_english: bool  # so that compounds are not written as one, and capitals tell
    is_agent: bool = False  # what stands here does something, or is called by its name; so it is no mere matter


def latin_names(text: str, lexis: Lexis) -> list[str]:
    """In order of appearance, each once."""
    return list(dict.fromkeys(one.name for one in _candidates(text) if _is_name(one, text, lexis)))


def own_word(name: str, lexis: Lexis) -> str | None:
    """The first word of a name where that is nothing but a name: what it is called for short."""
    match = re.match(WORD, name)
    word = match.group() if match else ""
    return None if _is_acronym(word) or _is_ordinary(word, lexis, is_compound=False) else word


def _candidates(text: str) -> Iterator[Candidate]:
    is_german = GERMAN_TEXT.search(text) is not None
    for match in AT_START.finditer(text):
        is_english = bool(match["english_agent"] or match["english"])
        yield Candidate(match["name"], is_english, bool(match["english_agent"] or match["agent"]))
    for pattern in (INTRODUCED, INSIDE, WHO):
        for match in pattern.finditer(text):
            yield Candidate(match["name"], bool(match["english"]), is_agent=True)
    for match in QUOTED.finditer(text):
        yield Candidate(match["name"], is_english=not is_german, is_agent=True)


def _is_name(one: Candidate, text: str, lexis: Lexis) -> bool:
    words = re.findall(WORD, one.name)
    if any(fold(word) in NO_NAME for word in words) or lexis.is_a_term(one.name):
        return False
    unknown = [not _is_acronym(word) and not _is_ordinary(word, lexis, **_compounds(word, one)) for word in words]
    if len(words) > 1:  # a name's own word comes first, what it does behind it
        if one.is_english:
            return any(unknown) or not any(map(_is_acronym, words))
        return unknown[0] and not INFLECTED.search(words[0])
    is_told = one.is_agent or text.count(one.name) > 1 or CAMEL.fullmatch(one.name) is not None
    return unknown[0] and is_told and (one.is_english or not ROLE.search(words[0]))


def _compounds(word: str, one: Candidate) -> dict[str, bool]:
    endings = (*PLACE_ENDINGS, *HOUSE_ENDINGS) if one.is_agent else PLACE_ENDINGS
    return {"is_compound": not one.is_english and not word.endswith(endings)}


def _is_ordinary(word: str, lexis: Lexis, *, is_compound: bool) -> bool:
    folded = fold(word)
    if lexis.knows(folded) or lexis.is_a_term(folded):
        return True
    if len(folded) >= SHORTEST_DERIVED and DERIVED.search(folded):
        return True
    return is_compound and any(
        lexis.knows(folded[cut:]) and (lexis.knows(folded[:cut]) or lexis.knows(folded[:cut].removesuffix("s")))
        for cut in range(SHORTEST_PART, len(folded) - SHORTEST_PART + 1)
    )


def _is_acronym(word: str) -> bool:
    return len(word) <= LONGEST_ACRONYM and word.upper() == word
