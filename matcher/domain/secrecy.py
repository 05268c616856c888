"""Texts that carry a mark of state or company secrecy: such a text is never stored here."""

import re
import unicodedata

from matcher.domain.errors import SecretText

SPACES = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
CHINESE = re.compile(
    r"绝密"
    r"|机密(?!计算|性|容器|虚拟机)"  # confidential computing is a product
    r"|(?<![非不无未])涉密(?!资质|信息系统集成|人员|载体销毁|印制)"  # a licence for such work is none
    r"|秘密[★☆]|密级[::]?(?:秘密|机密|绝密)"
)
LATIN = re.compile(
    r"\btop[ -]secret\b"
    r"|(?:^|[\n(\[/|*#-])\s*(?:classified|secret|geheim|restricted|confidential)\s*(?:$|[\n)\]/|*#:!-])"  # stands alone
    r"|\b(?:contains?|containing|is|are|with)\s+classified\s+(?:information|material|documents?|data)\b"
    r"|\b(?:this|the)\s+(?:text|document|description|project|information)\s+is\s+(?:classified(?!\s+(?:as|by|in|into|under|among))|secret)\b"
    r"|\bclassified\s+by\s+the\s+(?:state|ministry|government)\b"
    r"|(?<!nicht )\bstreng\s+(?:geheim|vertraulich)\b"
    r"|\bverschlu(?:ss|ß)sache\b"
    r"|\bvs\s*[-–]\s*(?:nfd|vertraulich|nur\s+f(?:ü|ue)r\s+den\s+dienstgebrauch)\b",
    re.IGNORECASE,
)


def is_marked_secret(text: str) -> bool:
    """Whether a mark stands in the text; words that only resemble one, such as 商业秘密 or "classified as", do not."""
    plain = unicodedata.normalize("NFKC", text)
    return CHINESE.search(SPACES.sub("", plain)) is not None or LATIN.search(plain) is not None


def refuse_secret(text: str, field: str = "text") -> None:
    """Raises SecretText where the text is marked."""
    if is_marked_secret(text):
        raise SecretText(
            "This text carries a mark of secrecy, so it is not stored here. Please describe the project in words that "
            "may be shown, and keep what is classified where it belongs.",
            field=field,
        )
