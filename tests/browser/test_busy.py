"""While somebody types and scrolls, the page stays awake: what it does at once is little, however long the list is.

How long its longest task takes is measured by `python -m benchmarks grid`.
"""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.company import Company
from tests.browser.watched import Pages

MOST_ROWS = 6 * 50
"""So many rows are kept at most, see js/windowed.js: the work of the page is theirs."""


def test_typing_and_scrolling_take_no_long_work(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order")
    page.wait_for_load_state("networkidle")
    grid, rows = page.locator("[data-grid-scroll]"), page.locator("tbody tr[data-id]")
    # From one page to the next, so that all of them would stay if none went.
    for number in range(2, 9):
        grid.evaluate("grid => [...grid.querySelectorAll('tbody[data-page]')].at(-1).scrollIntoView({ block: 'end' })")
        expect(page.locator(f"tbody[data-page='{number}']")).to_be_attached()
        assert rows.count() <= MOST_ROWS
    expect(rows.last).to_be_visible()

    # Nobody who types waits for an answer: what is typed stands there while one is held back.
    held: list[Route] = []
    page.route("**/order?q=*", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no mark)
    box = page.locator("#list-q")
    with page.expect_request("**/order?q=*"):
        box.press_sequentially("ord-2026")
    box.press_sequentially("-00")
    expect(box).to_have_value("ord-2026-00")
    expect(rows.first).to_be_visible()
    held[0].continue_()
    expect(page.locator("#list")).to_have_attribute("data-q", "ord-2026-00")
    expect(box).to_have_value("ord-2026-00")
