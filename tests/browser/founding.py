"""What a founder does on the first page, in any language of the page."""

from collections.abc import Callable

from playwright.sync_api import Page

VAGUE = "我们做一个帮助企业提升效率的平台，需要资金和场地。"
NO_PROJECT = "I need a visa for my holiday."
NO_CHAIN = "我们开发面向中小学的在线编程课程平台和教学软件，公司成立两年，想找办公场地和投资。"


def ask(page: Page, text: str) -> None:
    """Writes the text and sends it; the answer is there."""
    page.locator("#text").fill(text)
    page.locator("form#ask button.button").first.click()
    page.locator("#answer").wait_for()


def asked(text: str) -> Callable[[Page], None]:
    return lambda page: ask(page, text)


def asked_by_example(page: Page) -> None:
    page.locator("[data-example-for]").first.click()
    page.locator("form#ask button.button").first.click()
    page.locator("#list").wait_for()


def compared(page: Page) -> None:
    asked_by_example(page)
    for place in range(3):
        page.locator("input[name=compare]").nth(place).check()
    page.locator("button[value=compare]").click()
    page.locator("#comparison").wait_for()


def shared(page: Page) -> None:
    """Shares the answer, and looks at what others see."""
    asked_by_example(page)
    page.locator("#share summary").click()
    page.locator("button[value=share]").click()
    page.goto(page.locator("#shared-address").input_value())
