"""Every page that people see: its address, who looks at it, and what is done before its picture is taken.

A new page is a line here; the tests of `test_every_page.py` and `make screenshots` take it from there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import playwright.sync_api as browser

from tests.browser import founding


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A page in one state."""

    name: str  # of its pictures
    path: str  # the ids of the town fill its gaps: {carrier}, {startup}, {lead}
    who: str | None = None  # startup, staff, office or admin; None for nobody
    before: Callable[[browser.Page], None] | None = None  # what is done once it is open


PAGES = (
    Shown(name="founder", path="/"),
    Shown(name="founder-list", path="/", before=founding.asked_by_example),
    Shown(name="founder-compared", path="/", before=founding.compared),
    Shown(name="founder-shared", path="/", before=founding.shared),
    Shown(name="founder-vague", path="/", before=founding.asked(founding.VAGUE)),
    Shown(name="founder-no-project", path="/", before=founding.asked(founding.NO_PROJECT)),
    Shown(name="founder-no-chain", path="/", before=founding.asked(founding.NO_CHAIN)),
    Shown(name="how-ranking-works", path="/how-ranking-works"),
    Shown(name="carriers", path="/carriers"),
    Shown(name="carriers-none", path="/carriers?industry=biomed&city=太仓&level=level.county"),
    Shown(name="carriers-map", path="/carriers/map"),
    Shown(name="carrier", path="/carriers/{carrier}"),
    Shown(name="carrier-thin", path="/carriers/cn002"),
    Shown(name="quality", path="/quality"),
    Shown(name="quality-further", path="/quality/further"),
    Shown(name="sign-in", path="/sign-in"),
    Shown(name="my-startups", path="/me", who="startup"),
    Shown(name="my-startup", path="/me/startups/{startup}", who="startup"),
    Shown(name="my-startup-new", path="/me/startups/new", who="startup"),
    Shown(name="my-startup-edit", path="/me/startups/{startup}/edit", who="startup"),
    Shown(name="my-account", path="/me/account", who="startup"),
    Shown(name="desk", path="/desk", who="staff"),
    Shown(name="desk-filtered", path="/desk?order=due&owner=me", who="staff"),
    Shown(name="desk-board", path="/desk/board", who="staff"),
    Shown(name="desk-lead", path="/desk/leads/{lead}", who="staff"),
    Shown(name="desk-files", path="/desk/files", who="staff"),
    Shown(name="desk-handovers", path="/desk/handovers", who="staff"),
    Shown(name="desk-carrier", path="/desk/carrier", who="staff"),
    Shown(name="desk-carrier-edit", path="/desk/carrier/edit", who="staff"),
    Shown(name="office", path="/office", who="office"),
    Shown(name="office-runs", path="/office/runs", who="office"),
    Shown(name="office-subfields", path="/office/subfields", who="office"),
    Shown(name="office-carriers", path="/office/carriers", who="office"),
)
