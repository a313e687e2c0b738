"""Paper: a list and a card as they are printed say what the screen says, without what surrounds it there."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import Pages, axe_findings

SHEET = {"width": 718, "height": 1040}
"""What a sheet of A4 holds between its margins."""
CHROME = ".side, .top-actions, .find, .person, .card-tabs, .card-line, .related-foot, .timeline-only"

CELLS = """() => [...document.querySelectorAll("#main tbody tr")].map((row) =>
  [...row.cells].filter((cell) => !cell.matches(".pick")).map((cell) => cell.innerText.trim()))"""
HEADS = "all => all.map((head) => (head.querySelector('.th-sort') ?? head).firstChild.textContent.trim())"


def on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)  # type: ignore[arg-type]
    assert [part for part in page.locator(CHROME).all() if part.is_visible()] == []


def test_a_list_and_a_card_on_paper(pages: Pages, company: Company) -> None:
    page = company.open(
        pages, "/records/order?f=status:any_of:new,shipped,cancelled&sort=total&size=200", scheme="dark"
    )
    numbers = page.locator("#list tbody td.opens").all_inner_texts()
    totals = page.locator("#list tbody td.cell-money").all_inner_texts()
    assert 2 < len(numbers) < 200
    page.locator(".list-more summary", has_text="Export").click()
    page.get_by_role("link", name="Print").click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert axe_findings(page) == []
    on_paper(page)
    assert page.locator("tbody td.opens").all_inner_texts() == numbers
    assert page.locator("tbody td.cell-money").all_inner_texts() == totals
    expect(page.locator(".sheet-of-paper")).to_contain_text("Status: New, Shipped, Cancelled")

    card = company.open(pages, "/records/order/1")
    asked = "window.asked = 0; window.print = () => { window.asked += 1; }; 0"
    card.evaluate(asked)
    card.locator(".top-actions details summary").click()
    card.get_by_role("button", name="Print").click()
    assert card.evaluate("window.asked") == 1
    on_paper(card)
    # All tabs stand there, each below its name, and lines are a table although a sheet is no wider than a phone.
    for tab in ("Order", "Delivery", "Payments"):
        expect(card.locator(".tab-name", has_text=tab)).to_be_visible()
    expect(card.locator(".lines thead").first).to_be_visible()
    lines = company.one('SELECT count(*) FROM order_line WHERE "order" = 1')
    expect(card.locator(".lines tbody tr")).to_have_count(lines)


def test_paper_and_files_hold_what_the_screen_shows(pages: Pages, company: Company, tmp_path: Path) -> None:
    """The same filters, columns and order, after one has laid out the list in one's own way."""
    page = company.open(pages, "/records/order")
    page.get_by_role("link", name="Columns", exact=True).click()
    panel = page.locator("#filter-panel")
    panel.get_by_role("checkbox", name="Client").uncheck()
    panel.get_by_role("checkbox", name="Total").focus()
    page.keyboard.press("Alt+ArrowUp")
    panel.get_by_role("button", name="Apply").click()
    expect(page.locator("th[data-field=client]")).to_have_count(0)
    page.goto(company.url + "/records/order?f=status:any_of:new,shipped&sort=-total&q=ord&size=200")
    heads = page.locator("#list th[data-field]").evaluate_all(HEADS)
    rows = page.evaluate(CELLS)
    assert heads == ["Number", "Date", "Sold by", "Total", "Status", "Debt"]
    assert 2 < len(rows) < 200
    export = page.locator(".list-more summary", has_text="Export")
    export.click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()
    coming.value.save_as(tmp_path / "orders.csv")
    with (tmp_path / "orders.csv").open(encoding="utf-8-sig", newline="") as file:
        first, *others = csv.reader(file)
    assert first == heads
    at = [heads.index(name) for name in ("Number", "Sold by", "Status")]
    assert [[row[one] for one in at] for row in others] == [[row[one] for one in at] for row in rows]
    assert [row[heads.index("Total")] for row in others] == [row[heads.index("Total")].replace(",", "") for row in rows]
    page.goto(page.url.replace("/order?", "/order/print?"))
    on_paper(page)
    assert page.locator("#main thead th").evaluate_all(HEADS) == heads
    assert page.evaluate(CELLS) == rows
