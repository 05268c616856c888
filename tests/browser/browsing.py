"""People at their browsers: each has one of their own, in their language, signed in or not, and is watched."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from matcher.domain.accounts import Account
from tests.browser.town import COOKIE, Town
from tests.browser.watching import Watch

LOCALES = {"zh": "zh-CN", "en": "en-GB", "de": "de-DE"}
PHONE, TABLET, DESKTOP = 360, 768, 1440  # widths in CSS pixels
HEIGHTS = {PHONE: 740, TABLET: 1024, DESKTOP: 900}
PATIENCE_MS = 15_000


@dataclass
class Browsing:
    """Opens pages of the town, and knows what they did that no page may do."""

    browser: Browser
    town: Town
    watches: dict[BrowserContext, Watch] = field(default_factory=dict)

    def someone(
        self,
        lang: str = "en",
        who: str | Account | None = None,
        width: int = DESKTOP,
        scripts: bool = True,
        **options: Any,
    ) -> Page:
        """An empty page of a new browser.

        Args:
            lang: that the browser asks for.
            who: has signed in: one of the town's people, or an account; None for nobody.
            width: of the window.
            scripts: whether the browser runs any.
            options: further ones of Playwright's `new_context`.
        """
        context = self.browser.new_context(
            base_url=self.town.address,
            locale=LOCALES[lang],
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=scripts,
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        watch = self.watches[context] = Watch(self.town.host)
        watch.on(context)
        if who is not None:
            self._holds(context, self.town.session(self.town.people[who] if isinstance(who, str) else who))
        return context.new_page()

    def signs_in_anew(self, page: Page, account: Account) -> None:
        """As in another tab of the same browser: the page that is open belongs to a session that is no more."""
        self._holds(page.context, self.town.new_session(account))

    def _holds(self, context: BrowserContext, token: str) -> None:
        context.add_cookies([{"name": COOKIE, "value": token, "url": f"https://{self.town.host}/", "secure": True}])

    def watch(self, page: Page) -> Watch:
        return self.watches[page.context]

    def close(self) -> list[str]:
        """Everybody goes home; the problems that were seen."""
        for context in self.watches:
            context.close()
        problems = [problem for watch in self.watches.values() for problem in watch.problems]
        self.watches.clear()
        return problems
