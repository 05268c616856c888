"""With the keyboard alone: past the head, through it, in and out."""

import pytest
from playwright.sync_api import Page, expect

from tests.accounts import PASSWORD
from tests.browser.browsing import LOCALES

FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    name: one.getAttribute("aria-label") ?? one.innerText ?? "",
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth,
    main: document.getElementById("main").contains(one),
  };
}"""


def tabbed(page: Page) -> dict:
    page.keyboard.press("Tab")
    return page.evaluate(FOCUSED)


def walked_to(page: Page, name: str) -> None:
    """The focus goes on until it is there, and can be seen at every step."""
    for _ in range(40):
        focused = tabbed(page)
        assert focused["outlined"], focused
        assert focused["seen"], focused
        if focused["name"].strip() == name:
            return
    pytest.fail(f"no way to {name}")


@pytest.mark.parametrize("lang", LOCALES)
def test_the_first_key_leads_past_the_head(browsing, lang) -> None:
    page = browsing.someone(lang)
    page.goto("/how-ranking-works")

    skip = tabbed(page)
    page.keyboard.press("Enter")

    assert skip["seen"]
    assert page.evaluate("document.activeElement.id") == "main"
    assert tabbed(page)["main"]


@pytest.mark.parametrize("width", [360, 1440])
def test_everything_in_the_head_is_reached_in_its_order_and_seen(browsing, width) -> None:
    page = browsing.someone("en", "startup", width)
    page.goto("/me")
    links = page.locator("header a, header button").all_inner_texts()
    tabbed(page)  # the way past it

    walked = [tabbed(page) for _ in links]

    assert [one["name"].strip() for one in walked] == [name.strip() for name in links]
    assert all(one["outlined"] and one["seen"] for one in walked)


def test_signing_in_and_out_needs_no_mouse(browsing) -> None:
    account = browsing.town.account()
    page = browsing.someone("en")
    page.goto("/how-ranking-works")
    walked_to(page, "Sign in")
    page.keyboard.press("Enter")

    page.wait_for_url("**/sign-in")
    expect(page.locator("#login")).to_be_focused()
    page.keyboard.type(account.login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**/me")
    walked_to(page, "Sign out")
    page.keyboard.press("Enter")

    page.get_by_text("You have signed out.").wait_for()
    assert page.goto("/me").url.endswith("/sign-in?next=%2Fme")


def test_a_refused_sign_in_is_told_to_who_cannot_see_it(browsing) -> None:
    page = browsing.someone("de")
    browsing.watch(page).expect(401)
    page.goto("/sign-in")
    expect(page.locator("#login")).to_be_focused()
    page.keyboard.type("nobody")
    page.keyboard.press("Tab")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")

    alert = page.get_by_role("alert")
    alert.wait_for()

    expect(page.locator("#password")).to_be_focused()
    expect(page.locator("#password")).to_have_attribute("aria-describedby", alert.get_attribute("id"))
    expect(page.locator("#login")).to_have_value("nobody")
    expect(page.locator("#password")).to_have_value("")
