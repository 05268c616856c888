"""Every page, in each language and at each width: whole, translated, small, accessible, and usable without scripts."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, Response

from api.sentences import TRANSLATIONS
from tests.browser.axe import AXE, HOW_TO_MEND, no_serious_problem
from tests.browser.browsing import DESKTOP, HEIGHTS, PHONE, TABLET, Browsing
from tests.browser.pages import PAGES, Shown
from tests.conftest import do_without

MOST_BYTES = 150_000
MOST_SCRIPTS = 2
# What a page says to people: its texts, and the attributes that are read out or shown. Invisible ones count as well.
SAID = """() => {
  const said = new Set();
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!["SCRIPT", "STYLE"].includes(parent.tagName)) said.add(walker.currentNode.data);
  }
  for (const name of ["alt", "title", "placeholder", "aria-label"])
    for (const element of document.querySelectorAll(`[${name}]`)) said.add(element.getAttribute(name));
  return [...said].map(text => text.replace(/\\s+/g, " ").trim()).filter(text => text);
}"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
  .map(element => element.outerHTML.slice(0, 120)).slice(0, 5)"""

every_page = pytest.mark.parametrize("shown", PAGES, ids=[page.name for page in PAGES])
# As it is when it is opened: states that scripts or forms bring about have the same address.
every_address = pytest.mark.parametrize(
    "shown", {one.path: one for one in reversed(PAGES)}.values(), ids=lambda one: one.name
)


def opened(browsing: Browsing, shown: Shown, lang: str, **options) -> Page:
    page = browsing.someone(lang, shown.who, **options)
    answer = page.goto(shown.path.format(**browsing.town.ids))
    assert answer is not None
    assert answer.status == 200
    return page


@every_page
@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark"), ("de", "light")])
def test_a_page_is_whole_small_accessible_in_one_language_and_fits_every_width(browsing, shown, lang, scheme) -> None:
    page = opened(browsing, shown, lang, color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    small_enough(browsing.watch(page).loaded(page))
    if shown.before:
        shown.before(page)

    assert page.locator("html").get_attribute("lang") == lang
    assert page.title().strip()
    assert page.locator("h1").count() == 1
    assert untranslated(page.evaluate(SAID), lang) == []
    for width in (PHONE, TABLET, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert fits(page), (width, page.evaluate(TOO_WIDE))
    axe_or_skip()
    no_serious_problem(page)


@every_address
def test_without_scripts_a_page_can_be_read_and_kept_in_another_language(browsing, shown) -> None:
    with_scripts = page_headings(opened(browsing, shown, "en"))
    path = shown.path.format(**browsing.town.ids)
    page = browsing.someone("en", shown.who, scripts=False)

    page.goto(f"{path}{'&' if '?' in path else '?'}from=here")

    assert page_headings(page) == with_scripts
    stranded = page.locator("button:not(form button):not([form]):not([hidden])")
    assert [one.inner_text() for one in stranded.all() if one.is_visible()] == []

    page.locator("a[hreflang=de]").first.click()

    assert page.locator("html").get_attribute("lang") == "de"
    address, _, query = page.url.removeprefix(browsing.town.address).partition("?")
    assert address == path.partition("?")[0]
    assert "from=here" in query


def small_enough(loaded: list[Response]) -> None:
    sizes = {one.url: len(one.body()) for one in loaded if one.request.method == "GET"}
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert sum(one.request.resource_type == "script" for one in loaded) <= MOST_SCRIPTS


def axe_or_skip() -> None:
    if not AXE.exists():
        do_without(HOW_TO_MEND)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def page_headings(page: Page) -> list[str]:
    return page.locator("h1, h2, h3").all_inner_texts()


def untranslated(texts: list[str], lang: str) -> list[str]:
    """Those that are sentences of ours, in English, where another language has other words for them."""
    if lang == "en":
        return []
    return [text for text in texts if any(sentence.fullmatch(text) for sentence in english(lang))]


@cache
def english(lang: str) -> tuple[re.Pattern[str], ...]:
    """The sentences of the catalogue that say something else in this language, their gaps open."""
    return tuple(re.compile(pattern) for pattern in _patterns(lang))


def _patterns(lang: str) -> Iterator[str]:
    with (TRANSLATIONS / f"{lang}.po").open("rb") as file:
        for entry in read_po(file):
            words = re.sub(r"\{\w+\}", "", str(entry.id))
            if entry.id and entry.string != entry.id and len(re.findall(r"[A-Za-z]{2,}", words)) > 1:
                yield re.sub(r"\\\{\w+\\\}", ".+", re.escape(str(entry.id)))
