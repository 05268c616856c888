"""The staff at its desk in a real browser: to an admission, consents, many at once, files, by keyboard alone."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from matcher.domain.accounts import Account, Role
from tests.accounts import PASSWORD
from tests.browser.browsing import Browsing

TEXT = "We develop catheters and need a cleanroom."


@pytest.fixture
def carrier(town) -> str:
    """Of this test alone: no other test sees or moves its leads."""
    return "cn001"


def founder_and_lead(browsing: Browsing, staff: Account, name: str, consents: bool) -> tuple[Account, str, str]:
    """A new startup, its owner, and the id under which the staff knows it."""
    town = browsing.town
    before = {lead["id"] for lead in town.leads(staff)}
    owner = town.account()
    startup_id = town.startup(owner, name=name, text=TEXT)
    if consents:
        town.consent(owner, startup_id, str(staff.carrier))
    [lead] = {lead["id"] for lead in town.leads(staff)} - before
    return owner, startup_id, lead


def signs_in(page: Page, account: Account) -> None:
    page.goto("/sign-in")
    page.get_by_label("Login").fill(account.login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_member_of_staff_signs_in_and_brings_a_lead_to_its_admission(browsing, carrier) -> None:
    staff = browsing.town.account(Role.STAFF, carrier=carrier)
    founder_and_lead(browsing, staff, "Aorta Works (invented)", consents=True)
    page = browsing.someone()

    signs_in(page, staff)
    expect(page).to_have_url(f"{browsing.town.address}/desk")
    page.get_by_label("Search", exact=True).fill("aorta works")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Aorta Works (invented)").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    for step in ("contact it", "note a visit", "note a review", "offer a place", "admit it"):
        page.get_by_label("Note, if there is one").first.fill(f"Done: {step}")
        page.get_by_role("button", name=step).click()
        expect(page.get_by_role("status")).to_have_text("The step is kept.")

    expect(page.locator("#history")).to_contain_text("admitted")
    expect(page.locator("#history")).to_contain_text("Done: offer a place")
    page.get_by_role("link", name="Board", exact=True).click()
    expect(page.get_by_role("region", name="admitted")).to_contain_text("Aorta Works (invented)")


def test_consent_given_and_taken_back_changes_what_is_seen_at_once(browsing, carrier) -> None:
    staff = browsing.town.account(Role.STAFF, carrier=carrier)
    owner, startup_id, lead = founder_and_lead(browsing, staff, "Hidden Valve (invented)", consents=False)
    page, own = browsing.someone(who=staff), browsing.someone(who=owner)
    page.goto(f"/desk/leads/{lead}")
    expect(page.get_by_text("This is the anonymous card")).to_be_visible()
    assert "Hidden Valve" not in page.content()

    page.get_by_role("button", name="ask for consent").click()
    expect(page.get_by_role("status")).to_contain_text("asked for its consent")
    own.goto(f"/me/startups/{startup_id}")
    own.locator("#requests").get_by_role("button", name="Consent", exact=True).click()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hidden Valve (invented)")
    expect(page.get_by_text(TEXT)).to_be_visible()

    own.get_by_role("button", name="Take back").click()
    page.reload()
    expect(page.get_by_text("This is the anonymous card")).to_be_visible()
    assert "Hidden Valve" not in page.content()
    own.reload()
    expect(own.locator("#log")).to_contain_text("read name, contact and text")


def test_the_board_moves_a_lead_in_place_and_tells_where_it_went(browsing, carrier) -> None:
    staff = browsing.town.account(Role.STAFF, carrier=carrier)
    founder_and_lead(browsing, staff, "Board Stent (invented)", consents=True)
    page = browsing.someone(who=staff)
    page.goto("/desk/board?q=board+stent")
    browsing.watch(page).forget()

    page.get_by_role("button", name="Board Stent (invented): contact it").click()

    expect(page.get_by_role("region", name="contacted")).to_contain_text("Board Stent (invented)")
    expect(page.get_by_role("listitem").filter(has_text="Board Stent")).to_be_focused()
    asked = [one.request.url for one in browsing.watch(page).loaded(page) if "/static/" not in one.request.url]
    assert asked == [f"{browsing.town.address}/desk/board"]  # once, for the part alone
    assert page.url.endswith("/desk/board?q=board+stent")


def test_an_export_is_opened_changed_and_brought_back(browsing, carrier, tmp_path: Path) -> None:
    staff = browsing.town.account(Role.STAFF, carrier=carrier)
    founder_and_lead(browsing, staff, "Excel Pump (invented)", consents=True)
    page = browsing.someone(who=staff)
    page.goto("/desk?q=excel+pump")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel", exact=True).last.click()

    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    heading = next(number for number, row in enumerate(rows) if row[0] == "id")
    column = {name: place for place, name in enumerate(rows[heading])}
    [row] = rows[heading + 1 :]
    told = [row[column[name]] for name in ("name", "status", "consented")]
    assert told == ["Excel Pump (invented)", "new", True]

    due = datetime.now(UTC).date() + timedelta(days=2)
    for name, value in (("status", "contacted"), ("next_action", "Show the lab"), ("due", due.isoformat())):
        sheet.cell(heading + 2, column[name] + 1).value = value
    book.save(tmp_path / "plans.xlsx")
    page.goto("/desk/files")
    page.get_by_label("Excel, CSV or JSON Lines").set_input_files(tmp_path / "plans.xlsx")
    page.get_by_role("button", name="Take the plans in").click()

    expect(page.get_by_role("status")).to_have_text("Leads changed: 1. As they were: 0.")
    page.goto("/desk?q=show+the+lab&due=soon&status=contacted")
    expect(page.get_by_role("link", name="Excel Pump (invented)")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_many_leads_are_changed_with_the_keyboard_alone(browsing, carrier, scripts) -> None:
    staff = browsing.town.account(Role.STAFF, carrier=carrier)
    word = "Keyed" if scripts else "Unscripted"
    for number in (1, 2):
        founder_and_lead(browsing, staff, f"{word} {number} (invented)", consents=True)
    page = browsing.someone(who=staff, scripts=scripts)
    page.goto(f"/desk?q={word}")

    if scripts:
        presses(page, page.get_by_label("Choose all on this page"), "Space")
    else:
        for number in (1, 2):
            presses(page, page.get_by_label(f"Choose {word} {number} (invented)"), "Space")
    presses(page, page.get_by_text("Change the chosen leads together"), "Enter")
    reached(page, page.get_by_label("Next action"))
    page.keyboard.type("Invite them")
    presses(page, page.get_by_role("button", name="Change the chosen leads"), "Enter")

    expect(page.get_by_role("status").first).to_have_text("Leads changed: 2.")
    expect(page.get_by_text("Invite them")).to_have_count(2)


def reached(page: Page, wanted) -> None:
    """By the tabulator alone."""
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("The keyboard does not reach it.")


def presses(page: Page, wanted, key: str) -> None:
    reached(page, wanted)
    page.keyboard.press(key)
