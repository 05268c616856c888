"""What of an answer may be shown to others: what was understood and the list, in each language, and no text."""

from typing import Any

from api.schemas.answers import answer_out
from api.sentences import Sentences
from matcher.domain.matches import Answer
from matcher.domain.messages import Language
from matcher.domain.registry import Registry
from matcher.ranking.listing import WISH_RULE

Json = dict[str, Any]

SPOKEN = (Language.ZH, Language.EN, Language.DE)
EVIDENCE = ("evidence", "company_age_evidence")


def shareable(answer: Answer, registry: Registry, sentences: Sentences, *, with_words: bool) -> Json:
    """By language, as the API writes it, without what is the founder's own.

    Left out are the text, figures read from it, questions, advice, whom the founder does not want, and the id under
    which the list was shown.

    Args:
        answer: to be shared.
        registry: for names.
        sentences: in all languages.
        with_words: whether the words that show something go along; where in the text they stand never does.
    """
    return {
        language.value: _others_part(answer_out(answer, language, sentences, registry), with_words)
        for language in SPOKEN
    }


def _others_part(written: Json, with_words: bool) -> Json:
    own = {"request_id", "startup_id", "questions", "advice"}
    left = {name: value for name, value in written.items() if name not in own}
    left["profile"] = written["profile"] | {"amounts": {}}
    left["not_eligible"] = [one for one in written["not_eligible"] if one["rule"] != WISH_RULE]
    shared: Json = _spans(left, with_words=with_words)
    return shared


def _spans(value: Any, *, with_words: bool) -> Any:  # noqa: ANN401 - any part of a JSON document
    """The same, but of every span nothing is left than its words, or nothing at all."""
    if isinstance(value, list):
        return [_spans(one, with_words=with_words) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: [{"text": span["text"]} for span in part if with_words]
        if name in EVIDENCE
        else _spans(part, with_words=with_words)
        for name, part in value.items()
    }
