"""What is no evidence moves nothing: the firm's name, praise, and the order of sentences."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.bootstrap import build_services
from api.settings import Settings
from matcher.domain.startups import Description
from matcher.services.recommend import Query, Recommend

TODAY = date(2026, 11, 24)
FIELD = {
    "en": "Gas sensors for road tunnels that last ten years. Founded in 2025. We need a climate chamber.",
    "de": "Gassensoren für Straßentunnel, die zehn Jahre halten. Gegründet 2025. Wir brauchen eine Klimakammer.",
    "zh": "做公路隧道用的气体传感器，能用十年。2025年成立。需要气候试验箱。",
}
RENAMED = [
    ("en", "{} is a team of nine. {text}", ("Palewing Aero", "Brightmoor Labs")),
    ("de", "{} entwickelt das selbst. {text}", ("Nordhain Robotik", "Vexalon")),
    ("zh", "我们是{}团队。{text}", ("翼腾科技", "博岳医疗")),
]
PRAISED = [
    ("en", "Our team is the best in the whole of Europe."),
    ("en", "Investors love us."),
    ("de", "Uns gehört die Zukunft."),
    ("zh", "业内公认领先，前景无限。"),
]
SHIFT = 1e-9


@pytest.fixture(scope="module")
def recommend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recommend]:
    with build_services(Settings(data_dir=Path(tmp_path_factory.mktemp("robust")))) as services:
        yield services.recommend


def scores(recommend: Recommend, texts: list[str]) -> list[list[tuple[str, float]]]:
    queries = [Query(description=Description(text=text), request_id="robust") for text in texts]
    answers = recommend.many(queries, on=TODAY)
    assert all(answer.matches for answer in answers)
    return [[(match.carrier.id, match.score) for match in answer.matches] for answer in answers]


def same(one: list[tuple[str, float]], other: list[tuple[str, float]]) -> bool:
    return [id for id, _ in one] == [id for id, _ in other] and all(
        abs(score - changed) <= SHIFT for (_, score), (_, changed) in zip(one, other, strict=True)
    )


@pytest.mark.parametrize(("language", "sentence", "pair"), RENAMED)
def test_another_name_changes_no_rank_and_no_score(recommend, language, sentence, pair) -> None:
    one, other = scores(recommend, [sentence.format(name, text=FIELD[language]) for name in pair])

    assert same(one, other)


@pytest.mark.parametrize(
    ("language", "sentence", "pair"),
    [
        ("en", "The idea behind {} is simple. {text}", ("Blue Lantern", "Quillmark")),
        ("de", "Mit {} wird das besser. {text}", ("Steinmarder", "Zweistrom Energie")),
        ("zh", "{text}有问题请找{}。", ("云鲸湾", "望朔智能")),
    ],
)
def test_a_stated_name_changes_nothing_wherever_it_stands(recommend, language, sentence, pair) -> None:
    one, other = (
        [(match.carrier.id, match.score) for match in recommend(query, on=TODAY).matches]
        for name in pair
        for query in [
            Query(
                description=Description(text=sentence.format(name, text=FIELD[language]), name=name),
                request_id="robust",
            )
        ]
    )

    assert one
    assert same(one, other)


@pytest.mark.parametrize(("language", "praise"), PRAISED)
@pytest.mark.parametrize("form", ["{praise} {text}", "{text} {praise}"])
def test_praise_changes_no_rank_and_no_score(recommend, language, praise, form) -> None:
    plain, praised = scores(recommend, [FIELD[language], form.format(praise=praise, text=FIELD[language])])

    assert same(plain, praised)


def test_the_order_of_sentences_changes_no_rank_and_no_score(recommend) -> None:
    first, second = "Wir bauen z. B. Pumpen für Dr. Li.", "Gassensoren für Straßentunnel sind fertig."
    one, other = scores(recommend, [f"{first} {second}", f"{second} {first}"])

    assert same(one, other)
