"""From where a startup says that it is, by way of a run that the office starts and watches, to its carrier's desk."""

from playwright.sync_api import expect

from tests.browser.axe import no_serious_problem
from tests.browser.browsing import PHONE
from tests.browser.town import CARRIER

WITHIN_MS = 60_000  # the page asks again every five seconds
NAME = "继往导管（虚构）"


def test_a_stay_that_ends_soon_is_on_the_desk_after_the_next_run(browsing) -> None:
    town = browsing.town
    owner = town.account()
    startup = town.startup(owner, name=NAME)
    town.consent(owner, startup)
    own = browsing.someone("zh", owner, PHONE)
    own.goto(f"/me/startups/{startup}")
    own.locator("#next summary").click()
    own.locator("#stay_at").select_option(CARRIER)
    own.locator("#began_on").fill("2023-02-01")
    own.locator("#ends_on").fill("2026-01-31")
    own.get_by_role("button", name="提交").click()
    expect(own.get_by_role("status")).to_be_visible()

    office = browsing.someone("zh", "office")
    office.goto("/office/runs")
    office.get_by_role("button", name="启动", exact=True).click()
    expect(office.locator("tbody tr").first).to_contain_text("启用中", timeout=WITHIN_MS)  # nobody reloads it
    no_serious_problem(office)

    desk = browsing.someone("zh", "staff", PHONE)
    desk.goto("/desk/handovers")
    card = desk.locator(".card", has_text=NAME)
    expect(card).to_contain_text("2026年1月31日")
    no_serious_problem(desk)
    own.reload()
    offered = own.locator("#next ol a").all_inner_texts()
    assert offered == card.locator("ol a").all_inner_texts() != []
    no_serious_problem(own)
