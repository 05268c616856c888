"""What a person does with a page: sign in with the form, read it, send one of its forms."""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from starlette.testclient import TestClient

from matcher.domain.accounts import Account
from tests.accounts import PASSWORD

ORIGIN = {"Origin": "https://testserver"}


class Words(HTMLParser):
    """What a page says to people: no scripts, no styles, no tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass
class Person:
    """Somebody with a browser that runs no scripts."""

    client: TestClient

    def opens(self, path: str, **query: str):
        return self.client.get(path, params=query or None, headers={"Accept": "text/html"}, follow_redirects=False)

    def reads(self, path: str, **query: str) -> str:
        answer = self.opens(path, **query)
        assert answer.status_code == 200, answer.text
        return said_by(answer)

    def sends(self, path: str, *, token: str | None = "", **fields: str):
        """A form with the token of this session; `token` sends another one, None sends none."""
        if token == "":
            token = self.token()
        if token is not None:
            fields["csrf_token"] = token
        return self.client.post(path, data=fields, headers=ORIGIN, follow_redirects=False)

    def follows(self, answer) -> str:
        """What the page says that an answer leads to."""
        assert answer.status_code == 303, said_by(answer)
        return said_by(self.client.get(answer.headers["location"]))

    def signs_in(self, account: Account, password: str = PASSWORD, **fields: str):
        fields = {"login": account.login, "password": password, **fields}
        return self.client.post("/sign-in", data=fields, headers=ORIGIN, follow_redirects=False)

    def token(self) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.opens("/me/account").text)
        return unescape(found[1]) if found else ""


def said_by(answer) -> str:
    return Words(answer.text).text


def main_of(answer) -> str:
    """What a page says between its head and its foot."""
    assert answer.status_code == 200, answer.text
    return Words(answer.text[answer.text.index("<main") : answer.text.index("</main>")]).text
