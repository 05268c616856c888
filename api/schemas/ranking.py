"""How ranking works, as it goes over the wire."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.pages import ranking_words as words
from api.schemas.answer_models import ModelsOut
from api.schemas.common import RegistryOut
from api.sentences import Sentences
from api.settings import Settings
from api.terminal.words import CRITERIA as NAMES
from matcher.domain.calibration import HIGH_FROM, MEDIUM_FROM
from matcher.domain.matches import ModelIds
from matcher.domain.messages import Language, Message
from matcher.domain.registry import RegistryVersion
from models.rankers import Weight

PAGE = "/how-ranking-works"


class FeatureOut(BaseModel):
    """Adds `weight × (value - neutral)`; nothing where the value is unknown."""

    id: str
    startup: float = Field(description="Weight for what the startup gains, in log-odds.")
    carrier: float = Field(description="Weight for what speaks for the carrier admitting it.")
    neutral: float


class CriterionOut(BaseModel):
    id: str
    label: str
    sentence: str
    features: list[FeatureOut]


class BandsOut(BaseModel):
    high: float
    medium: float
    sentence: str


class NeutralOut(BaseModel):
    """How to get a list without ranking."""

    parameter: Literal["order"]
    value: Literal["neutral"]
    sentence: str


class RetentionOut(BaseModel):
    impressions: bool = Field(description="Whether shown lists are kept.")
    impression_days: int
    startup_days: int = Field(description="Without use, after which a kept startup is erased.")
    sentences: list[str]


class RankingOut(BaseModel):
    """What decides the order of a list."""

    request_id: str
    language: Literal["zh", "en", "de"]
    title: str
    sentence: str
    steps: list[str]
    criteria: list[CriterionOut] = Field(description="With the weights in force before learning corrected them.")
    bands: BandsOut
    models: ModelsOut
    registry: RegistryOut
    data: list[str]
    not_used: list[str]
    neutral: NeutralOut
    retention: RetentionOut
    page: str = Field(description="The same for people.")


@dataclass(frozen=True)
class RankingFacts:
    """What is in force in this process."""

    weights: tuple[Weight, ...]
    models: ModelIds
    settings: Settings


def ranking_out(
    facts: RankingFacts, registry: RegistryVersion, language: Language, sentences: Sentences
) -> dict[str, Any]:
    def say(message: Message) -> str:
        return sentences.say(message, language)

    def said(messages: Iterable[Message]) -> list[str]:
        return [say(message) for message in messages]

    keeps, list_days = facts.settings.record_impressions, facts.settings.impression_days
    startup_days = facts.settings.retention_days
    kept = words.retention(impressions=keeps, impression_days=list_days, startup_days=startup_days)
    return {
        "language": language.value,
        "title": say(words.TITLE),
        "sentence": say(words.LEAD),
        "steps": said(words.STEPS),
        "criteria": [
            {
                "id": criterion.value,
                "label": say(NAMES[criterion]),
                "sentence": say(sentence),
                "features": [
                    {"id": one.feature, "startup": one.startup, "carrier": one.carrier, "neutral": one.neutral}
                    for one in facts.weights
                    if one.criterion is criterion
                ],
            }
            for criterion, sentence in words.CRITERIA.items()
        ],
        "bands": {"high": HIGH_FROM, "medium": MEDIUM_FROM, "sentence": say(words.BANDS)},
        "models": {"encoder": facts.models.encoder, "reader": facts.models.reader, "ranker": facts.models.ranker},
        "registry": {"version": registry.version, "as_of": registry.as_of},
        "data": said(words.DATA),
        "not_used": said(words.NOT_USED),
        "neutral": {"parameter": "order", "value": "neutral", "sentence": say(words.NEUTRAL)},
        "retention": {
            "impressions": keeps,
            "impression_days": list_days,
            "startup_days": startup_days,
            "sentences": said(kept),
        },
        "page": PAGE,
    }
