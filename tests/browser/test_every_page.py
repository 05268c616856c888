"""Every page, in each language and at each width: whole, translated, small, accessible, and usable without scripts."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from api.sentences import TRANSLATIONS
from tests.browser.axe import AXE, HOW_TO_MEND, no_serious_problem
from tests.browser.browsing import PHONE, TABLET, Browsing
from tests.browser.pages import PAGES, Shown
from tests.conftest import do_without

LANGUAGES = ("zh", "en", "de")
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
in_every_language = pytest.mark.parametrize("lang", LANGUAGES)


def opened(browsing: Browsing, shown: Shown, **options) -> Page:
    page = browsing.someone(who=shown.who, **options)
    answer = page.goto(shown.path.format(**browsing.town.ids))
    assert answer is not None
    assert answer.status == 200
    if shown.before:
        shown.before(page)
    return page


@every_page
@in_every_language
def test_a_page_is_whole_accessible_and_in_one_language(browsing, shown, lang) -> None:
    page = opened(browsing, shown, lang=lang)

    assert page.locator("html").get_attribute("lang") == lang
    assert page.title().strip()
    assert page.locator("h1").count() == 1
    assert untranslated(page.evaluate(SAID), lang) == []
    axe_or_skip()
    no_serious_problem(page)


@every_page
def test_a_page_is_small(browsing, shown) -> None:
    page = opened(browsing, shown, lang="zh")
    page.wait_for_load_state("networkidle")

    loaded = browsing.watch(page).loaded(page)
    sizes = {one.url: len(one.body()) for one in loaded if one.request.method == "GET"}
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert sum(one.request.resource_type == "script" for one in loaded) <= MOST_SCRIPTS


@every_page
@pytest.mark.parametrize("width", [PHONE, TABLET])
@pytest.mark.parametrize("lang", ["zh", "de"])  # the shortest words and the longest
def test_a_page_needs_no_sideways_scrolling(browsing, shown, lang, width) -> None:
    page = opened(browsing, shown, lang=lang, width=width)

    assert fits(page), page.evaluate(TOO_WIDE)


@every_page
def test_a_page_can_be_read_without_scripts(browsing, shown) -> None:
    with_scripts = page_headings(opened(browsing, Shown(name="", path=shown.path, who=shown.who), lang="en"))
    page = browsing.someone(lang="en", who=shown.who, scripts=False)

    page.goto(shown.path.format(**browsing.town.ids))

    assert page_headings(page) == with_scripts
    stranded = page.locator("button:not(form button):not([form]):not([hidden])")
    assert [one.inner_text() for one in stranded.all() if one.is_visible()] == []


@every_page
def test_the_choice_of_a_language_keeps_the_page(browsing, shown) -> None:
    path = shown.path.format(**browsing.town.ids)
    page = browsing.someone(lang="en", who=shown.who)
    page.goto(f"{path}{'&' if '?' in path else '?'}from=here")

    page.locator("a[hreflang=de]").first.click()

    assert page.locator("html").get_attribute("lang") == "de"
    address, _, query = page.url.removeprefix(browsing.town.address).partition("?")
    assert address == path.partition("?")[0]
    assert "from=here" in query


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
