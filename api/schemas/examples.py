"""Requests in three languages and one answer, shown in the OpenAPI document."""

from pathlib import Path
from typing import Any

import orjson
from fastapi.openapi.models import Example

ANSWER: dict[str, Any] = orjson.loads((Path(__file__).parent / "example_answer.json").read_bytes())

REQUESTS: dict[str, Example] = {
    "zh": {
        "summary": "中文：尚未注册的医疗器械团队",
        "value": {
            "text": "我们是一支五人团队，研发一次性使用的心脏介入导管，已完成动物实验，尚未注册公司。"
            "希望在太仓找到带洁净车间的场地，并需要医疗器械注册检验和天使投资方面的支持。",
            "k": 5,
        },
    },
    "en": {
        "summary": "English: a young firm that states some fields itself",
        "value": {
            "text": "We build compact vision-guided robots that deburr cast aluminium parts. The firm is 14 months "
            "old, two pilot cells run at customers, and we look for workshop space and help with our first series.",
            "stage": "stage.seed",
            "company_age_months": 14,
            "registered": True,
            "scope": "delta",
        },
    },
    "de": {
        "summary": "Deutsch: Tochter eines deutschen Unternehmens",
        "value": {
            "text": "Wir sind die neue Tochtergesellschaft eines schwäbischen Herstellers von Präzisionsspindeln und "
            "suchen eine Halle mit 800 m², Messtechnik in der Nähe und Hilfe bei der Firmengründung.",
            "foreign_invested": True,
            "lang": "de",
        },
    },
}
