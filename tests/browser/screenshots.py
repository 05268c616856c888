"""Takes a picture of every page, in each language and at each width, and makes a sheet to leaf through them."""

import sys
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from api.bootstrap import build_services
from api.settings import Settings
from tests.browser.browsing import DESKTOP, LOCALES, PHONE, TABLET, Browsing
from tests.browser.chromium import NoBrowser, chromium
from tests.browser.pages import PAGES, Shown
from tests.browser.town import a_town

FOLDER = Path("var/screenshots")
WIDTHS = (PHONE, TABLET, DESKTOP)
SHEET = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Every page</title>
<style>
body {{ font: 1rem/1.5 sans-serif; margin: 1rem; }}
div {{ display: flex; gap: 1rem; align-items: start; overflow-x: auto; }}
figure {{ margin: 0; }}
img {{ height: 22rem; width: auto; max-width: 26rem; object-fit: cover; object-position: top; border: 1px solid #999; }}
</style>
<h1>Every page</h1>
{pages}
</html>
"""


class Picture(NamedTuple):
    page: str
    lang: str
    width: int

    @property
    def file(self) -> str:
        return f"{self.page}-{self.lang}-{self.width}.png"


def main(names: Sequence[str]) -> int:
    """Of the named pages, or of all; fails where a page does what no page may do."""
    chosen = [page for page in PAGES if not names or page.name in names]
    unknown = set(names) - {page.name for page in PAGES}
    if unknown:
        sys.exit(f"No page is called {', '.join(sorted(unknown))}; there are {', '.join(one.name for one in PAGES)}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory() as folder, chromium() as browser:
            with build_services(Settings(data_dir=Path(folder))) as services:
                services.recommend.warm()
            with a_town(Path(folder)) as town:
                browsing = Browsing(browser, town)
                taken = list(pictures(browsing, chosen))
                problems = browsing.close()
    except NoBrowser as error:
        sys.exit(str(error))
    (FOLDER / "index.html").write_text(sheet(taken), encoding="utf-8")
    sys.stdout.write("\n".join([*problems, f"{len(taken)} pictures; leaf through {FOLDER / 'index.html'}", ""]))
    return 1 if problems else 0


def pictures(browsing: Browsing, pages: Sequence[Shown]) -> Iterator[Picture]:
    """Takes them, and names each."""
    for shown in pages:
        for lang in LOCALES:
            for width in WIDTHS:
                page = browsing.someone(lang, shown.who, width)
                answer = page.goto(shown.path.format(**browsing.town.ids))
                if answer is None or not answer.ok:
                    sys.stderr.write(f"{shown.name} in {lang} is no page: {answer and answer.status}\n")
                if shown.before:
                    shown.before(page)
                picture = Picture(shown.name, lang, width)
                page.screenshot(path=FOLDER / picture.file, full_page=True)
                page.context.close()
                yield picture


def sheet(taken: Sequence[Picture]) -> str:
    """A page that shows them, one row a page and language."""
    rows = []
    for page, some in groupby(taken, lambda one: one.page):
        rows.append(f"<h2>{escape(page)}</h2>")
        for lang, those in groupby(some, lambda one: one.lang):
            rows.append(f"<h3>{lang}</h3><div>{''.join(map(_figure, those))}</div>")
    return SHEET.format(pages="\n".join(rows))


def _figure(one: Picture) -> str:
    name = escape(one.file)
    picture = f'<a href="{name}"><img src="{name}" alt="{name}" loading="lazy"></a>'
    return f"<figure>{picture}<figcaption>{one.width} px</figcaption></figure>"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
