"""The office at its board: what a chart shows is taken along and read."""

import csv
from pathlib import Path

import pytest

from tests.browser.browsing import LOCALES, PHONE


@pytest.mark.parametrize("lang", LOCALES)
def test_a_chart_is_taken_along_with_the_numbers_of_its_table(browsing, lang) -> None:
    page = browsing.someone(lang, "office")
    page.goto("/office")
    page.locator("#fields a[href='/office/fields']").click()
    table = [row.locator("th, td").all_inner_texts() for row in page.locator("tbody tr").all()]  # the last is the sum

    with page.expect_download() as download:
        page.locator("a[download]").click()

    assert download.value.suggested_filename == "office-fields.csv"
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    stages = [name for name in told[0] if name.startswith("by_stage_")]
    columns = ["label", *stages, "startups", "carriers_open", "carriers_planned"]
    numbers = [[one[name].replace("withheld", "–") for name in columns] for one in told]
    assert numbers == [row[: len(columns)] for row in table[:-1]]


def test_pictures_of_the_board_fit_a_phone_or_scroll_by_themselves(browsing) -> None:
    page = browsing.someone("de", "office", PHONE)
    page.goto("/office")

    charts = page.locator(".chart").all()

    assert charts
    for chart in charts:
        size = chart.evaluate("one => [one.getBoundingClientRect().right, getComputedStyle(one).overflowX]")
        assert size[0] <= PHONE
        assert size[1] == "auto"
