import pytest
from hypothesis import given

from matcher.domain.messages import Language
from matcher.understanding.language import detect_language
from tests.unit.matcher.understanding.strategies import any_text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们做工业机器人用的力矩传感器，想找一间厂房。", Language.ZH),
        ("我们用FPGA做图像推理卡，比GPU省电一半，团队八个人，缺一间干净的实验室和两位做过量产的工程师。", Language.ZH),
        ("We build torque sensors for robots and look for a workshop.", Language.EN),
        ("Torque sensors, Shenzhen", Language.EN),
        ("Wir bauen Drehmomentsensoren für Roboter und suchen eine Halle.", Language.DE),
        ("Drehmomentsensoren für Roboter", Language.DE),
        ("Van chargers: 40 kW per van, 3 vans per day, per pole", Language.EN),
        ("我们是做torque sensors的团队，need a workshop with crane and some investors，预算有限。", Language.MIXED),
        ("Wir bauen Sensoren für Roboter und suchen Räume. We build them for robots and need space.", Language.MIXED),
    ],
)  # fmt: skip
def test_the_language_is_that_of_most_of_the_text(text, language) -> None:
    assert detect_language(text) is language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🚀💡",
        "1234 5678",
        "...!?",
        "当社は半導体検査用のレーザー装置を開発しています。",
        "Мы разрабатываем лазеры для сварки и ищем помещение.",
        "레이저 장비를 만드는 한국 스타트업입니다",
        "نحن نصنع أجهزة استشعار للروبوتات",
        "Nous développons des capteurs de couple pour les robots et nous cherchons un atelier.",
        "Desarrollamos sensores para robots y buscamos una nave con los socios adecuados.",
        "Sviluppiamo sensori per i robot e siamo una società che cerca un laboratorio per la produzione.",
        "We ontwikkelen sensoren voor robots en zoeken een werkplaats met een kraan voor onze ploeg.",
    ],
)
def test_a_text_in_no_language_or_in_another_one_is_other(text) -> None:
    assert detect_language(text) is Language.OTHER


def test_a_few_foreign_terms_do_not_make_a_text_mixed() -> None:
    text = "We make 焊接 machines and need a hall with a crane, and we would like to meet customers in the region."

    assert detect_language(text) is Language.EN


@given(any_text)
def test_any_text_has_a_language(text) -> None:
    assert isinstance(detect_language(text), Language)
