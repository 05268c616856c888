"""What goes wrong is said on a page: in the visitor's language, accessible, with a way on."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import no_serious_problem
from tests.browser.browsing import LOCALES, PHONE, Browsing


def says_so(page: Page, lang: str) -> None:
    """A page of ours, whole, in one language, at the width of a phone."""
    assert page.locator("html").get_attribute("lang") == lang
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    no_serious_problem(page)


def leads_on(browsing: Browsing, page: Page) -> None:
    page.locator("main a[href='/']").click()
    assert page.url == f"{browsing.town.address}/"


@pytest.mark.parametrize("lang", LOCALES)
def test_a_page_that_there_is_not(browsing, lang) -> None:
    page = browsing.someone(lang, width=PHONE)
    browsing.watch(page).expect(404)

    assert page.goto("/nowhere/at-all").status == 404

    says_so(page, lang)
    leads_on(browsing, page)


@pytest.mark.parametrize("lang", LOCALES)
def test_a_page_of_another_role(browsing, lang) -> None:
    page = browsing.someone(lang, "startup", width=PHONE)
    browsing.watch(page).expect(403)

    assert page.goto("/office").status == 403

    says_so(page, lang)
    leads_on(browsing, page)


@pytest.mark.parametrize(("lang", "words"), [("zh", "登录会话已结束"), ("en", "has ended"), ("de", "beendet")])
def test_a_form_of_a_session_that_has_ended_keeps_what_was_typed(browsing, lang, words) -> None:
    account = browsing.town.account()
    page = browsing.someone(lang, account, width=PHONE)
    browsing.watch(page).expect(403)
    page.goto("/me/startups/new")
    page.locator("#name").fill("澄脉医疗")
    page.locator("#text").fill("我们研发血管内超声导管。")
    browsing.signs_in_anew(page, account)

    page.locator("form[data-once] button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text(words)
    says_so(page, lang)
    page.go_back()

    expect(page.locator("#text")).to_have_value("我们研发血管内超声导管。")


def test_a_form_sent_after_signing_out_leads_to_signing_in(browsing) -> None:
    page = browsing.someone("en", browsing.town.account())
    browsing.watch(page).expect(401)
    page.goto("/me/account")
    page.context.clear_cookies()

    page.locator("#key-name").fill("laptop")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_role("alert")).to_contain_text("Sign in first")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()

    expect(page.locator("#login")).to_be_visible()
