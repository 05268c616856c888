"""Notes what a page does that no page of ours may do, and how much it loads."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, Response, WebError

OF_THE_PAGE_ITSELF = ("data", "blob", "about")
FAILED_TO_LOAD = "Failed to load resource: the server responded with a status of "


@dataclass
class Watch:
    """Of one context: script errors, console errors (refusals by the policy are some), dialogs, requests elsewhere."""

    host: str
    problems: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)  # statuses of errors that a test asks for
    answers: list[Response] = field(default_factory=list)

    def on(self, context: BrowserContext) -> None:
        context.on("weberror", self._error)
        context.on("console", self._console)
        context.on("dialog", self._dialog)
        context.on("request", self._request)
        context.on("response", self._response)

    def expect(self, *statuses: int) -> None:
        """Of errors that the server is going to answer with; any other one is a problem."""
        self.expected.update(statuses)

    def loaded(self, page: Page) -> list[Response]:
        """Everything that this page has loaded since `forget`."""
        return [one for one in self.answers if one.frame.page == page]

    def forget(self) -> None:
        self.answers.clear()

    def _response(self, answer: Response) -> None:
        self.answers.append(answer)

    def _error(self, error: WebError) -> None:
        self.problems.append(f"script error: {error.error}")

    def _console(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not self._is_expected(said.text):
            self.problems.append(f"console error: {said.text}")

    def _is_expected(self, text: str) -> bool:
        return text.startswith(FAILED_TO_LOAD) and any(
            text.startswith(f"{FAILED_TO_LOAD}{status}") for status in self.expected
        )

    def _dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in OF_THE_PAGE_ITSELF and asked.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")
