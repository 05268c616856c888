"""A founder's way through the first page: with scripts and without, by keyboard alone, in each language."""

import pytest
from playwright.sync_api import Page, expect

from api.pages.examples import examples
from tests.browser import founding
from tests.browser.browsing import PHONE, Browsing

FIND = "form#ask button.button"
HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}<b>We develop catheters.",
    "right to left": "\u202e\u2067We develop catheters\u202d for hearts \u2066and need a cleanroom.",
    "without a space": "x" * 10_000,
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈" * 200 + " We develop catheters.",
    "line ends": "\r\n\r\nWe develop\r\ncatheters.\t\u2028\u0085",
}


def opened(browsing: Browsing, **options) -> Page:
    page = browsing.someone(**options)
    page.goto("/")
    return page


def carriers(page: Page) -> list[str]:
    """Ids of those on the list, best first."""
    return [str(one.get_attribute("id")) for one in page.locator("ol.cards > li").all()]


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.language)
def test_an_example_leads_to_a_reasoned_list_in_each_language(browsing, example) -> None:
    page = opened(browsing, lang=example.language)

    page.get_by_role("link", name=example.name).click()
    expect(page.locator("#text")).to_have_value(example.text)
    page.locator(FIND).first.click()

    expect(page.locator("#understood")).to_be_focused()
    assert page.locator("#answer mark").count() > 3
    assert len(carriers(page)) == 10
    first = page.locator("ol.cards > li").first
    assert first.locator("h3 a").get_attribute("href").startswith("/carriers/cn")
    assert first.locator(".part").count() > 1
    assert page.url == browsing.town.address + "/"


def test_putting_a_finding_right_changes_the_list_and_leaving_it_to_the_text_brings_it_back(browsing) -> None:
    page = opened(browsing)
    founding.asked_by_example(page)
    before = carriers(page)

    page.locator("#line-industry + dd summary").click()
    page.locator("button[value='set:industry:aerospace']").click()
    stated = page.locator("#line-industry + dd .chip.stated")
    expect(stated).to_contain_text("Aerospace")
    assert carriers(page) != before
    page.locator("button[value='read:industry']").click()

    expect(stated).to_have_count(0)
    assert carriers(page) == before


def test_a_need_that_was_misread_goes_at_a_click(browsing) -> None:
    page = opened(browsing)
    founding.asked_by_example(page)
    chip = page.locator("button[value='drop:services:service.site']")

    chip.click()

    expect(chip).to_have_count(0)
    expect(page.locator("#line-services + dd .chip.stated").first).to_be_visible()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (founding.VAGUE, "What exactly do you make or develop"),
        (founding.NO_PROJECT, "Is it a technology project after all?"),
        (founding.NO_CHAIN, "None of the four core chains fits; a general list"),
    ],
    ids=["vague", "no project", "no chain"],
)
def test_the_other_outcomes_say_what_to_do_next(browsing, text, words) -> None:
    page = opened(browsing)

    founding.ask(page, text)

    expect(page.locator("#answer")).to_contain_text(words)


def test_another_language_keeps_text_and_answer(browsing) -> None:
    page = opened(browsing)
    founding.asked_by_example(page)
    before = carriers(page)

    page.locator(".languages a[hreflang=de]").click()
    page.wait_for_load_state()

    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator("#text").input_value() == examples()[0].text
    assert carriers(page) == before


def test_without_scripts_everything_can_be_done(browsing) -> None:
    page = opened(browsing, scripts=False)
    page.get_by_role("link", name=examples()[1].name).click()
    page.locator(FIND).first.click()
    before = carriers(page)

    page.locator("button[value='drop:services:service.site']").click()
    assert page.locator("#line-services + dd .chip.stated").count()
    for place in (0, 2):
        page.locator("input[name=compare]").nth(place).check()
    page.locator("button[value=compare]").click()
    assert page.locator("#comparison thead th").count() == 2
    page.locator(".languages button[lang=zh]").click()
    assert page.locator("html").get_attribute("lang") == "zh"
    assert page.locator("#line-services + dd .chip.stated").count()
    page.locator("#share summary").click()
    page.locator("button[value=share]").click()
    address = page.locator("#shared-address").input_value()
    page.locator("#shared a").last.click()
    page.locator("main form button").click()

    assert len(before) == 10
    answer = page.request.get(address)
    assert answer.status == 404


def test_the_keyboard_alone_is_enough(browsing) -> None:
    page = opened(browsing)
    page.locator("#text").focus()
    page.keyboard.insert_text(examples()[1].text)
    tab_to(page, page.locator(FIND).first)
    page.keyboard.press("Enter")
    expect(page.locator("#understood")).to_be_focused()

    tab_to(page, page.locator("#answer .chip button").first)
    page.keyboard.press("Space")

    expect(page.locator("#line-subfields + dd .chip.stated")).to_have_count(1)
    expect(page.locator("#understood")).to_be_focused()


def tab_to(page: Page, target) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the keyboard does not get there")


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_breaks_the_page_or_runs(browsing, kind) -> None:
    page = opened(browsing, width=PHONE)

    founding.ask(page, HOSTILE[kind])

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#answer script, #answer img, #answer b").count() == 0
    assert "49" not in page.locator("#answer .text-kept").inner_text()
    assert page.locator("#text").input_value() == HOSTILE[kind].replace("\r\n", "\n")


def test_what_went_wrong_is_told_in_place_and_the_text_stays(browsing) -> None:
    page = opened(browsing)
    browsing.watch(page).expect(422)
    page.locator("#text").fill("x" * 20_001)

    page.locator(FIND).first.click()

    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator("#answer")).to_contain_text("at most 20,000 can be read")
    assert len(page.locator("#text").input_value()) == 20_001


def test_an_answer_weighs_little_without_scripts(browsing) -> None:
    page = opened(browsing, lang="zh", scripts=False)

    page.locator("[data-example-for]").first.click()
    page.locator(FIND).first.click()

    assert len(carriers(page)) == 10
    assert len(page.content().encode()) < 80_000
