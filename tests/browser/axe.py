"""Accessibility as axe-core sees it: no serious problem on any page."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
HOW_TO_MEND = "needs axe-core; tests/browser/install.sh installs it where npm is at hand"
# What a page says about itself comes first: without a rule's name and the element nobody could mend it.
RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false});
  return found.violations.map(({id, impact, help, nodes}) =>
    ({id, impact, help, elements: nodes.map(({target, html}) => `${target.join(" ")}: ${html.slice(0, 200)}`)}));
}"""


def serious_problems(page: Page) -> list[str]:
    """One line for each serious or critical finding: its rule, what it asks for, and the elements."""
    page.evaluate(_source())  # by the debugger: the page's own policy lets no other script in
    return [
        f"{one['id']} ({one['impact']}): {one['help']}\n    " + "\n    ".join(one["elements"])
        for one in page.evaluate(RUN)
        if one["impact"] in SERIOUS
    ]


def no_serious_problem(page: Page) -> None:
    """Fails with every serious or critical finding."""
    problems = serious_problems(page)
    assert not problems, f"{page.url}\n" + "\n".join(problems)


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8") + "\n;undefined"
