from datetime import date

import numpy as np
import pytest

from matcher.domain.startups import Description, Outcome, Stated
from tests.released import released_reader

TODAY = date(2026, 11, 24)


def read(text, **stated):
    return released_reader().read([Description(text=text, stated=Stated(**stated))], TODAY)[0]


@pytest.mark.parametrize(
    ("text", "subfield"),
    [
        ("我们做手术导航机器人，给骨科医生用，正在做注册检验。", "biomed"),
        ("We build CNC grinding machines for gear makers.", "equipment"),
        ("Wir entwickeln Keramikfasern und faserverstärkte Keramik für hohe Temperaturen.", "materials"),
        ("我们研制固定翼无人机整机和飞控。", "aerospace"),
    ],
)
def test_a_plain_product_is_found_in_its_chain(text, subfield) -> None:
    profile = read(text)

    assert profile.chain.id == profile.industry.id == subfield
    assert profile.outcome is Outcome.RANKED
    assert profile.subfields[0].id.startswith(subfield)
    assert profile.subfields[0].evidence


@pytest.mark.parametrize(
    "text",
    [
        "我们用大模型帮物流公司写报价单，是一家软件公司。",
        "We sell accounting software to small shops.",
        "Wir schreiben Software für Hotels.",
    ],
)
def test_technology_outside_the_chains_is_said_to_be_outside(text) -> None:
    profile = read(text)

    assert profile.outcome is Outcome.NO_CORE_CHAIN
    assert profile.chain.id == "none"
    assert profile.chain.evidence == ()


@pytest.mark.parametrize(
    "text", ["我们有一个好项目，想落户。", "We have a great idea.", "Wir haben eine Idee.", "你好", "hello"]
)
def test_a_text_without_a_product_is_asked_about(text) -> None:
    profile = read(text)

    assert profile.outcome is Outcome.NEEDS_MORE_INFORMATION
    assert profile.subfields == ()
    assert profile.industry.id == "other"


@pytest.mark.parametrize(
    "text",
    [
        "We build laser welding machines and need a hall",
        "Wir bauen Drohnen und suchen eine Halle.",
        "做骨科手术机器人，缺资金和厂房。",
    ],
)
def test_a_clear_product_is_not_asked_for_again_because_of_its_needs(text) -> None:
    assert read(text).outcome is Outcome.RANKED


def test_what_is_denied_is_no_field() -> None:
    plain = read("我们做灌装机，卖给药厂。")
    denied = read("我们不是药企，我们做灌装机。")

    assert plain.chain.id == denied.chain.id == "equipment"


def test_the_age_shows_among_the_words_for_the_stage() -> None:
    profile = read("我们做五轴铣头，公司2025年3月成立，样机在调试，五个人。")

    assert profile.company_age_months == 20
    assert profile.age_evidence[0].text == "2025年3月"
    assert profile.stage is not None
    assert profile.age_evidence[0] in profile.stage.evidence


@pytest.mark.parametrize(
    "text",
    [
        "Gegründet im Mai 2026, ein Team von neun Leuten. Wir bauen Ventile für Hydraulikpressen, Umsatz 2 Mio. Euro.",
        "Founded in May 2026, a team of nine, 300 m² rented. We build hydraulic valves for presses.",
        "2026年5月注册，九个人，融资300万。我们做液压阀，给压机配套。",
    ],
)
def test_age_head_count_and_money_are_no_evidence_of_a_field(text) -> None:
    shown = "".join(span.text for finding in read(text).subfields for span in finding.evidence).casefold()

    assert shown
    assert not any(
        words in shown for words in ("2026", "gegründet", "founded", "注册", "neun", "nine", "九", "300", "2 mio")
    )


def test_ages_are_counted_up_to_the_day_asked_for() -> None:
    texts = [Description(text="我们做五轴铣头，公司2025年3月成立。")]

    ages = [released_reader().read(texts, day)[0].company_age_months for day in (date(2025, 4, 1), TODAY)]
    assert ages == [1, 20]


def test_amounts_and_recognitions_become_facts() -> None:
    profile = read("我们做五轴铣头，高新技术企业，去年营收1.3亿元，需要3000平米。")

    assert profile.facts["high_tech_enterprise"] == 1
    assert round(profile.facts["annual_revenue_cny"]) == 130_000_000
    assert profile.facts["area_m2"] == 3000
    assert profile.fact_evidence["annual_revenue_cny"][0].text == "1.3亿元"


def test_silence_is_unknown() -> None:
    profile = read("We build CNC grinding machines.")

    assert profile.company_age_months is profile.registered is profile.foreign_invested is None
    assert profile.facts == {}


PLAIN = "We build gas sensors for tunnels\nThey last ten years. Founded in 2025\nWe need a climate chamber."


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("gas", "**gas**").replace("climate", "__climate__"),
        PLAIN.replace("tunnels", "<b>tun</b>nels").replace("2025", "`2025`"),
        "# " + PLAIN.replace("\n", "\n- "),
    ],
)
def test_marks_that_only_set_a_text_change_nothing_that_is_read(text) -> None:
    plain, marked = read(PLAIN), read(text)

    assert np.array_equal(plain.embedding, marked.embedding)
    assert np.array_equal(plain.subfield_probabilities, marked.subfield_probabilities)
    assert np.array_equal(plain.stage_probabilities, marked.stage_probabilities)
    assert plain.company_age_months == marked.company_age_months
    spans = [
        *marked.age_evidence,
        *(span for one in (*marked.subfields, *marked.capabilities) for span in one.evidence),
    ]
    assert spans
    assert all(text[span.start : span.end] == span.text for span in spans)
