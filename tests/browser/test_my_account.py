"""What a startup does with its account: a text kept, consent given and taken back, who looked, all taken or erased."""

import json
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect

from matcher.domain.accounts import Account, Role
from tests.accounts import PASSWORD
from tests.browser.browsing import Browsing

ELSEWHERE = "cn010"  # a carrier whose staff nobody else in these tests is
NAME, TEXT = "澜测传感（虚构）", "我们研发用于数控机床的振动传感器，公司成立一年，需要试制车间和检测服务。"


@pytest.fixture
def owner(browsing: Browsing) -> Account:
    return browsing.town.account()


@pytest.fixture
def staff(browsing: Browsing) -> Account:
    return browsing.town.account(Role.STAFF, ELSEWHERE)


def signed_in(browsing: Browsing, account: Account, lang: str = "zh") -> Page:
    page = browsing.someone(lang)
    page.goto("/sign-in")
    page.locator("#login").fill(account.login)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/me")
    return page


def with_a_startup(page: Page) -> str:
    """Its id, after the form for a new one was sent."""
    page.locator("a[href='/me/startups/new']").click()
    page.locator("#name").fill(NAME)
    page.locator("#text").fill(TEXT)
    page.locator("#stage").select_option("stage.seed")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_be_visible()
    return page.url.partition("?")[0].rpartition("/")[2]


def names_seen_by(browsing: Browsing, staff: Account) -> list[str]:
    return [lead["name"] for lead in browsing.town.leads(staff) if lead["name"]]


def test_consent_is_given_told_to_the_carrier_logged_and_taken_back(browsing, owner, staff) -> None:
    page = signed_in(browsing, owner)
    with_a_startup(page)
    assert names_seen_by(browsing, staff) == []

    page.get_by_text("主动同意某家载体").click()
    page.locator("#carrier_id").select_option(ELSEWHERE)
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("可以了解您的身份")
    assert names_seen_by(browsing, staff) == [NAME]

    page.reload()
    expect(page.locator("#log li").first).to_contain_text("看到了带名称的卡片")
    expect(page.locator("#log li").nth(1)).to_contain_text("您已同意")

    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_role("status")).to_contain_text("匿名卡片")
    assert names_seen_by(browsing, staff) == []
    expect(page.locator("#consents").get_by_role("button", name="撤回")).to_have_count(0)


def test_everything_kept_is_taken_along_as_a_file_and_then_erased(browsing, owner) -> None:
    page = signed_in(browsing, owner)
    with_a_startup(page)

    page.goto("/me/account")
    with page.expect_download() as download:
        page.locator("a[download]").click()
    kept = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert TEXT in json.dumps(kept, ensure_ascii=False)
    assert kept["account"][0]["login"] == owner.login

    browsing.watch(page).expect(401, 422)
    page.locator("#erase-password").fill(PASSWORD)
    page.locator("#erase-confirm").fill("somebody else")
    page.locator("#erase button").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("#erase-password").fill(PASSWORD)
    page.locator("#erase-confirm").fill(owner.login)
    page.locator("#erase button").click()
    page.wait_for_url("**/sign-in?done=erased")

    page.locator("#login").fill(owner.login)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_startup_is_erased_once_that_is_confirmed(browsing, owner) -> None:
    page = signed_in(browsing, owner)
    startup_id = with_a_startup(page)
    browsing.watch(page).expect(404, 422)

    page.get_by_role("button", name="删除").click()
    expect(page.locator("#wrong")).to_be_visible()
    page.locator("#sure").check()
    page.get_by_role("button", name="删除").click()

    page.wait_for_url("**/me?done=erased")
    expect(page.get_by_text(NAME)).to_have_count(0)
    assert page.goto(f"/me/startups/{startup_id}").status == 404


def test_a_key_is_shown_once_copied_and_revoked(browsing, owner) -> None:
    page = browsing.someone("en", owner, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/me/account")
    page.locator("#key-name").fill("laptop")
    page.get_by_role("button", name="Make a key").click()

    key = page.locator("#new-key").inner_text()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == key
    assert browsing.town.ask(key, "GET", "/v1/startups")["total"] == 0

    page.goto("/me/account")
    expect(page.locator("#new-key")).to_have_count(0)
    page.get_by_role("button", name="Revoke the key laptop").click()
    expect(page.get_by_role("status")).to_be_visible()
    with pytest.raises(HTTPError) as refused:
        browsing.town.ask(key, "GET", "/v1/startups")
    assert refused.value.code == 401
    refused.value.close()
