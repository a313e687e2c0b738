"""While somebody types and scrolls, the page stays awake: no task of it is long, however long the list is."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from benchmarks.browser import tasks
from tests.browser.company import Company
from tests.browser.watched import Pages

LONGEST = 200
"""Milliseconds of the processor that one task may take. Another program's share is not in them, so that they mean the same on a busy machine."""


def test_typing_and_scrolling_take_no_long_task(pages: Pages, company: Company, browser: Browser) -> None:
    page = company.open(pages, "/records/order")
    # What the page does by itself once it is there is over before anything is measured.
    page.wait_for_load_state("networkidle")
    grid = page.locator("[data-grid-scroll]")
    # Nothing but the page's own work is done meanwhile: to wait by looking at it would count as its own.
    with tasks(browser, page) as taken:
        for part in (0.1, 0.2, 0.5, 0.6, 1):
            with page.expect_response("**/order/rows?**") as coming:
                grid.evaluate("(grid, part) => grid.scrollTo(0, grid.scrollHeight * part)", part)
            coming.value.finished()
        with page.expect_response("**/order?q=ord-2026-0") as coming:
            page.locator("#list-q").press_sequentially("ord-2026-0", delay=20)
        coming.value.finished()
        expect(page.locator("#list")).to_have_attribute("data-q", "ord-2026-0")
    assert len(taken) > 100
    assert max(taken) < LONGEST
