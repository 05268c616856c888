"""The browser of the tests: Debian's Chromium, never a downloaded one, and quiet towards the network."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, sync_playwright

HOW_TO_MEND = "tests/browser/install.sh installs it where apt-get and root are at hand"
# Without these it asks hosts of its maker at every start.
FLAGS = (
    "--no-sandbox",  # which no container lets it have; it opens our own pages only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """What is missing, and how to mend it."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Started, and closed at the end.

    Raises:
        NoBrowser: there is none, or no font to show Chinese with.
    """
    program = which("chromium") or which("chromium", path="/usr/bin")
    if program is None:
        raise NoBrowser(f"needs chromium; {HOW_TO_MEND}")
    if not _shows_chinese():
        raise NoBrowser(f"needs a font with Chinese characters; {HOW_TO_MEND}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(program), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def _shows_chinese() -> bool:
    if which("fc-list") is None:
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=True)
    return bool(fonts.stdout.strip())
