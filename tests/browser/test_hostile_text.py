"""A text that means harm is shown as it is: it runs nothing, adds nothing to a page, and breaks no layout."""

from unicodedata import normalize

import pytest
from playwright.sync_api import Page, expect

from matcher.domain.accounts import Account, Role
from tests.browser.browsing import DESKTOP, HEIGHTS, PHONE, TABLET
from tests.security.hostile import FORMULA, IMAGE, SCRIPT, TEMPLATE

ELSEWHERE = "cn012"  # a carrier whose staff nobody else in these tests is
RTL, ISOLATE = "\u202e\u2067", "\u2069"
EMOJI = "👩‍🚀🇩🇪🏳️‍🌈"
NAMES = {
    "markup": f"{SCRIPT}{IMAGE}<svg onload=alert(1)>",
    "attributes": f'" autofocus onfocus="alert(1)" x=\' {TEMPLATE}',
    "right to left": f"{RTL}شركة hcetdeM {ISOLATE}澄脉",
    "emoji": EMOJI * 8,
    "no space": "W" * 200,
}
MEANT = "我们研发用于数控机床的振动传感器，公司成立一年，需要试制车间和检测服务。"
TEXT = f"{MEANT}{SCRIPT}{IMAGE}{TEMPLATE}{FORMULA}{RTL}{EMOJI}" + "x" * 10_000
INTRUDERS = "main script, main img, main iframe, main [onload], main [onerror], main [onfocus]"


@pytest.fixture(scope="module")
def owner(town) -> Account:
    return town.account()


@pytest.fixture(scope="module")
def staff(town) -> Account:
    return town.account(Role.STAFF, ELSEWHERE)


@pytest.fixture(scope="module")
def startups(town, owner, staff) -> dict[str, str]:
    """One of each name, whose owner has consented; their ids."""
    ids = {}
    for kind, name in NAMES.items():
        ids[kind] = town.startup(owner, name=name, text=TEXT, contact=f"{IMAGE}{'y' * 300}")
        town.consent(owner, ids[kind], ELSEWHERE)
    return ids


def is_whole(page: Page) -> None:
    """Nothing came in, and the page scrolls sideways at no width."""
    expect(page.locator(INTRUDERS)).to_have_count(0)
    for width in (PHONE, TABLET, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)


def test_the_owner_sees_what_was_written(browsing, owner, startups) -> None:
    page = browsing.someone("zh", owner)
    page.goto("/me")
    for name in NAMES.values():
        expect(page.get_by_role("link", name=normalize("NFC", name), exact=True)).to_have_count(1)
    is_whole(page)

    for kind, startup_id in startups.items():
        page.goto(f"/me/startups/{startup_id}")
        assert page.locator("h1").text_content() == NAMES[kind]
        assert page.locator(".text-kept").text_content() == TEXT
        is_whole(page)


def test_the_form_brings_it_back_unchanged(browsing, owner, startups) -> None:
    page = browsing.someone("en", owner)
    for kind, startup_id in startups.items():
        page.goto(f"/me/startups/{startup_id}/edit")

        expect(page.locator("#name")).to_have_value(NAMES[kind])
        expect(page.locator("#text")).to_have_value(TEXT)
        is_whole(page)


@pytest.mark.parametrize("path", ["/desk", "/desk/board", "/desk/leads/{lead}"])
def test_the_carriers_staff_sees_what_was_written(browsing, town, staff, startups, path) -> None:
    leads = {lead["name"]: lead["id"] for lead in town.leads(staff) if lead["consented"]}
    assert set(NAMES.values()) <= set(leads)
    page = browsing.someone("de", staff)
    for name in [NAMES["markup"], NAMES["no space"]] if "{lead}" in path else [NAMES["markup"]]:
        assert page.goto(path.format(lead=leads[name])).status == 200

        expect(page.get_by_text(name, exact=True).first).to_be_attached()
        is_whole(page)


def test_the_office_counts_it_and_shows_nothing_of_it(browsing, startups) -> None:
    page = browsing.someone("zh", "office")
    page.goto("/office")

    assert SCRIPT not in page.content()
    is_whole(page)
