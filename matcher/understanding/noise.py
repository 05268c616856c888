"""Finds what says nothing about a startup: words to the system, praise and prizes, and the firm's own name.

A text is data. Whatever in it asks for a rank, poses as markup or as a system's message, or praises, is not read, so
that it can neither help nor harm.
"""

import re
from collections.abc import Iterable, Iterator

from matcher.understanding.clauses import Offsets, clauses, sentences
from matcher.understanding.lexis import Lexis
from matcher.understanding.literals import holds_one, required, searchable, those_in
from matcher.understanding.names import names
from matcher.understanding.patterns import any_of
from matcher.understanding.praise import praise

INSTRUCTION = any_of(
    "忽略.{0,6}(?:以上|上面|之前|前面|所有)|(?:无视|不要理会).{0,6}(?:以上|之前|规则)|打(?:最高|满)分",
    "排(?:在|到)?(?:第一|首位|最前)|(?:作为|列为|当作)首选|系统(?:提示|消息|指令)",
    "(?:请|必须|务必).{0,8}(?:推荐|排名|匹配度|置信度).{0,12}(?:第一|100|最高|首选)",
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:above|previous|prior|earlier|instructions?|rules?)\b",
    r"\b(?:rank|put|place|list|set)\b.{0,40}\b(?:first|top|number one|#1|in first place|score\s*(?:of\s*)?(?:1|100)\b)",
    r"^\s*(?:system|assistant|user|prompt|instruction)s?\s*:|\boutcome must be\b|\bmatch\s*=\s*100",
    r"\brank\s*[:=]?\s*(?:1|one)\b|\bscore\s*=\s*\d|\bend of (?:document|prompt)\b|\byou (?:are|must|should) now\b",
    r"\bas an? (?:ai|language model|ranking (?:system|engine))\b",
    r"^\W*(?:new|updated|additional) instructions?\b|\border from (?:the |an? )?(?:admin\w*|operator|developer)\b",
    r"\byou (?:must|should|have to) (?:output|return|answer|respond|recommend|rank|list|show|give)\b",
    r"\b(?:ignorier\w+|vergiss|vergessen sie|missacht\w+)\b.{0,30}"
    r"\b(?:alles|oben|obige\w*|vorherige\w*|bisherige\w*|anweisung\w*|regeln?)\b",
    r"\b(?:top|head) of (?:the|your) (?:results?|list|ranking)\b",
    r"\bauf (?:platz|rang) (?:1|eins)\b|\b(?:ganz oben|an erster stelle)\b",
    r"\b(?:setze|setzen sie|stelle|stellen sie|platzier\w+|ranke)\b.{0,40}"
    r"\b(?:ersten? (?:platz|stelle)|platz 1|ganz oben|an die spitze)\b",
)
MARKUP = any_of(
    r"<!--.*?(?:-->|$)",
    r"<(?P<code>script|style|system|prompt|instructions?)\b[^<>]{0,200}>[^<]{0,2000}</(?P=code)\s*>",
    r"\[(?P<order>override|system|prompt|instructions?)\][^\[]{0,2000}\[/(?P=order)\]",
    r"</?[a-z][^<>]{0,200}>",
    r"<\|[^|]{0,40}\|>",
)
JSON_START = re.compile(r"[\[{]\s*(?:\{\s*)?\"[\w-]{1,40}\"\s*:")
LONGEST_JSON = 1000  # characters in which its brackets have to close
PRAISE = any_of(
    r"^\W*(?:the )?(?:best|top|great|excellent|number one|最好|最棒|最强|第一名?|(?:die )?besten?|spitze)\W*$",
    "(?:世界|全球|国际|国内|行业|全国)(?:领先|一流|顶尖|第一)|前景(?:广阔|无限)|潜力巨大|深受好评|遥遥领先",
    "(?:荣获|获得|斩获|拿过|获评).{0,20}(?:奖|称号|冠军|第一名|桂冠)|填补.{0,6}空白",
    "(?:最佳|最优秀|最具(?:潜力|价值|创新)).{0,12}(?:企业|团队|公司|奖)",
    r"\b(?:world-?(?:class|leading)|award-?winning|industry-?leading|best[- ]in[- ]class|cutting-?edge)\b",
    r"\bgame-?chang\w+\b",
    r"\b(?:won|winner of|received|honou?red with|named)\b.{0,40}\b(?:awards?|prizes?|medals?|start-?up of the year)\b",
    r"\b(?:the best|most (?:innovative|promising)|number one|unrivalled|outstanding|excellent) "
    r"(?:team|company|start-?up|firm|product|in)\b",
    r"\b(?:weltweit|international|europaweit) (?:führend\w*|einzigartig\w*)\b",
    r"\b(?:weltklasse|preisgekrönt\w*|spitzenreiter)\b",
    r"\b(?:mehrfach|vielfach) (?:ausgezeichnet|prämiert)\w*\b|\bbeste\w* (?:team|unternehmen|firma|start-?up)\b",
    r"\b(?:gewann|gewonnen|ausgezeichnet mit|auszeichnung als)\b.{0,40}\b(?:preis|award|auszeichnung|medaille)\w*\b",
    r"\b(?:das beste|die besten|innovativste\w*|hervorragende\w*|exzellente\w*) "
    r"(?:team|unternehmen|firma|start-?up)\b",
)
FIRM_NAME = re.compile(
    r"(?:^|[.!?\n][^\S\n]*"
    r"|\b(?:[Ww]e are|[Ww]ir sind(?: die)?|called|named|namens|hei(?:ß|ss)(?:t|en)|[Ff]irma|[Cc]ompany)\s+)"
    r"(?P<latin>[A-ZÄÖÜ][\w&-]*(?:\s+[A-ZÄÖÜ&][\w&-]*){0,3})(?=\s+(?:GmbH|AG|KG|SE|UG|Ltd|Inc|Corp|LLC)\b)"
    r"|(?:^|我们是|[，。,.])(?P<han>[\u4e00-\u9fff]{2,8}?)(?=(?:股份|科技|技术|智能)?有限(?:责任)?公司)"
)
MARKS = re.compile(r"[\s.!?。！？…;；,，、:：]*")
SENTENCE_MARKS, LONGEST_GAP = ".!?。！？…;；\n", 100
TIME_WORDS = any_of(r"\b(?:monate?|jahre?|month|year)s?\b")

