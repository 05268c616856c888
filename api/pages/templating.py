"""Templates: what they are read from, and the few words that all of them know."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from babel.dates import format_date, format_time, get_datetime_format
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api.sentences import Sentences
from matcher.domain.messages import Language, Message


@cache
def environment() -> Environment:
    """Everything is escaped; a name that a template does not get is an error."""
    return Environment(
        loader=PackageLoader("api", "pages/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def words_of(language: Language, sentences: Sentences) -> dict[str, Any]:
    """What a template says and writes in one language.

    `_("English sentence with {gap}", gap=…)` says a sentence of the catalogues, `say(message)` a `Message`; `day`,
    `moment`, `number` and `percent` write values; `words(texts)` chooses among `Texts`.
    """

    def said(text: str, **gaps: object) -> str:
        return sentences.say(Message(text, gaps), language)

    def say(message: Message) -> str:
        return sentences.say(message, language)

    def day(value: date | str | None) -> str:
        """A date, or the year or month of which alone is known; an empty text for none."""
        return value if isinstance(value, str) else "" if value is None else sentences.day(value, language)

    def moment(value: datetime | str) -> str:
        when = datetime.fromisoformat(value) if isinstance(value, str) else value
        told = when.astimezone(sentences.zone)
        date_and_time = str(get_datetime_format("medium", locale=language)).replace("'", "")
        return date_and_time.format(
            format_time(told, "short", sentences.zone, locale=language), format_date(told, "medium", locale=language)
        )

    def number(value: float, digits: int | None = None) -> str:
        pattern = None if digits is None else "#,##0." + "0" * digits if digits else "#,##0"
        return format_decimal(value, pattern, locale=language)

    words: dict[str, Callable[..., str]] = {
        "_": said,
        "say": say,
        "day": day,
        "moment": moment,
        "number": number,
        "percent": lambda value: format_percent(value, locale=language),
        "words": lambda texts: texts.say(language),
    }
    return {"lang": language.value, **words}


def rendered(template: str, language: Language, sentences: Sentences, **content: object) -> Markup:
    """The template as HTML."""
    html = environment().get_template(template).render(words_of(language, sentences) | content)
    return Markup(html)
