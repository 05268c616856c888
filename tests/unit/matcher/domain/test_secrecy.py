"""A mark of secrecy is seen however it is written, and words that only resemble one are not taken for it."""

import pytest

from matcher.domain.errors import SecretText
from matcher.domain.secrecy import is_marked_secret, refuse_secret


@pytest.mark.parametrize(
    "text",
    [
        "【绝密】某型发动机叶片",
        "本项目涉密，请勿外传",
        "机密★5年 导航芯片",
        "绝 密\n卫星载荷",
        "秘密★一年",
        "密级：秘密",
        "TOP SECRET: engine data",
        "CLASSIFIED\nWe build turbines",
        "(classified) radar parts",
        "Our plan contains classified information about radar.",
        "This document is secret.",
        "Streng geheim! Ein Triebwerk.",
        "Einstufung: VS-NfD",
        "VS – Nur für den Dienstgebrauch",
        "VS-NUR FUER DEN DIENSTGEBRAUCH",
        "Verschlusssache",
        "GEHEIM\nTriebwerk",
    ],
)
def test_a_mark_is_seen(text) -> None:
    assert is_marked_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "保护商业秘密的软件",
        "机密计算与隐私保护平台",
        "本项目不涉密，可公开",
        "非涉密信息系统",
        "具备涉密信息系统集成资质",
        "Our device is classified as class III.",
        "We classify images; classified by type, unclassified pixels are dropped.",
        "The material is classified into four groups.",
        "Confidential computing for hospitals",
        "Our secret is the surface.",
        "Wir schützen Geschäftsgeheimnisse und geheime Schlüssel.",
        "Die Daten sind nicht streng geheim.",
        "VS Code plug-ins",
    ],
)
def test_a_word_that_only_resembles_a_mark_is_none(text) -> None:
    assert not is_marked_secret(text)


def test_the_refusal_is_kind_and_names_the_field() -> None:
    with pytest.raises(SecretText, match="not stored here") as refused:
        refuse_secret("【绝密】", "name")

    assert refused.value.field == "name"
