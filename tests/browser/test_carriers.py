"""Looking for a carrier in a real browser: filter, open, go back; with and without scripts, in each language."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import PHONE

LIST = "/carriers"
CHIPS = ".chips .chip"
FIRST = ".carrier h2 a"


def found(page: Page) -> list[str]:
    return [link.get_attribute("href") for link in page.locator(FIRST).all()]


@pytest.mark.parametrize("lang", ["zh", "en", "de"])
def test_a_filter_narrows_at_once_and_stays_on_the_way_back(browsing, lang) -> None:
    page = browsing.someone(lang)
    page.goto(LIST)
    everyone = found(page)

    page.locator("#f-industry").select_option("biomed")
    expect(page.locator(CHIPS)).to_have_count(1)
    page.locator("summary").click()
    page.locator("#f-city").select_option("太仓")
    expect(page.locator(CHIPS)).to_have_count(2)
    narrowed = found(page)
    page.locator(FIRST).first.click()
    page.wait_for_url(re.compile(r"/carriers/cn\d+$"))
    page.go_back()

    expect(page.locator(CHIPS)).to_have_count(2)
    assert found(page) == narrowed
    assert narrowed != everyone
    assert page.url.endswith("?industry=biomed&city=%E5%A4%AA%E4%BB%93")


def test_typing_finds_a_name_and_keeps_what_is_typed(browsing) -> None:
    page = browsing.someone("zh")
    page.goto(LIST)

    page.locator("#f-name").press_sequentially("德国中心", delay=20)
    expect(page.locator(FIRST)).to_have_count(1)

    expect(page.locator("#f-name")).to_be_focused()
    expect(page.locator("#f-name")).to_have_value("德国中心")
    expect(page.locator("#count")).to_contain_text("1")


def test_choices_say_what_the_other_filters_leave_and_keep_the_keyboard(browsing) -> None:
    page = browsing.someone("en")
    page.goto(LIST)
    before = page.locator("#f-kind option").all_inner_texts()

    page.locator("#f-industry").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(CHIPS)).to_have_count(1)

    assert page.locator("#f-kind option").all_inner_texts() != before
    expect(page.locator("#f-industry")).to_have_value("materials")
    expect(page.locator("#f-industry")).to_be_focused()


def test_a_chip_takes_its_filter_away(browsing) -> None:
    page = browsing.someone("en")
    page.goto(f"{LIST}?industry=biomed&city=太仓")

    page.locator(CHIPS).first.click()

    expect(page.locator(CHIPS)).to_have_count(1)
    expect(page.locator("#f-industry")).to_have_value("")


def test_another_language_keeps_filters_that_a_script_has_set(browsing) -> None:
    page = browsing.someone("en")
    page.goto(LIST)
    page.locator("#f-industry").select_option("materials")
    expect(page.locator(CHIPS)).to_have_count(1)

    page.locator("a[hreflang=de]").first.click()

    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("#f-industry")).to_have_value("materials")


@pytest.mark.parametrize("lang", ["zh", "en", "de"])
def test_without_scripts_the_same_way_leads_there_and_back(browsing, lang) -> None:
    page = browsing.someone(lang, width=PHONE, scripts=False)
    page.goto(LIST)

    page.locator("#f-industry").select_option("aerospace")
    page.locator("form.filters button").click()
    page.wait_for_url(f"**{LIST}?industry=aerospace")
    narrowed = found(page)
    page.locator(FIRST).first.click()
    page.wait_for_url(re.compile(r"/carriers/cn\d+$"))
    page.go_back()

    assert found(page) == narrowed
    assert page.locator(CHIPS).count() == 1


def test_a_mark_of_the_map_leads_to_its_carrier_with_the_keyboard(browsing) -> None:
    page = browsing.someone("zh")
    page.goto("/carriers/map")

    link = page.locator(".city.wide a").first
    link.focus()
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/carriers/cn\d+$"))


@pytest.mark.parametrize(("width", "shown"), [(PHONE, ".city.thin"), (1440, ".city.wide")])
def test_the_map_is_legible_at_every_width(browsing, width, shown) -> None:
    page = browsing.someone("de", width=width)
    page.goto("/carriers/map")

    assert [one.is_visible() for one in page.locator(".city").all()].count(True) == 1
    sizes = page.locator(f"{shown} text").evaluate_all(
        "texts => texts.map(text => text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize))"
    )
    assert min(sizes) >= 12


def test_neighbours_lead_from_carrier_to_carrier(browsing) -> None:
    page = browsing.someone("en")
    page.goto(f"{LIST}/cn004")
    name = page.locator("h1").inner_text()

    page.locator(".way a:not([aria-current])").first.click()

    expect(page.locator("h1")).not_to_have_text(name)
    expect(page.locator(".way")).to_contain_text(name)