NEEDED = {pattern: required(pattern.pattern) for pattern in (INSTRUCTION, PRAISE)}


def noise(
    text: str, lexis: Lexis | None = None, also: Iterable[Offsets] = (), name: str | None = None
) -> list[Offsets]:
    """Start and end of everything that is not to be read, in order, without overlaps.

    Args:
        text: any.
        lexis: what is known; without it, only names with a legal form and the plainest praise are found.
        also: places known to say nothing.
        name: what the firm says it is called.
    """
    found = [*(match.span() for match in MARKUP.finditer(text)), *_json(text)]
    cut = _as_line_breaks(text, found)  # what stands beside markup is no part of it
    found += _units_with(INSTRUCTION, cut, sentences(cut))
    found += _units_with(PRAISE, cut, clauses(cut))
    found += _registered_names(text)
    found += also
    if lexis is not None:
        found += names(cut, lexis, name)
        found += praise(cut, {*sentences(cut), *clauses(cut)}, lexis)
    return [_with_its_marks(text, span) for span in _merged(text, found)]


def _json(text: str) -> Iterator[Offsets]:
    done = 0
    while match := JSON_START.search(text, done):
        done = _closing(text, match.start()) or match.end()
        yield match.start(), done


def _closing(text: str, start: int) -> int | None:
    """The place behind the bracket that closes the one at the start."""
    depth = 0
    for place in range(start, min(len(text), start + LONGEST_JSON)):
        depth += (text[place] in "{[") - (text[place] in "}]")
        if depth == 0:
            return place + 1
    return None


def _as_line_breaks(text: str, spans: Iterable[Offsets]) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "\n" * (end - start)
    return "".join(characters)


def _with_its_marks(text: str, span: Offsets) -> Offsets:
    """The span, and the marks behind it where it begins a sentence: a full stop alone would still be read."""
    start, end = span
    before = text[max(0, start - LONGEST_GAP) : start].rstrip(" \t")
    if before and before[-1] not in SENTENCE_MARKS:
        return span
    match = MARKS.match(text, end)
    return start, match.end() if match else end


def _registered_names(text: str) -> Iterator[Offsets]:
    for match in FIRM_NAME.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        if not TIME_WORDS.search(text[start:end]):  # "nine months, GmbH" is no name
            yield start, end


def _units_with(pattern: re.Pattern[str], text: str, units: Iterable[Offsets]) -> Iterator[Offsets]:
    low = searchable(text)
    words = those_in(low, NEEDED[pattern])
    for start, end in units:
        if holds_one(low[start:end], words) and pattern.search(text[start:end]):
            yield start, end


def _merged(text: str, spans: Iterable[Offsets]) -> Iterator[Offsets]:
    """In order, as one where they overlap or only marks stand between them."""
    current: Offsets | None = None
    for start, end in sorted(spans):
        if current is not None and (start <= current[1] or MARKS.fullmatch(text, current[1], start)):
            current = current[0], max(current[1], end)
        else:
            if current is not None:
                yield current
            current = start, end
    if current is not None:
        yield current
